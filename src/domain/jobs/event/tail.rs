//! The end of the log, read once for all listeners of this process.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect,
};
use tokio::sync::{Semaphore, SemaphorePermit, watch};

use super::{
    Interest, JobEvent,
    current::{CurrentJob, Readings},
};
use crate::{
    cluster::Topic,
    domain::{
        Services, background,
        change::{last_position, number_abandoned},
    },
    entity::{job, job_event},
    error::{Error, Result},
};

/// Name of the task that follows the log.
pub const TASK: &str = "events";
/// Events kept in memory; listeners further behind read the table.
const RECENT: usize = 1_024;
/// Events that are read, and that a listener holds, at once.
const BATCH: usize = 100;

/// An event with the owner of its job, who never changes.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Logged {
    #[sea_orm(nested)]
    pub event: JobEvent,
    pub owner_id: i64,
}

/// The part of the log that this process has in memory.
pub struct Tail {
    /// The last events, without gaps.
    recent: Mutex<VecDeque<Arc<Logged>>>,
    /// The last position read; None before the first reading.
    last: watch::Sender<Option<i64>>,
    readings: Readings,
    /// Keeps database connections free for requests, however many listeners there are.
    turns: Semaphore,
}

/// Events in order, and the position up to which the batch is complete.
pub(super) struct Batch {
    pub events: VecDeque<Arc<Logged>>,
    pub read_to: i64,
}

impl Tail {
    /// A tail for a process with this many database connections.
    #[must_use]
    pub fn new(connections: u32) -> Self {
        let turns = usize::try_from(connections / 2).unwrap_or(usize::MAX).max(1);
        Self {
            recent: Mutex::default(),
            last: watch::Sender::default(),
            readings: Readings::default(),
            turns: Semaphore::new(turns.min(Semaphore::MAX_PERMITS)),
        }
    }

    /// Waits for a permit to process an event.
    pub async fn turn(&self) -> Result<SemaphorePermit<'_>> {
        self.turns.acquire().await.map_err(Error::internal)
    }

    /// The current job, whoever may see it; concurrent callers for the same event share one reading.
    pub(super) async fn current_job(
        &self,
        services: &Services,
        id: i64,
    ) -> Result<Option<Arc<CurrentJob>>> {
        let end = *self.last.borrow();
        self.readings.job(services, end, id).await
    }

    /// Waits for events after a position; returns a bounded number that the interest covers.
    pub(super) async fn after(
        &self,
        services: &Services,
        position: i64,
        interest: &Interest,
    ) -> Result<Batch> {
        let mut news = self.last.subscribe();
        let is_news = |last: &Option<i64>| last.is_some_and(|last| last > position);
        let last = *news.wait_for(is_news).await.map_err(Error::internal)?;
        if let Some(batch) = self.remembered(position, interest) {
            return Ok(batch);
        }
        let _turn = self.turn().await?;
        let to = last.unwrap_or(position);
        // Boxed: the future must not occupy memory of the many listeners waiting above.
        Box::pin(read(services, position, to, interest.condition())).await
    }

    /// The events after a position, if all of them are in memory.
    fn remembered(&self, position: i64, interest: &Interest) -> Option<Batch> {
        let recent = self.recent();
        let last = recent.back()?.event.position;
        if recent.front()?.event.position > position + 1 {
            return None;
        }
        let start = recent.partition_point(|logged| logged.event.position <= position);
        let wanted = recent.range(start..).filter(|logged| interest.covers(logged));
        let events: VecDeque<_> = wanted.take(BATCH).cloned().collect();
        Some(Batch { read_to: end(&events, last), events })
    }

    /// Reads new events; the first time, only the end of the log.
    async fn catch_up(&self, services: &Services) -> Result<()> {
        let known = *self.last.borrow();
        let mut position = match known {
            Some(last) => last,
            None => last_position(services.db.read()).await?,
        };
        loop {
            let batch = read(services, position, i64::MAX - 1, Condition::all()).await?;
            position = batch.events.back().map_or(position, |logged| logged.event.position);
            let is_all = batch.events.len() < BATCH;
            self.remember(batch.events);
            self.last.send_if_modified(|last| last.replace(position) != Some(position));
            if is_all {
                return Ok(());
            }
        }
    }

    fn remember(&self, events: VecDeque<Arc<Logged>>) {
        let mut recent = self.recent();
        recent.extend(events);
        let too_many = recent.len().saturating_sub(RECENT);
        recent.drain(..too_many);
    }

    fn recent(&self) -> MutexGuard<'_, VecDeque<Arc<Logged>>> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps the tail up to date: at wake-ups, and periodically in case one is lost.
pub async fn follow(services: Arc<Services>) {
    let round = services.config.realtime.event_poll_ms;
    let wants = |topic| topic == Topic::Events;
    background::repeat(&services, (TASK, round), wants, async |topics| {
        if topics.contains(&Topic::Missed) {
            number_abandoned(&services).await?;
        }
        services.events.catch_up(&services).await
    })
    .await;
}

/// Events between two positions, at most one batch.
async fn read(services: &Services, after: i64, to: i64, wanted: Condition) -> Result<Batch> {
    let owner = job_event::Entity::belongs_to(job::Entity)
        .from(job_event::Column::JobId)
        .to(job::Column::Id)
        .into();
    let rows = job_event::Entity::find()
        .join(JoinType::InnerJoin, owner)
        .column(job::Column::OwnerId)
        .filter(job_event::Column::Position.gt(after))
        .filter(job_event::Column::Position.lte(to))
        .filter(wanted)
        .order_by_asc(job_event::Column::Position)
        .limit(BATCH as u64)
        .into_model::<Logged>()
        .all(services.db.read())
        .await?;
    let events: VecDeque<_> = rows.into_iter().map(Arc::new).collect();
    Ok(Batch { read_to: end(&events, to), events })
}

/// A full batch ends at its last event; a smaller one covers the whole range.
fn end(events: &VecDeque<Arc<Logged>>, all: i64) -> i64 {
    events.back().filter(|_| events.len() == BATCH).map_or(all, |last| last.event.position)
}

#[cfg(test)]
mod tests;
