//! Steps that come by time: the end of applying, and the end of work that nobody confirms.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde_json::json;

use super::{Status, Transition, step::advance, visible::timed};
use crate::{
    domain::{Services, change::Change, origin::Origin, to_millis},
    entity::job,
    error::Result,
};

/// Jobs of one round; the others are due in the next.
const BATCH: u64 = 500;

/// Expires published and paused jobs whose time is over; returns their number.
pub async fn expire_due(services: &Services) -> Result<usize> {
    let due = job::Entity::find()
        .filter(timed(services.db.backend(), &[Status::Published, Status::Paused]))
        .filter(job::Column::ExpiresAt.lte(to_millis(services.clock.now())))
        .order_by_asc(job::Column::ExpiresAt);
    take(services, due, Transition::Expire).await
}

/// Completes jobs whose owner has not answered the report that they are done; returns their number.
pub async fn complete_due(services: &Services) -> Result<usize> {
    let hours = i64::from(services.config.complete_after_hours);
    let since = services.clock.now() - TimeDelta::hours(hours);
    let due = job::Entity::find()
        .filter(timed(services.db.backend(), &[Status::ReportedDone]))
        .filter(job::Column::ReportedAt.lte(to_millis(since)))
        .order_by_asc(job::Column::ReportedAt);
    take(services, due, Transition::Complete).await
}

/// Takes the step for what is due, which is asked every second: in the order of an index, so that the first is
/// found at once. PostgreSQL read all jobs otherwise, since many of them look as if they were due.
async fn take(
    services: &Services,
    due: Select<job::Entity>,
    transition: Transition,
) -> Result<usize> {
    if due.clone().limit(1).one(services.db.read()).await?.is_none() {
        return Ok(0);
    }
    let change = Change::of_the_gateway(services, &Origin::default()).await?;
    let jobs = due.limit(BATCH).lock_exclusive().all(&change).await?;
    let taken = jobs.len();
    for job in jobs {
        advance(&change, job, transition, json!({})).await?;
    }
    change.commit().await?;
    Ok(taken)
}
