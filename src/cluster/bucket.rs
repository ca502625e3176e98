//! Limits as callers state them, and the answer to a charge.

use std::time::Duration;

use super::counter::Counter;
use crate::clock::Timestamp;

/// A name under which at most `limit` requests are allowed per window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    pub name: String,
    pub limit: u32,
    pub window: Window,
}

/// The time that a limit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Any span of this length, at most a day; the requests of the span before the current one
    /// are taken as evenly spread.
    Sliding(Duration),
    /// From midnight to midnight UTC.
    Day,
}

const DAY: i64 = 86_400_000;

impl Window {
    /// Length in milliseconds.
    pub(super) fn length(self) -> i64 {
        match self {
            Self::Sliding(span) => i64::try_from(span.as_millis()).unwrap_or(DAY).clamp(1, DAY),
            Self::Day => DAY,
        }
    }

    /// Whether requests of the previous span still weigh.
    pub(super) fn slides(self) -> bool {
        matches!(self, Self::Sliding(_))
    }
}

/// Whether a request may go on, and how each bucket stands.
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
    /// Requests that are allowed now.
    pub remaining: u32,
    /// When the whole limit is there again, if no request comes until then.
    pub reset_at: Timestamp,
    /// Whether this bucket is full, so that the charge was not counted.
    pub refused: bool,
    /// After what time this bucket has room again; only when it refused.
    pub retry_after: Option<Duration>,
}

impl Charge {
    pub(super) fn new(
        allowed: bool,
        buckets: &[Bucket],
        counters: &[Counter],
        now: Timestamp,
    ) -> Self {
        let states = buckets.iter().zip(counters);
        let applied = states.map(|(bucket, counter)| {
            let millis = now.timestamp_millis();
            let refused = !allowed && !counter.has_room(bucket, millis);
            BucketState {
                limit: bucket.limit,
                remaining: counter.remaining(bucket, millis),
                reset_at: Timestamp::from_timestamp_millis(counter.empty_at(bucket, millis))
                    .unwrap_or(now),
                refused,
                retry_after: refused.then(|| counter.wait(bucket, millis)),
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
