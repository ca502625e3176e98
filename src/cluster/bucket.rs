//! Limits as callers state them, and the answer to a charge.

use std::time::Duration;

use crate::clock::Timestamp;

/// A name under which at most `limit` of something, such as requests, is allowed per window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    pub name: String,
    pub limit: u32,
    pub window: Window,
    /// How much one charge takes of it.
    pub amount: u32,
}

impl Bucket {
    /// Whether one more charge fits.
    pub(super) fn has_room(&self, usage: &Usage) -> bool {
        usage.used.saturating_add(self.amount) <= self.limit
    }
}

/// The time that a limit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Any span of this length, wherever it begins.
    Sliding(Duration),
    /// From midnight to midnight UTC.
    Day,
}

/// What a bucket holds; times are milliseconds since the Unix epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Usage {
    pub(super) used: u32,
    /// When one more charge fits.
    pub(super) room_at: i64,
    /// When nothing is held any more.
    pub(super) empty_at: i64,
}

/// Whether an operation may go on, and how each bucket stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    pub allowed: bool,
    /// In the order of the buckets that were asked for.
    pub applied: Vec<BucketState>,
}

/// How a bucket stands after a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BucketState {
    pub limit: u32,
    /// How much is allowed now.
    pub remaining: u32,
    /// When the whole limit is there again, if nothing is charged until then.
    pub reset_at: Timestamp,
    /// Whether this bucket is too full, so that the charge was not counted.
    pub refused: bool,
    /// After what time this bucket has room again; only when it refused.
    pub retry_after: Option<Duration>,
}

impl Charge {
    pub(super) fn new(allowed: bool, buckets: &[Bucket], usages: &[Usage], now: Timestamp) -> Self {
        let applied = buckets.iter().zip(usages).map(|(bucket, usage)| {
            let refused = !allowed && !bucket.has_room(usage);
            let wait = u64::try_from(usage.room_at - now.timestamp_millis()).unwrap_or(0);
            BucketState {
                limit: bucket.limit,
                remaining: bucket.limit.saturating_sub(usage.used),
                reset_at: Timestamp::from_timestamp_millis(usage.empty_at).unwrap_or(now),
                refused,
                retry_after: refused.then(|| Duration::from_millis(wait)),
            }
        });
        Self { allowed, applied: applied.collect() }
    }

    /// After what time all buckets that refused have room again.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.applied.iter().filter_map(|state| state.retry_after).max()
    }
}
