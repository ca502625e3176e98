//! What jobs are found by: written with each job, and later for the jobs of earlier releases.

use std::{sync::Arc, time::Duration};

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

use super::{Job, JobFilter, district, era};
use crate::{
    domain::{
        Services, background,
        change::Change,
        jobs::{
            place,
            search::{self, Question},
        },
        origin::Origin,
        store::words::{self, Indexed},
    },
    entity::job,
    error::Result,
};

/// The kind of index that this release writes. Whoever changes what jobs are found by raises it; whoever
/// changes the words makes the table `job_words` anew, and counts from there.
pub const KIND: i64 = 3;
/// The first kind with the words of this one; it knew no districts.
const FIRST: i64 = 1;
/// The first kind that knows when jobs were posted.
const WITH_ERAS: i64 = 3;

/// What is not indexed at all.
const STALE: i64 = 0;

/// Jobs that are indexed in one transaction: others may write in between.
const BATCH: u64 = 100;

/// What is beaten, and how often jobs are looked for that an older replica has written.
pub const TASK: &str = "index of jobs";
const ROUND: Duration = Duration::from_mins(10);

/// Writes what a new job is found by.
pub(super) async fn add(change: &Change<'_>, job: &Job) -> Result<()> {
    Ok(words::insert(change, &[indexed(job)]).await?)
}

/// Writes what a job is found by after a change, if that has changed.
pub(super) async fn renew(change: &Change<'_>, before: &Job, job: &Job) -> Result<()> {
    let was_indexed = before.indexed >= FIRST;
    if was_indexed && source(before) == source(job) {
        return Ok(());
    }
    if was_indexed {
        words::remove(change, &[indexed(before)]).await?;
    }
    add(change, job).await
}

/// What `indexed` is made from, of what can change.
fn source(job: &Job) -> ([&str; 4], bool) {
    let texts = [&job.title, &job.description, &job.city_folded, &job.job_type];
    (texts.map(String::as_str), job.indexed >= WITH_ERAS)
}

/// Removes what the jobs of a person are found by, before their texts are emptied.
pub(super) async fn forget(change: &Change<'_>, owner_id: i64) -> Result<()> {
    let of_owner = job::Column::OwnerId.eq(owner_id).and(job::Column::Indexed.gte(FIRST));
    loop {
        let jobs = job::Entity::find().filter(of_owner.clone()).limit(BATCH).all(change).await?;
        if jobs.is_empty() {
            return Ok(());
        }
        words::remove(change, &jobs.iter().map(indexed).collect::<Vec<_>>()).await?;
        let ids = job::Column::Id.is_in(jobs.iter().map(|job| job.id));
        // Emptied texts are indexed like those of any job.
        let stale = job::Entity::update_many().col_expr(job::Column::Indexed, STALE.into());
        stale.filter(ids).exec(change).await?;
    }
}

/// Indexes the jobs of earlier releases, and tells how far it is.
pub async fn follow(services: Arc<Services>) {
    let services = &*services;
    background::repeat(services, (TASK, ROUND), |_| false, |_| stale(services)).await;
}

/// Indexes all jobs that are not, newest first; it can be interrupted at any time.
pub async fn stale(services: &Services) -> Result<()> {
    let mut done = 0;
    loop {
        services.heartbeats.beat(TASK, Duration::ZERO);
        let jobs = batch(services).await?;
        done += jobs;
        if jobs > 0 && done % (100 * BATCH) == 0 {
            tracing::info!(done, "indexing the jobs of an earlier release");
        }
        if jobs < BATCH {
            break;
        }
    }
    if done > 0 {
        tracing::info!(done, "all jobs are indexed");
    }
    Ok(())
}

/// Writes what all jobs are found by, to a database that has their rows and nothing of that.
pub(in crate::domain) async fn rebuild(db: &impl ConnectionTrait) -> Result<()> {
    let mut after = 0;
    loop {
        let jobs = job::Entity::find()
            .filter(job::Column::Id.gt(after).and(job::Column::Indexed.gte(FIRST)))
            .order_by_asc(job::Column::Id)
            .limit(BATCH)
            .all(db)
            .await?;
        let Some(last) = jobs.last() else { return Ok(()) };
        after = last.id;
        words::insert(db, &jobs.iter().map(indexed).collect::<Vec<_>>()).await?;
    }
}

