//! Realistic seed data: the same numbers give the same data on the same day.

mod calendar;
mod history;
mod people;
mod posting;
mod reviews;
mod rows;
mod story;
#[cfg(test)]
mod tests;
mod vocabulary;

use sea_orm::{ConnectionTrait, DbBackend};

pub use self::people::email;
use self::posting::Postings;
use crate::{
    cluster::Topic,
    domain::{
        Services,
        change::Change,
        jobs::{job, job_type, notice},
        origin::Origin,
    },
    error::Result,
};

/// The password of all seeded accounts.
pub const PASSWORD: &str = "password123";
/// Seed of the random numbers.
const SEED: u64 = 0x6669_6e64;
/// Jobs or people per transaction: small enough that a running gateway can write in between.
const BATCH: usize = 2_000;

/// Seeded people, each with an account.
#[derive(Debug)]
pub struct People {
    ids: Vec<i64>,
    /// How many of them did not exist before.
    pub new: usize,
}

/// Creates confirmed accounts for `seed-000001@example.com` and so on; existing accounts stay
/// unchanged. `progress` is called with the number of accounts done.
pub async fn people(
    services: &Services,
    count: u32,
    mut progress: impl FnMut(usize),
) -> Result<People> {
    let password_hash = services.passwords.hash(None, PASSWORD).await?;
    let mut made_up = people::people(calendar::midnight(services.clock.now()), count);
    let mut people = People { ids: Vec::new(), new: 0 };
    loop {
        let batch: Vec<_> = made_up.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(people);
        }
        let change = Change::of_the_gateway(services, &Origin::default()).await?;
        let (ids, new) = rows::insert_people(&change, &batch, &password_hash).await?;
        change.commit().await?;
        people.ids.extend(ids);
        people.new += new;
        progress(people.ids.len());
    }
}

/// Creates jobs of these people, with applications, events and reviews; returns the number of applications.
/// `progress` is called with the number of jobs done.
pub async fn jobs(
    services: &Services,
    people: &People,
    count: u32,
    mut progress: impl FnMut(usize),
) -> Result<usize> {
    let today = calendar::midnight(services.clock.now());
    let known = job_type::list(services).await?;
    let reviews = reviews::words();
    let mut postings = Postings::new(today, people.ids.len(), count);
    let (mut done, mut applications) = (0, 0);
    loop {
        let batch: Vec<_> = postings.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(applications);
        }
        let change = Change::of_the_gateway(services, &Origin::default()).await?;
        let words = (&*known, &*reviews);
        applications += rows::insert_postings(&change, &people.ids, words, &batch).await?;
        notice::skip(&change).await?;
        change.wake(Topic::Events);
        change.commit().await?;
        job::index::stale(services).await?;
        done += batch.len();
        progress(done);
    }
}

/// Updates the database's statistics, so that it plans statements well.
pub async fn analyze(services: &Services) -> Result<()> {
    let statement = match services.db.backend() {
        // Also updates the visibility map, which index-only scans need.
        DbBackend::Postgres => {
            "VACUUM (ANALYZE) users, jobs, job_texts, job_words, applications, reviews, \
             job_events"
        }
        _ => "ANALYZE",
    };
    services.db.write().execute_unprepared(statement).await?;
    Ok(())
}
