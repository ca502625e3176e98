//! Rate limits as callers state them, and the result of a charge.

use std::time::Duration;

use crate::clock::Timestamp;

/// A counter with a limit: at most `limit` of something, such as requests, per window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    pub name: String,
    pub limit: u32,
    pub window: Window,
    /// The amount that one charge adds.
    pub amount: u32,
}

impl Bucket {
    /// Whether one more charge fits.
    pub(super) fn has_room(&self, usage: &Usage) -> bool {
        usage.used.saturating_add(self.amount) <= self.limit
    }
}

/// The period of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Any period of this length, wherever it begins.
    Sliding(Duration),
    /// From midnight to midnight UTC.
    Day,
}

/// The state of a bucket; times are milliseconds since the Unix epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Usage {
    pub(super) used: u32,
    /// When one more charge fits.
    pub(super) room_at: i64,
    /// When the bucket is empty.
    pub(super) empty_at: i64,
}

/// Whether the request may proceed, and the state of each bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    pub allowed: bool,
    /// In the order of the requested buckets.
    pub applied: Vec<BucketState>,
}

/// The state of a bucket after a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BucketState {
    pub limit: u32,
    /// What is left of the limit.
    pub remaining: u32,
    /// When the bucket is empty, if nothing is charged until then.
    pub reset_at: Timestamp,
    /// Whether this bucket had no room for the charge, so that nothing was counted.
    pub refused: bool,
    /// Time until this bucket has room for the charge; only set if it refused.
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

    /// Time until all buckets that refused have room.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.applied.iter().filter_map(|state| state.retry_after).max()
    }
}
