//! The task that makes notices: it follows the event log, and each batch of events, the notices and mails
//! that it makes, and how far the log is followed are one transaction.

use std::{sync::Arc, time::Duration};

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Iterable, JoinType, QueryFilter, QueryOrder,
    QuerySelect, prelude::Expr,
};

use super::{
    draft,
    lease::{self, LOG},
    mails, make, watch,
};
use crate::{
    clock::Timestamp,
    cluster::Topic,
    domain::{
        Services, background,
        change::{Change, last_position},
        jobs::{
            event::{Kind, Logged},
            told::told,
        },
        origin::Origin,
    },
    entity::{job, job_event},
    error::Result,
};

/// Name of the task that makes notices.
pub const TASK: &str = "notices";
/// Events of one transaction.
const BATCH: u32 = 100;

/// A process that makes notices while it leads.
#[derive(Debug)]
pub struct Follower {
    /// Its name among the replicas.
    holder: String,
}

impl Follower {
    /// A follower with a name that no other has.
    #[must_use]
    pub fn new(services: &Services) -> Self {
        Self { holder: format!("{:032x}", u128::from_be_bytes(services.random.bytes())) }
    }

    /// Does what is due if this process leads; returns whether it does.
    pub async fn lead(&self, services: &Services) -> Result<bool> {
        if !lease::lead(services, &self.holder).await? {
            return Ok(false);
        }
        make_due(services).await?;
        Ok(true)
    }

    /// Lets another process lead at once, which else waits for the end of the lease.
    pub async fn resign(&self, services: &Services) -> Result<()> {
        lease::resign(services, &self.holder).await
    }
}

/// Makes all notices and queues all mails that are due, in one transaction after another: also right if
/// several processes do so at once.
pub async fn make_due(services: &Services) -> Result<()> {
    while is_due(services).await? {
        services.heartbeats.beat(TASK, Duration::ZERO);
        step(services).await?;
    }
    Ok(())
}

/// Passes over the whole log and all that is due by now: nobody is told of a history that was made up.
pub(crate) async fn skip(change: &Change<'_>) -> Result<()> {
    lease::hold(change, LOG).await?;
    lease::advance(change, LOG, (last_position(change).await?, 0)).await?;
    watch::skip(change).await
}

async fn is_due(services: &Services) -> Result<bool> {
    let followers = lease::all(services.db.read()).await?;
    let (done, _) = followers.place(LOG)?;
    Ok(watch::is_due(&followers, services.clock.now())?
        || is_behind(services, done).await?
        || mails::are_due(services).await?)
}

/// Whether an event that is not followed yet tells somebody, or so many tell nobody that how far they are
/// followed is worth a transaction.
async fn is_behind(services: &Services, done: i64) -> Result<bool> {
    let db = services.db.read();
    let missing = last_position(db).await? - done;
    if missing <= 0 || missing >= i64::from(BATCH) {
        return Ok(missing > 0);
    }
    Ok(first_telling(db, done).await?.is_some())
}

/// When the first event after a position happened that tells somebody, in milliseconds.
async fn first_telling(db: &impl ConnectionTrait, done: i64) -> Result<Option<i64>> {
    let first = job_event::Entity::find()
        .select_only()
        .column(job_event::Column::CreatedAt)
        .filter(job_event::Column::Position.gt(done))
        .filter(tells())
        .order_by_asc(job_event::Column::Position)
        .limit(1)
        .into_tuple::<i64>();
    Ok(first.one(db).await?)
}

/// When the oldest event happened of which notices are still to be made.
pub(in crate::domain) async fn oldest_untold(services: &Services) -> Result<Option<Timestamp>> {
    let db = services.db.read();
    let (done, _) = lease::all(db).await?.place(LOG)?;
    let first = first_telling(db, done).await?;
    Ok(first.and_then(Timestamp::from_timestamp_millis))
}

/// Events that tell somebody.
fn tells() -> Expr {
    let telling = Kind::iter().filter(|kind| !told(*kind).is_empty());
    job_event::Column::Kind.is_in(telling)
}

/// One transaction. Whoever else believes to lead waits for the row of the follower, and then goes on
/// where this one has ended.
async fn step(services: &Services) -> Result<()> {
    let change = Change::of_the_gateway(services, &Origin::default()).await?;
    let done = lease::hold(&change, LOG).await?;
    let last = last_position(&change).await?.max(done);
    let events = between(&change, done, last).await?;
    let mut drafts = make::drafts(&change, &events).await?;
    drafts.extend(watch::drafts(&change).await?);
    draft::write(&change, drafts).await?;
    mails::queue(&change).await?;
    let full = events.get(BATCH as usize - 1);
    let done = full.map_or(last, |event| event.event.position);
    lease::advance(&change, LOG, (done, 0)).await?;
    change.commit().await
}

/// The next events that tell somebody; all others are passed over, however many there are.
async fn between(change: &Change<'_>, after: i64, last: i64) -> Result<Vec<Logged>> {
    let owner = job_event::Entity::belongs_to(job::Entity)
        .from(job_event::Column::JobId)
        .to(job::Column::Id)
        .into();
    Ok(job_event::Entity::find()
        .join(JoinType::InnerJoin, owner)
        .column(job::Column::OwnerId)
        .filter(job_event::Column::Position.gt(after))
        .filter(job_event::Column::Position.lte(last))
        .filter(tells())
        .order_by_asc(job_event::Column::Position)
        .limit(u64::from(BATCH))
        .into_model::<Logged>()
        .all(change)
        .await?)
}

/// Makes notices until the process ends, and tells those who listen: at wake-ups, and periodically in
/// case one is lost.
pub async fn follow(services: Arc<Services>, follower: Arc<Follower>) {
    let (services, follower) = (&*services, &*follower);
    let round = services.config.realtime.event_poll_ms;
    let wants = |topic| matches!(topic, Topic::Events | Topic::Notices);
    background::repeat(services, (TASK, round), wants, |_| async move {
        let made = follower.lead(services).await.map(drop);
        services.notices.catch_up(services).await.and(made)
    })
    .await;
}
