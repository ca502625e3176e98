//! Lists of jobs, compared with what each audience may see of all that are stored.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta};
use find_helper::{
    domain::{
        Services,
        jobs::{
            job::{Job, JobFilter, JobOrder, Status, Texts, Wanted, count, list, position},
            place,
            search::Question,
        },
        store::page::{Page, PageArgs},
        viewer::Audience,
    },
    entity::{application, job, user},
    random::Random,
    seed,
};
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::support::TestApp;

const ORDERS: [JobOrder; 6] = [
    JobOrder::Newest,
    JobOrder::Oldest,
    JobOrder::AmountHighest,
    JobOrder::AmountLowest,
    JobOrder::ScheduledSoonest,
    JobOrder::Relevance,
];

/// All stored jobs, for comparison.
pub(super) struct Stored {
    pub(super) jobs: Vec<Job>,
    applied: HashSet<(i64, i64)>,
    pub(super) people: Vec<i64>,
}

pub(super) async fn stored(services: &Services) -> Stored {
    let people = seed::people(services, 30, |_| {}).await.unwrap();
    seed::jobs(services, &people, 240, |_| {}).await.unwrap();
    let pause = "UPDATE jobs SET status = 'paused' WHERE status = 'published' AND id % 3 = 0";
    services.db.write().execute_unprepared(pause).await.unwrap();
    let db = services.db.read();
    let applications = application::Entity::find().all(db).await.unwrap();
    Stored {
        jobs: job::Entity::find().all(db).await.unwrap(),
        applied: applications.iter().map(|row| (row.applicant_id, row.job_id)).collect(),
        people: user::Entity::find().all(db).await.unwrap().iter().map(|row| row.id).collect(),
    }
}

impl Stored {
    pub(super) fn expected(
        &self,
        audience: Audience,
        filter: &JobFilter,
        order: JobOrder,
    ) -> Vec<i64> {
        let seen = |job: &&Job| match audience {
            Audience::Everything => true,
            Audience::Public => job.status == Status::Published,
            Audience::Person(id) => {
                job.status == Status::Published
                    || job.owner_id == id
                    || job.assignee_id == Some(id)
                    || self.applied.contains(&(id, job.id))
            }
        };
        let mut jobs: Vec<&Job> = self
            .jobs
            .iter()
            .filter(seen)
            .filter(|job| filter.matches(job, &Texts::default()))
            .collect();
        jobs.sort_by_key(|job| position(filter, order, job));
        if matches!(order, JobOrder::Newest | JobOrder::AmountHighest | JobOrder::Relevance) {
            jobs.reverse();
        }
        jobs.iter().map(|job| job.id).collect()
    }
}

fn types(slugs: &[&str]) -> Vec<String> {
    slugs.iter().map(|slug| (*slug).to_owned()).collect()
}

/// The keys of all districts of this name.
fn districts(name: &str) -> Vec<String> {
    place::districts_meant(None, name).into_iter().map(place::District::key).collect()
}

fn question(text: &str) -> Option<Question> {
    Question::parse(text).ok()
}

fn filters(owner: i64) -> Vec<JobFilter> {
    let none = JobFilter::default;
    let spring = DateTime::from_timestamp(1_774_000_000, 0);
    vec![
        none(),
        JobFilter { status: Some(Status::Published), ..none() },
        JobFilter { status: Some(Status::Completed), ..none() },
        JobFilter { status: Some(Status::Draft), ..none() },
        JobFilter { cities: place::city_keys("臺北"), ..none() },
        JobFilter {
            cities: place::city_keys("新竹"),
            job_types: types(&["pet", "care"]),
            ..none()
        },
        JobFilter { job_types: types(&["pet"]), max_amount: Some(800), ..none() },
        JobFilter { districts: districts("大安區"), ..none() },
        JobFilter { districts: districts("東區"), job_types: types(&["pet", "care"]), ..none() },
        JobFilter { without_applications: true, ..none() },
        JobFilter { search: question("清潔"), ..none() },
        JobFilter { search: question("the"), cities: place::city_keys("台北市"), ..none() },
        JobFilter { scheduled_from: spring, ..none() },
        JobFilter { scheduled_before: spring, ..none() },
        JobFilter { owner_id: Some(owner), ..none() },
        JobFilter { min_amount: Some(1_000), max_amount: Some(2_000), ..none() },
        JobFilter { created_from: spring, ..none() },
        JobFilter { created_before: spring, ..none() },
    ]
}