/// Indexes some jobs that are not; returns their number.
async fn batch(services: &Services) -> Result<u64> {
    let stale = job::Entity::find()
        .filter(job::Column::Indexed.lt(KIND))
        .order_by_desc(job::Column::Id)
        .limit(BATCH);
    if stale.clone().limit(1).one(services.db.read()).await?.is_none() {
        return Ok(0);
    }
    let change = Change::of_the_gateway(services, &Origin::default()).await?;
    let mut jobs = stale.lock_exclusive().all(&change).await?;
    let known: Vec<_> = jobs.iter().filter(|job| job.indexed >= FIRST).map(indexed).collect();
    words::remove(&change, &known).await?;
    for job in &mut jobs {
        locate(&change, job).await?;
        job.indexed = KIND;
    }
    let ids = job::Column::Id.is_in(jobs.iter().map(|job| job.id));
    let now = job::Entity::update_many().col_expr(job::Column::Indexed, KIND.into());
    now.filter(ids).exec(&change).await?;
    words::insert(&change, &jobs.iter().map(indexed).collect::<Vec<_>>()).await?;
    change.commit().await?;
    Ok(jobs.len() as u64)
}

/// Writes where a job of an earlier release is, if that is known better now.
async fn locate(change: &Change<'_>, job: &mut Job) -> Result<()> {
    let city = place::city_key(&job.city);
    let district = match job.district.as_str() {
        "" => district::read(&job.city, &job.address),
        named => named.to_owned(),
    };
    if (&city, &district) != (&job.city_folded, &job.district) {
        let located = job::Entity::update_many()
            .col_expr(job::Column::CityFolded, Expr::val(&city))
            .col_expr(job::Column::District, Expr::val(&district));
        located.filter(job::Column::Id.eq(job.id)).exec(change).await?;
        (job.city_folded, job.district) = (city, district);
    }
    Ok(())
}

/// The ids of jobs that have the words of a question, and the city and type of a filter, and were posted in
/// one of these eras, or ever.
pub(super) fn matching(
    backend: DbBackend,
    question: &Question,
    filter: &JobFilter,
    eras: &[String],
) -> SelectStatement {
    let terms = question.terms();
    let (mut query, and, or) = match backend {
        DbBackend::Postgres => (search::tsquery(&terms), " & ", " | "),
        _ => (search::fts5_query(&terms), " AND ", " OR "),
    };
    for tokens in [city_tokens(&filter.cities), type_tokens(&filter.job_types), eras.to_vec()] {
        if !tokens.is_empty() {
            query = format!("{query}{and}({})", tokens.join(or));
        }
    }
    words::matching(backend, query)
}

fn indexed(job: &Job) -> Indexed {
    let ([title, description, city, job_type], with_eras) = source(job);
    let (title, description) = (search::fold(title), search::fold(description));
    let mut tokens = city_tokens(&[city.to_owned()]);
    tokens.extend(type_tokens(&[job_type.to_owned()]));
    if with_eras {
        tokens.extend(era::tokens(job.created_at.0.timestamp_millis()));
    }
    tokens.push(search::tokens(&title, &description));
    let text = search::indexed(&title, &description);
    Indexed { job_id: job.id, text, tokens: tokens.join(" ") }
}

fn city_tokens(keys: &[String]) -> Vec<String> {
    tokens('c', keys)
}

fn type_tokens(slugs: &[String]) -> Vec<String> {
    tokens('t', slugs)
}

/// Tokens of words begin with another letter. Names are cut: a folded one can have many times the
/// characters of what was sent, and PostgreSQL takes no token of more than 2,046 bytes.
fn tokens(kind: char, names: &[String]) -> Vec<String> {
    const MOST_CHARS: usize = 64;
    let cut = |name: &String| name.chars().take(MOST_CHARS).collect::<String>();
    names.iter().map(|name| format!("{kind}{}", search::encoded(&cut(name)))).collect()
}
