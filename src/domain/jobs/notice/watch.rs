//! What no event tells, because it comes by time: each kind is looked for along an index of that time, from where
//! the last look has ended.

use chrono::TimeDelta;
use sea_orm::{
    ConnectionTrait, EntityTrait, Iterable, QueryFilter, QuerySelect,
    prelude::ChronoUnixTimestampMillis,
};

use super::{
    Kind,
    draft::Draft,
    invite,
    lease::{self, Followers},
    window::{Place, Window},
};
use crate::{
    clock::Timestamp,
    domain::{
        change::Change,
        jobs::{
            job::{Status, timed},
            review::OPEN_DAYS,
        },
    },
    entity::job,
    error::Result,
};

/// How often it is looked.
const ROUND: TimeDelta = TimeDelta::minutes(1);

/// A job whose time comes: its id, the time, its owner and its worker.
type Due = (i64, ChronoUnixTimestampMillis, i64, Option<i64>);

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sea_orm::EnumIter)]
enum Watch {
    /// Jobs that nobody has yet, a day before they expire.
    Expiring,
    /// Work, a day before it begins.
    Beginning,
    /// Completed jobs, a day later, that a side has not reviewed.
    Unreviewed,
    /// Reviews that opened by themselves.
    Opened,
}

impl Watch {
    /// The name of its follower.
    fn name(self) -> &'static str {
        match self {
            Self::Expiring => "expiring",
            Self::Beginning => "beginning",
            Self::Unreviewed => "unreviewed",
            Self::Opened => "opened",
        }
    }

    /// Up to which time it is looked.
    fn end(self, now: Timestamp) -> i64 {
        let ahead = match self {
            Self::Expiring | Self::Beginning => TimeDelta::days(1),
            Self::Unreviewed => TimeDelta::days(-1),
            // A review whose time has come may still wait for its commit.
            Self::Opened => -ROUND,
        };
        (now + ahead).timestamp_millis()
    }

    /// What is older is told nobody any more, however long no process ran.
    fn start(self, now: Timestamp) -> i64 {
        let oldest = match self {
            Self::Expiring | Self::Beginning => now,
            Self::Unreviewed | Self::Opened => now - TimeDelta::days(OPEN_DAYS),
        };
        oldest.timestamp_millis()
    }

    /// What is to be looked at now, if it is time to look.
    fn window(self, done: Place, now: Timestamp) -> Option<Window> {
        let to = self.end(now);
        let is_over = to >= done.0.saturating_add(ROUND.num_milliseconds());
        is_over.then(|| Window::new(done.max((self.start(now), i64::MAX)), to))
    }

    /// The notices of a window, the number of rows that were found, and the place of the last.
    async fn look(self, change: &Change<'_>, window: &Window) -> Result<(Vec<Draft>, Vec<Place>)> {
        let jobs = |at, statuses| jobs(change, at, statuses, window);
        let (drafts, places) = match self {
            // Owners of paused jobs are suspended, who are told nothing.
            Self::Expiring => {
                let due =
                    jobs(job::Column::ExpiresAt, &[Status::Published, Status::Paused]).await?;
                let told = |due: &Due| draft(due, due.2, Kind::JobExpiresTomorrow);
                (due.iter().map(told).collect(), places(&due))
            }
            Self::Beginning => {
                let due = jobs(job::Column::ScheduledAt, &[Status::Assigned]).await?;
                let told = |due: &Due| {
                    let people = [Some(due.2), due.3].into_iter().flatten();
                    people.map(|person| draft(due, person, Kind::ScheduledTomorrow)).collect()
                };
                (due.iter().flat_map(told as fn(&Due) -> Vec<Draft>).collect(), places(&due))
            }
            Self::Unreviewed => {
                let due = jobs(job::Column::CompletedAt, &[Status::Completed]).await?;
                let ids: Vec<i64> = due.iter().map(|due| due.0).collect();
                (invite::to_write(change, &ids).await?, places(&due))
            }
            Self::Opened => invite::to_read(change, window).await?,
        };
        Ok((drafts, places))
    }
}

/// Whether it is time to look for anything.
pub(super) fn is_due(followers: &Followers, now: Timestamp) -> Result<bool> {
    Ok(!windows(followers, now)?.is_empty())
}

/// The notices of what has come by time, if it is time to look; moves the followers.
/// The change holds the row of the log's follower.
pub(super) async fn drafts(change: &Change<'_>) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for (watch, window) in windows(&lease::all(change).await?, change.now())? {
        let (some, places) = watch.look(change, &window).await?;
        drafts.extend(some);
        lease::advance(change, watch.name(), window.done(&places)).await?;
    }
    Ok(drafts)
}

/// Passes over all that has come. The change holds the row of the log's follower.
pub(super) async fn skip(change: &Change<'_>) -> Result<()> {
    for watch in Watch::iter() {
        lease::advance(change, watch.name(), (watch.end(change.now()), i64::MAX)).await?;
    }
    Ok(())
}

fn windows(followers: &Followers, now: Timestamp) -> Result<Vec<(Watch, Window)>> {
    let mut windows = Vec::new();
    for watch in Watch::iter() {
        let done = followers.place(watch.name())?;
        windows.extend(watch.window(done, now).map(|window| (watch, window)));
    }
    Ok(windows)
}

/// Jobs of these statuses whose time lies in the window.
async fn jobs(
    change: &Change<'_>,
    at: job::Column,
    statuses: &[Status],
    window: &Window,
) -> Result<Vec<Due>> {
    let select = job::Entity::find()
        .select_only()
        .columns([job::Column::Id, at, job::Column::OwnerId, job::Column::AssigneeId])
        .filter(timed(change.get_database_backend(), statuses));
    Ok(window.of(select, (at, job::Column::Id)).into_tuple().all(change).await?)
}

fn places(due: &[Due]) -> Vec<Place> {
    due.iter().map(|due| (due.1.0.timestamp_millis(), due.0)).collect()
}

/// Once for each day that the job is set to.
fn draft((job_id, at, ..): &Due, user_id: i64, kind: Kind) -> Draft {
    let source = format!("job {job_id} at {}", at.0.date_naive());
    Draft { user_id, kind, source, job_id: *job_id, application_id: None, actor_id: None }
}
