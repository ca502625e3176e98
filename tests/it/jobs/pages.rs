//! Pages of lists while jobs come and go.

use std::collections::HashSet;

use find_helper::{
    domain::{
        jobs::job::{JobFilter, JobOrder, Status, Wanted, list},
        store::page::{Page, PageArgs},
        viewer::Audience,
    },
    random::Random,
};

use crate::support::TestApp;

const ORDERS: [JobOrder; 5] = [
    JobOrder::Newest,
    JobOrder::Oldest,
    JobOrder::AmountHighest,
    JobOrder::AmountLowest,
    JobOrder::ScheduledSoonest,
];

/// A moment that all jobs of these tests are at, or a few milliseconds later.
const MOMENT: i64 = 1_780_000_000_000;

/// Inserts published jobs with few different keys, so that many are equal; every third has no time.
async fn insert(app: &TestApp, owner: i64, random: &Random, count: usize) {
    let rows: Vec<String> = (0..count)
        .map(|_| {
            let [created, amount, day, kind, place]: [u8; 5] = random.bytes();
            let (created, amount) = (MOMENT + i64::from(created % 3), 100 * i64::from(amount % 3));
            let day = match day % 3 {
                0 => "NULL".to_owned(),
                day => (MOMENT + i64::from(day)).to_string(),
            };
            let job_type = ["pet", "care"][usize::from(kind % 2)];
            let district = ["台北市大安區", "台北市信義區"][usize::from(place % 2)];
            format!(
                "({owner}, '遛狗', '', '{job_type}', '台北市', '台北市', '{district}', 'x', {amount},
                'published', {day}, 1, {created}, {created}, 0)"
            )
        })
        .collect();
    app.execute(&format!(
        "INSERT INTO jobs (owner_id, title, description, job_type, city, city_folded, district, address,
        estimated_amount, status, scheduled_at, version, created_at, updated_at, indexed)
        VALUES {}",
        rows.join(", ")
    ))
    .await;
}

/// Deletes some of the jobs.
async fn remove(app: &TestApp, random: &Random) {
    let [one]: [u8; 1] = random.bytes();
    app.execute(&format!("DELETE FROM jobs WHERE id % 17 = {}", one % 17)).await;
}

fn filters() -> Vec<JobFilter> {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let none = JobFilter::default;
    let published = Some(Status::Published);
    vec![
        none(),
        JobFilter { status: published, ..none() },
        JobFilter { cities: texts(&["台北市"]), job_types: texts(&["pet"]), ..none() },
        JobFilter { districts: texts(&["台北市信義區", "台北市大安區"]), ..none() },
        JobFilter { job_types: texts(&["care", "pet"]), min_amount: Some(100), ..none() },
        JobFilter { without_applications: true, ..none() },
    ]
}

#[tokio::test]
async fn no_job_is_skipped_or_told_twice_while_others_come_and_go() {
    let random = Random::seeded(13);
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await.user_id();
    for filter in filters() {
        for order in ORDERS {
            for (backward, audience) in [(false, Audience::Public), (true, Audience::Person(ann))] {
                app.execute("DELETE FROM jobs").await;
                insert(&app, ann, &random, 40).await;
                let whole = walk(&app, (audience, &filter, order), backward, async || {}).await;
                let told = walk(&app, (audience, &filter, order), backward, async || {
                    insert(&app, ann, &random, 3).await;
                    remove(&app, &random).await;
                })
                .await;
                let after = walk(&app, (audience, &filter, order), backward, async || {}).await;
                let kept: HashSet<i64> = after.iter().copied().collect();
                let stayed: Vec<i64> = whole.into_iter().filter(|id| kept.contains(id)).collect();
                let among: HashSet<i64> = stayed.iter().copied().collect();
                let seen: Vec<i64> = told.iter().copied().filter(|id| among.contains(id)).collect();
                assert_eq!(seen, stayed, "{order:?} {filter:?} {backward}");
                let once: HashSet<i64> = told.iter().copied().collect();
                assert_eq!(once.len(), told.len(), "{order:?} {filter:?} {backward}");
            }
        }
    }
}

/// The ids of all pages, in the order of the list; something happens after each.
pub(super) async fn walk(
    app: &TestApp,
    (audience, filter, order): (Audience, &JobFilter, JobOrder),
    backward: bool,
    between: impl AsyncFn(),
) -> Vec<i64> {
    let mut args = PageArgs { size: 7, backward, after: None, before: None, pin: None };
    let mut ids = Vec::new();
    loop {
        let page = list(&app.services, audience, filter, order, &args, Wanted::JOB).await.unwrap();
        let Page { rows, has_next, has_previous, .. } = page;
        let page: Vec<i64> = rows.iter().map(|(job, _)| job.id).collect();
        if backward {
            args.before = rows.first().map(|(job, _)| order.position(job));
            ids.splice(0..0, page);
        } else {
            args.after = rows.last().map(|(job, _)| order.position(job));
            ids.extend(page);
        }
        if !(if backward { has_previous } else { has_next }) {
            return ids;
        }
        assert!(ids.len() < 1_000, "the pages of {order:?} do not end");
        between().await;
    }
}
