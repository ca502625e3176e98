//! Counters and wake-ups of a single process.

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{NaiveDate, NaiveTime};
use quick_cache::unsync::Cache;
use tokio::sync::broadcast;

use super::{
    bucket::{Bucket, Charge, Usage, Window},
    counter::{DAY, Log, Tally, length},
    topic::Topic,
};
use crate::clock::Timestamp;

/// Number of buckets kept; beyond it, the least recently used ones are evicted.
const MAX_BUCKETS: usize = 100_000;

/// Wake-ups that a receiver may lag behind.
const MAX_WAKE_UPS: usize = 1_024;

/// Counters and wake-ups in memory, lost when the process ends.
pub struct Memory {
    counters: Mutex<Counters>,
    wake_ups: broadcast::Sender<Topic>,
}

/// The number of requests counted in a day bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCount {
    /// Name of the bucket.
    pub name: String,
    /// The UTC day.
    pub day: NaiveDate,
    pub count: u32,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            counters: Mutex::new(Counters {
                sliding: Cache::new(MAX_BUCKETS),
                days: Cache::new(MAX_BUCKETS),
                unsaved: HashSet::new(),
            }),
            wake_ups: broadcast::Sender::new(MAX_WAKE_UPS),
        }
    }
}

impl Memory {
    pub(super) fn ask(&self, buckets: &[Bucket], now: Timestamp, count: bool) -> Charge {
        let millis = now.timestamp_millis();
        let mut counters = self.counters();
        let mut usages: Vec<Usage> = buckets.iter().map(|b| counters.usage(b, millis)).collect();
        let allowed = buckets.iter().zip(&usages).all(|(bucket, usage)| bucket.has_room(usage));
        if allowed && count {
            usages = buckets.iter().map(|bucket| counters.count(bucket, millis)).collect();
        }
        Charge::new(allowed, buckets, &usages, now)
    }

    /// Merges counts from elsewhere, so that a bucket that is used up there is not empty here; a
    /// higher count in memory stays.
    pub(super) fn learn(&self, buckets: &[Bucket], usages: &[Usage], now: Timestamp) {
        let millis = now.timestamp_millis();
        let mut counters = self.counters();
        for (bucket, usage) in buckets.iter().zip(usages) {
            let known = counters.usage(bucket, millis).used;
            if usage.used > known {
                counters.add(bucket, millis, usage.used - known);
            }
        }
    }

    pub(super) fn forget(&self, buckets: &[Bucket]) {
        let mut counters = self.counters();
        for bucket in buckets {
            counters.sliding.remove(&bucket.name);
        }
    }

    pub(super) fn day_counts(&self) -> Vec<DayCount> {
        let mut counters = self.counters();
        let names = std::mem::take(&mut counters.unsaved);
        names.into_iter().filter_map(|name| counters.day_count(name)).collect()
    }

    pub(super) fn keep_unsaved(&self, names: impl IntoIterator<Item = String>) {
        self.counters().unsaved.extend(names);
    }

    pub(super) fn restore_day(&self, stored: DayCount) {
        let start = stored.day.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
        let restored = Tally { day: start.div_euclid(DAY), count: stored.count };
        let mut counters = self.counters();
        if restored > counters.tally(&stored.name) {
            counters.days.insert(stored.name, restored);
        }
    }

    pub(super) fn publish(&self, topic: Topic) {
        // Fails only if nobody listens.
        self.wake_ups.send(topic).ok();
    }

    pub(super) fn subscribe(&self) -> broadcast::Receiver<Topic> {
        self.wake_ups.subscribe()
    }

    fn counters(&self) -> MutexGuard<'_, Counters> {
        self.counters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Counters {
    sliding: Cache<String, Log>,
    /// Kept apart, so that a flood of addresses cannot evict the count of an API key.
    days: Cache<String, Tally>,
    /// Names in `days` that changed since they were last stored.
    unsaved: HashSet<String>,
}

impl Counters {
    fn usage(&mut self, bucket: &Bucket, now: i64) -> Usage {
        match bucket.window {
            Window::Sliding(span) => match self.sliding.get_mut(&bucket.name) {
                Some(mut log) => {
                    log.forget(length(span), now);
                    log.usage(bucket, length(span), now)
                }
                None => Log::default().usage(bucket, length(span), now),
            },
            Window::Day => self.tally(&bucket.name).at(now).usage(),
        }
    }

    fn count(&mut self, bucket: &Bucket, now: i64) -> Usage {
        self.add(bucket, now, bucket.amount);
        if bucket.window == Window::Day {
            self.unsaved.insert(bucket.name.clone());
        }
        self.usage(bucket, now)
    }

    fn add(&mut self, bucket: &Bucket, now: i64, amount: u32) {
        match bucket.window {
            Window::Sliding(span) => {
                if let Some(mut log) = self.sliding.get_mut(&bucket.name) {
                    log.add(length(span), now, amount);
                } else {
                    let mut log = Log::default();
                    log.add(length(span), now, amount);
                    self.sliding.insert(bucket.name.clone(), log);
                }
            }
            Window::Day => {
                let mut tally = self.tally(&bucket.name).at(now);
                tally.count = tally.count.saturating_add(amount);
                self.days.insert(bucket.name.clone(), tally);
            }
        }
    }

    fn tally(&self, name: &str) -> Tally {
        self.days.get(name).copied().unwrap_or_default()
    }

    fn day_count(&self, name: String) -> Option<DayCount> {
        let tally = self.days.get(&name)?;
        let start = Timestamp::from_timestamp_millis(tally.day * DAY)?;
        Some(DayCount { name, day: start.date_naive(), count: tally.count })
    }
}

#[cfg(test)]
mod tests;