/// The ids of all pages in order, following the cursors of their last or first jobs.
async fn walked(
    services: &Services,
    audience: Audience,
    filter: &JobFilter,
    order: JobOrder,
    backward: bool,
) -> Vec<i64> {
    let mut args = PageArgs { size: 30, backward, after: None, before: None, pin: None };
    let mut ids = Vec::new();
    loop {
        let Page { rows, has_next, has_previous, pin } =
            list(services, audience, filter, order, &args, Wanted::JOB).await.unwrap();
        args.pin = pin;
        let page = rows.iter().map(|(job, _)| job.id);
        if backward {
            args.before = rows.first().map(|(job, _)| position(filter, order, job));
            ids.splice(0..0, page);
        } else {
            args.after = rows.last().map(|(job, _)| position(filter, order, job));
            ids.extend(page);
        }
        if !(if backward { has_previous } else { has_next }) {
            return ids;
        }
        assert!(ids.len() < 10_000, "the pages of {order:?} do not end");
    }
}

/// A few characters of what is written of a job.
fn piece(job: &Job, from: usize) -> String {
    let text = if from % 4 < 2 { &job.title } else { &job.description };
    let start = from % text.chars().count().max(1);
    text.chars().skip(start).take(1 + from % 3).collect()
}

/// A filter with values that some job has, or nearly has, sometimes in another case.
pub(super) fn random_filter(random: &Random, stored: &Stored) -> JobFilter {
    let [which, more, job, shift]: [u8; 4] = random.bytes();
    let job = &stored.jobs[usize::from(job) % stored.jobs.len()];
    let has = |bit: u8| which & (1 << bit) != 0;
    let also = |bits: u8| more & bits == 0;
    let shift = i64::from(shift % 3) - 1;
    let scheduled = job.scheduled_at.map_or(job.created_at.0, |at| at.0);
    let moment = job.created_at.0 + TimeDelta::milliseconds(shift);
    let city = if shift > 0 { job.city.replace('台', "臺") } else { format!(" {}", job.city) };
    JobFilter {
        cities: if has(0) { place::city_keys(&city) } else { Vec::new() },
        job_types: if has(1) { types(&[&job.job_type, "pet"]) } else { Vec::new() },
        status: has(2).then_some(job.status),
        owner_id: has(3).then_some(job.owner_id),
        search: also(1).then(|| question(&piece(job, usize::from(more)))).flatten(),
        scheduled_from: also(6).then_some(scheduled),
        scheduled_before: also(24).then_some(scheduled + TimeDelta::milliseconds(1)),
        min_amount: has(4).then_some((job.estimated_amount + shift).max(0)),
        max_amount: has(5).then_some((job.estimated_amount + shift).max(0)),
        created_from: has(6).then_some(moment),
        created_before: has(7).then_some(moment + TimeDelta::milliseconds(1)),
        districts: if also(32) { districts(&job.district) } else { Vec::new() },
        without_applications: also(65),
    }
}

#[tokio::test]
async fn s05_a_filter_means_in_memory_what_it_means_to_the_database() {
    let random = Random::seeded(5);
    let (app, _) = TestApp::new().await;
    let services = &app.services;
    let stored = stored(services).await;
    let mut left = 0;
    for _ in 0..300 {
        let filter = random_filter(&random, &stored);
        let expected = stored.expected(Audience::Everything, &filter, JobOrder::Newest);
        let found = walked(services, Audience::Everything, &filter, JobOrder::Newest, false).await;
        assert_eq!(found, expected, "{filter:?}");
        left += usize::from(!found.is_empty());
    }
    assert!((50..290).contains(&left), "{left}");
}

#[tokio::test]
async fn lists_hold_exactly_the_jobs_that_the_audience_may_see_in_every_order_and_direction() {
    let (app, _) = TestApp::new().await;
    let services = &app.services;
    let stored = stored(services).await;
    let (owner, other) = (stored.people[0], stored.people[9]);
    for audience in [
        Audience::Public,
        Audience::Person(owner),
        Audience::Person(other),
        Audience::Person(i64::MAX),
        Audience::Everything,
    ] {
        for filter in filters(owner) {
            for order in ORDERS {
                let expected = stored.expected(audience, &filter, order);
                for backward in [false, true] {
                    let ids = walked(services, audience, &filter, order, backward).await;
                    assert_eq!(ids, expected, "{audience:?} {filter:?} {order:?} {backward}");
                }
            }
            let expected = stored.expected(audience, &filter, JobOrder::Newest).len();
            let counted = count(services, audience, &filter).await.unwrap();
            assert_eq!(usize::try_from(counted).unwrap(), expected, "{audience:?} {filter:?}");
        }
    }
}
