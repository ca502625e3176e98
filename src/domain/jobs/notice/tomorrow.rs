//! What is to happen tomorrow: jobs that nobody has yet expire, and work begins.

use chrono::TimeDelta;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    prelude::ChronoUnixTimestampMillis,
};

use super::{
    Kind,
    draft::Draft,
    lease::{self, TOMORROW},
};
use crate::{
    clock::Timestamp,
    domain::{
        Services,
        change::Change,
        jobs::job::{Status, in_status},
        to_millis,
    },
    entity::job,
    error::Result,
};

/// How long before it people are told.
const BEFORE: TimeDelta = TimeDelta::days(1);
/// How often it is looked.
const ROUND: TimeDelta = TimeDelta::minutes(1);

/// A job whose time comes: its id, its owner, its worker and the time.
type Due = (i64, i64, Option<i64>, ChronoUnixTimestampMillis);

/// Whether it is time to look again.
pub(super) async fn is_due(services: &Services) -> Result<bool> {
    Ok(is_over(lease::position(services, TOMORROW).await?, services.clock.now()))
}

fn is_over(done: i64, now: Timestamp) -> bool {
    now.timestamp_millis() >= done + ROUND.num_milliseconds()
}

/// The notices of what is to happen within a day and was not looked at before, if it is time to look; moves
/// the follower.
/// The change holds the row of the log's follower.
pub(super) async fn drafts(change: &Change<'_>) -> Result<Vec<Draft>> {
    let now = change.now();
    let done = lease::hold(change, TOMORROW).await?;
    if !is_over(done, now) {
        return Ok(Vec::new());
    }
    lease::advance(change, TOMORROW, now.timestamp_millis()).await?;
    let looked_at = Timestamp::from_timestamp_millis(done).unwrap_or_default() + BEFORE;
    // What was to begin while no process ran is not tomorrow any more.
    let within = (now.max(looked_at), now + BEFORE);
    let expiring = due(change, job::Column::ExpiresAt, Status::Published, within).await?;
    let beginning = due(change, job::Column::ScheduledAt, Status::Assigned, within).await?;
    let expiring = expiring.iter().map(|due| draft(due, due.1, Kind::JobExpiresTomorrow));
    let beginning = beginning.iter().flat_map(|due| {
        let people = [Some(due.1), due.2].into_iter().flatten();
        people.map(move |person| draft(due, person, Kind::ScheduledTomorrow))
    });
    Ok(expiring.chain(beginning).collect())
}

/// Jobs of a status whose time comes within these bounds.
async fn due(
    change: &Change<'_>,
    time: job::Column,
    status: Status,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<Due>> {
    Ok(job::Entity::find()
        .select_only()
        .columns([job::Column::Id, job::Column::OwnerId, job::Column::AssigneeId, time])
        .filter(in_status(status))
        .filter(time.gt(to_millis(from)))
        .filter(time.lte(to_millis(to)))
        .order_by_asc(job::Column::Id)
        .into_tuple()
        .all(change)
        .await?)
}

/// Once for each day that the job is set to.
fn draft((job_id, _, _, at): &Due, user_id: i64, kind: Kind) -> Draft {
    let source = format!("job {job_id} at {}", at.0.date_naive());
    Draft { user_id, kind, source, job_id: *job_id, application_id: None, actor_id: None }
}
