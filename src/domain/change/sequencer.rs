//! Gives events their positions. Whoever has read position n has read all lower ones, so events are
//! numbered one transaction at a time, under one advisory lock of PostgreSQL. Positions are given by
//! whoever holds it: a lone change at its commit, or else a *round* for all.
//!
//! A change writes its events to `pending_events`. If no other change of this process is about to be
//! answered and the lock is free, it moves what is pending, its own included, to the end of the log and
//! commits. Among others it does not hold the lock, or else each commit would wait for the flush of the one
//! before: it commits, the database flushes many commits at once, and then it waits for a round, which is
//! one transaction that does the same for all changes that wait.
//!
//! SQLite has one writer at a time, whose changes number their events themselves.
//!
//! Within a job, events stand in the order of its changes: ids are drawn while the row of the job is
//! locked. What a crash leaves without positions is numbered by the next holder of the lock in any process.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::SeqCst};

use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QuerySelect};
use tokio::sync::Mutex;

use crate::{
    clock::Timestamp,
    domain::{
        Services,
        store::{asker::Asker, database::Database},
    },
    entity::{job_event, pending_event},
    error::Result,
};

/// The PostgreSQL advisory lock that serialises whoever gives positions, in all releases.
const POSITION_LOCK: i64 = 0x6669_6e64_0002;

/// Moves all that is pending and committed, or of the same transaction. A statement of its own after the
/// one that took the lock: only so does it see all that was committed before the lock was granted.
/// Ordinary durability: positions that were read must survive a crash.
pub(super) const MOVE: &str = "WITH moved AS (DELETE FROM pending_events RETURNING *), \
     log AS (SELECT COALESCE(MAX(position), 0) AS last FROM job_events) \
     INSERT INTO job_events (position, job_id, actor_id, api_key_id, kind, data, created_at) \
     SELECT last + ROW_NUMBER() OVER (ORDER BY id), job_id, actor_id, api_key_id, kind, data, \
     created_at FROM moved, log";

/// Who writes events in this process, and its rounds, one at a time.
#[derive(Default)]
pub struct Sequencer {
    /// How many changes have begun to write events and are not answered yet.
    writers: AtomicUsize,
    /// How many rounds have begun.
    begun: AtomicU64,
    /// The number of the last round that has ended; locked while one runs.
    ended: Mutex<u64>,
}

/// A change that is counted until its events have positions.
pub(super) struct Writer<'s> {
    sequencer: &'s Sequencer,
    /// Whether no other was counted as it came. A lock that it would hold while its commit is flushed
    /// would keep the others from their round.
    pub is_alone: bool,
}

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        self.sequencer.writers.fetch_sub(1, SeqCst);
    }
}

impl Sequencer {
    /// Counts a change that is about to write events.
    pub(super) fn enter(&self) -> Writer<'_> {
        Writer { sequencer: self, is_alone: self.writers.fetch_add(1, SeqCst) == 0 }
    }

    /// Returns after a round that began later than this call, since a running one may have missed what
    /// the caller has committed. Callers who wait share the next round, whatever becomes of it.
    async fn share(&self, round: impl Future<Output = ()>) {
        let wanted = self.begun.load(SeqCst) + 1;
        let mut ended = self.ended.lock().await;
        if *ended < wanted {
            let number = self.begun.fetch_add(1, SeqCst) + 1;
            round.await;
            // Not reached by a caller who was cancelled: then the next one begins a round itself.
            *ended = number;
        }
    }
}

/// Gives positions to all events that were committed before. A failure is only logged, because the
/// changes have happened; the next round makes up for it.
pub(super) async fn number(services: &Services) {
    if services.db.backend() == DbBackend::Postgres {
        services.sequencer.share(Box::pin(round(&services.db))).await;
    }
}

/// Numbers events whose writers ended between their commit and their round.
pub(in crate::domain) async fn number_abandoned(services: &Services) -> Result<()> {
    let any = pending_event::Entity::find().select_only().column(pending_event::Column::Id);
    if any.into_tuple::<i64>().one(services.db.read()).await?.is_some() {
        number(services).await;
    }
    Ok(())
}

/// One round trip: statements that are sent together are one transaction. It takes its turn for a
/// connection like every other statement, so that operators can count them; whoever waits for a round
/// holds none. It runs for the gateway, because it must not wait for what one caller's share allows.
async fn round(db: &Database) {
    let script = format!("{}; {MOVE}", lock());
    if let Err(error) = Asker::Gateway.scope(db.write().execute_unprepared(&script)).await {
        let error = &error as &dyn std::error::Error;
        tracing::warn!(error, "could not give positions to events; the next round will");
    }
}

/// Locks the log until the commit, for others who give positions; returns its last position.
pub(crate) async fn lock_log(tx: &impl ConnectionTrait) -> Result<i64> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(&lock()).await?;
    }
    last_position(tx).await
}

/// The position of the last event, 0 if there is none.
pub(in crate::domain) async fn last_position(db: &impl ConnectionTrait) -> Result<i64> {
    let last = job_event::Entity::find()
        .select_only()
        .column_as(job_event::Column::Position.max(), "last")
        .into_tuple::<Option<i64>>()
        .one(db)
        .await?;
    Ok(last.flatten().unwrap_or_default())
}

/// Since when the oldest event waits for its position.
pub(in crate::domain) async fn oldest_unnumbered(
    db: &impl ConnectionTrait,
) -> Result<Option<Timestamp>> {
    let oldest = pending_event::Entity::find()
        .select_only()
        .column_as(pending_event::Column::CreatedAt.min(), "oldest")
        .into_tuple::<Option<i64>>()
        .one(db)
        .await?;
    Ok(oldest.flatten().and_then(Timestamp::from_timestamp_millis))
}

/// An expression that asks for the lock until the commit without waiting; true if it is granted.
pub(super) fn try_lock() -> String {
    format!("pg_try_advisory_xact_lock({POSITION_LOCK})")
}

fn lock() -> String {
    format!("SELECT pg_advisory_xact_lock({POSITION_LOCK})")
}

#[cfg(test)]
mod tests;
