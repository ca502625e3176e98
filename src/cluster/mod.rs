//! What replicas share besides the database: rate limit counters and wake-ups.

mod bucket;
mod counter;
mod memory;
mod redis;
mod topic;

use std::time::Duration;

use tokio::sync::broadcast;

pub use self::{
    bucket::{Bucket, BucketState, Charge, Window},
    memory::{DayCount, Memory},
    redis::Redis,
    topic::Topic,
};
use crate::{
    clock::{Clock, Timestamp},
    config::{ConfigError, Secret},
    random::Random,
};

/// A single process, or replicas that share Redis.
pub enum Cluster {
    Memory(Box<Memory>),
    Redis(Redis),
}

impl Cluster {
    /// Refuses an unusable URL; does not connect.
    pub fn check(url: Option<&Secret>) -> Result<(), ConfigError> {
        let usable = url.is_none_or(|url| ::redis::Client::open(url.reveal()).is_ok());
        if usable { Ok(()) } else { Err(ConfigError::RedisUrl) }
    }

    /// Connects to Redis if configured; if it does not answer, it is used as soon as it does.
    pub async fn connect(
        url: Option<&Secret>,
        answer_time: Duration,
        clock: &Clock,
        random: &Random,
    ) -> Result<Self, ConfigError> {
        match url {
            None => Ok(Self::Memory(Box::default())),
            Some(url) => Redis::connect(url.reveal(), answer_time, clock, random)
                .await
                .map(Self::Redis)
                .map_err(|_| ConfigError::RedisUrl),
        }
    }

    /// Whether Redis answers; None if there is none in the settings.
    #[must_use]
    pub fn is_connected(&self) -> Option<bool> {
        match self {
            Self::Memory(_) => None,
            Self::Redis(redis) => Some(redis.is_connected()),
        }
    }

    /// Counts one request in all buckets, or in none if one of them is full.
    pub async fn charge(&self, buckets: &[Bucket], now: Timestamp) -> Charge {
        match self {
            Self::Memory(memory) => memory.ask(buckets, now, true),
            Self::Redis(redis) => redis.ask(buckets, now, true).await,
        }
    }

    /// The result of `charge`, without counting.
    pub async fn peek(&self, buckets: &[Bucket], now: Timestamp) -> Charge {
        match self {
            Self::Memory(memory) => memory.ask(buckets, now, false),
            Self::Redis(redis) => redis.ask(buckets, now, false).await,
        }
    }

    /// Resets sliding windows.
    pub async fn forget(&self, buckets: &[Bucket]) {
        match self {
            Self::Memory(memory) => memory.forget(buckets),
            Self::Redis(redis) => redis.forget(buckets).await,
        }
    }

    /// Counts of UTC days that changed since the last call and must be stored; empty with Redis,
    /// which keeps them itself.
    #[must_use]
    pub fn day_counts(&self) -> Vec<DayCount> {
        match self {
            Self::Memory(memory) => memory.day_counts(),
            Self::Redis(_) => Vec::new(),
        }
    }

    /// Tells these counts again at the next call of `day_counts`, since they could not be stored.
    pub fn keep_unsaved(&self, names: impl IntoIterator<Item = String>) {
        match self {
            Self::Memory(memory) => memory.keep_unsaved(names),
            Self::Redis(_) => {}
        }
    }

    /// Restores a stored count after a restart; a higher count in memory stays.
    pub fn restore_day(&self, stored: DayCount) {
        match self {
            Self::Memory(memory) => memory.restore_day(stored),
            Self::Redis(_) => {}
        }
    }

    /// Wakes all subscribers, in this process immediately and in other replicas soon.
    pub fn publish(&self, topic: Topic) {
        match self {
            Self::Memory(memory) => memory.publish(topic),
            Self::Redis(redis) => redis.publish(topic),
        }
    }

    /// Receives wake-ups from now on; a receiver that lags must act as on [`Topic::Missed`].
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Topic> {
        match self {
            Self::Memory(memory) => memory.subscribe(),
            Self::Redis(redis) => redis.subscribe(),
        }
    }
}
