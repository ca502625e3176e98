//! The end of the log, read once for all who listen in this process.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect,
};
use tokio::sync::{Semaphore, SemaphorePermit, broadcast, watch};

use super::{Interest, JobEvent, public::Readings};
use crate::{
    cluster::Topic,
    domain::{Services, change::last_position, jobs::job::Job},
    entity::{job, job_event},
    error::{Error, Result},
};

/// Name of the task that follows the log.
pub const TASK: &str = "events";
/// Events that are kept in memory; who is further behind reads the table.
const RECENT: usize = 1_024;
/// Events that are read, and that a listener holds, at once.
const BATCH: usize = 100;

/// An event and the owner of its job, who never changes.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Logged {
    #[sea_orm(nested)]
    pub event: JobEvent,
    pub owner_id: i64,
}

/// What this process knows of the log.
pub struct Tail {
    /// The last events, none left out.
    recent: Mutex<VecDeque<Arc<Logged>>>,
    /// The last position that was read; unset until the log was looked at.
    last: watch::Sender<Option<i64>>,
    readings: Readings,
    /// Leaves database connections to requests, however many listen.
    turns: Semaphore,
}

/// Events in order, and the position up to which there are no others.
pub(super) struct Batch {
    pub events: VecDeque<Arc<Logged>>,
    pub read_to: i64,
}

impl Tail {
    /// For a process with this many database connections.
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

    /// Waits until an event may be looked into and answered.
    pub async fn turn(&self) -> Result<SemaphorePermit<'_>> {
        self.turns.acquire().await.map_err(Error::internal)
    }

    /// The job as of now, if everybody may see it; whoever else asks for the same event takes part in
    /// one reading.
    pub(super) async fn public_job(
        &self,
        services: &Services,
        id: i64,
    ) -> Result<Option<Arc<Job>>> {
        let end = *self.last.borrow();
        self.readings.job(services, end, id).await
    }

    /// Waits for events after a position; those that the interest covers, a bounded number at once.
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
        // Boxed: it must not take room in the many listeners that wait above.
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

    /// Reads what is new; at the first time only where the log ends.
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

/// Keeps the tail up to date: at wake-ups, and now and then without one.
pub async fn follow(services: Arc<Services>) {
    let mut wake_ups = services.cluster.subscribe();
    loop {
        if let Err(error) = services.events.catch_up(&services).await {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "could not read the event log"
            );
        }
        let round = services.config.realtime.event_poll_ms;
        services.heartbeats.beat(TASK, round);
        let pause = tokio::time::sleep(round);
        tokio::select! {
            () = news(&mut wake_ups) => {}
            () = pause => {}
        }
    }
}

/// Waits for a wake-up and takes all that follow at once: one look is enough for them.
async fn news(wake_ups: &mut broadcast::Receiver<Topic>) {
    use broadcast::error::{RecvError, TryRecvError};
    loop {
        match wake_ups.recv().await {
            Ok(Topic::Events | Topic::Missed) | Err(RecvError::Lagged(_)) => break,
            Ok(_) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
    while !matches!(wake_ups.try_recv(), Err(TryRecvError::Empty | TryRecvError::Closed)) {}
}

/// Events between two positions, at most a batch.
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

/// A full batch ends at its last event; a smaller one has seen everything.
fn end(events: &VecDeque<Arc<Logged>>, all: i64) -> i64 {
    events.back().filter(|_| events.len() == BATCH).map_or(all, |last| last.event.position)
}

#[cfg(test)]
mod tests;
