//! Searches along the time, in which the index is read era by era.

use find_helper::{
    domain::{
        jobs::{
            job::{JobFilter, JobOrder, index},
            search::Question,
        },
        viewer::Audience,
    },
    random::Random,
};

use crate::{jobs::pages::walk, support::TestApp};

const HOUR: i64 = 60 * 60 * 1_000;
/// Where eras of both lengths begin.
const EDGE: i64 = 104 << 34;

struct Posted {
    id: i64,
    at: i64,
    title: String,
}

/// Jobs of four years: most in a few days, many at the same moment, some at both edges of an era.
fn times(random: &Random) -> Vec<i64> {
    let spread = |most: i64| {
        let number = i64::from(u32::from_be_bytes(random.bytes()));
        EDGE - number % most
    };
    let days = (0..300).map(|_| spread(9 * 24 * HOUR));
    let years = (0..120).map(|_| spread(1_500 * 24 * HOUR));
    let edges = [28, 31].into_iter().flat_map(|bits| {
        (0..6).flat_map(move |era| [EDGE - (era << bits), EDGE - (era << bits) - 1])
    });
    days.chain(years).chain(edges).chain([EDGE + 5; 150]).collect()
}

/// Frequent, seldom and once; none of them at the newest moment, at which all jobs are alike.
fn title(at: i64, number: usize) -> &'static str {
    match number {
        _ if at > EDGE => "搬家",
        number if number % 149 == 0 => "遛狗 清潔",
        number if number % 3 == 0 => "清潔",
        200 => "鯨鯊",
        _ => "別的",
    }
}

async fn insert(app: &TestApp, owner: i64) -> Vec<Posted> {
    let times = times(&Random::seeded(28));
    let jobs: Vec<Posted> = (1..)
        .zip(times)
        .zip(0..)
        .map(|((id, at), number)| Posted { id, at, title: title(at, number).into() })
        .collect();
    let rows: Vec<String> = jobs
        .iter()
        .map(|Posted { id, at, title }| {
            format!(
                "({id}, {owner}, '{title}', '', 'pet', '台北市', '台北市', 'x', 1, 'published', 1, {at}, {at})"
            )
        })
        .collect();
    app.execute(&format!(
        "INSERT INTO jobs (id, owner_id, title, description, job_type, city, city_folded, address,
        estimated_amount, status, version, created_at, updated_at) VALUES {}",
        rows.join(", ")
    ))
    .await;
    index::stale(&app.services).await.unwrap();
    jobs
}

#[tokio::test]
async fn every_hit_of_any_time_is_on_one_page_in_the_order_of_time() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await.user_id();
    let mut jobs = insert(&app, ann).await;
    jobs.sort_by_key(|job| (job.at, job.id));
    for words in ["搬家", "清潔", "遛狗", "清潔 遛", "鯨鯊", "別", "潔遛"] {
        let question = Question::parse(words).unwrap();
        let hits = jobs.iter().filter(|job| question.matches(&job.title, ""));
        let oldest: Vec<i64> = hits.map(|job| job.id).collect();
        let newest: Vec<i64> = oldest.iter().rev().copied().collect();
        let filter = JobFilter { search: Some(question), ..JobFilter::default() };
        for (order, expected) in [(JobOrder::Newest, newest), (JobOrder::Oldest, oldest)] {
            for (backward, audience) in [(false, Audience::Public), (true, Audience::Person(ann))] {
                let told = walk(&app, (audience, &filter, order), backward, async || {}).await;
                assert_eq!(told, expected, "{words} {order:?} {backward}");
            }
        }
    }
}
