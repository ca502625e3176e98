//! Counters and wake-ups of one process.

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{NaiveDate, NaiveTime};
use quick_cache::unsync::Cache;
use tokio::sync::broadcast;

use super::{
    bucket::{Bucket, Charge, Window},
    counter::Counter,
    topic::Topic,
};
use crate::clock::Timestamp;

/// Buckets that are remembered; beyond, those that are used least are forgotten.
const MAX_BUCKETS: usize = 100_000;

/// Wake-ups that a receiver may be late by.
const MAX_WAKE_UPS: usize = 1_024;

/// The counters and wake-ups of one process, lost when it ends.
pub struct Memory {
    counters: Mutex<Counters>,
    wake_ups: broadcast::Sender<Topic>,
}

/// The requests that a day bucket has counted.
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
        let mut all = self.counters();
        let mut counters: Vec<Counter> =
            buckets.iter().map(|bucket| all.get(bucket).at(bucket, millis)).collect();
        let allowed = buckets.iter().zip(&counters).all(|(b, c)| c.has_room(b, millis));
        if allowed && count {
            for (bucket, counter) in buckets.iter().zip(&mut counters) {
                counter.current += 1;
                all.put(bucket, *counter);
            }
        }
        Charge::new(allowed, buckets, &counters, now)
    }

    pub(super) fn day_counts(&self) -> Vec<DayCount> {
        let mut all = self.counters();
        let names = std::mem::take(&mut all.unsaved);
        names.into_iter().filter_map(|name| all.day_count(name)).collect()
    }

    pub(super) fn restore_day(&self, stored: DayCount) {
        let start = stored.day.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
        let span = start.div_euclid(Window::Day.length());
        let mut all = self.counters();
        let known = all.days.get(&stored.name).copied().unwrap_or_default();
        let restored = Counter { span, current: i64::from(stored.count), previous: 0 };
        if (restored.span, restored.current) > (known.span, known.current) {
            all.days.insert(stored.name, restored);
        }
    }

    pub(super) fn publish(&self, topic: Topic) {
        // The only failure is that nobody listens.
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
    sliding: Cache<String, Counter>,
    /// By themselves, so that a flood of addresses cannot push out the count of an API key.
    days: Cache<String, Counter>,
    /// Names in `days` that changed since they were last stored.
    unsaved: HashSet<String>,
}

impl Counters {
    fn get(&self, bucket: &Bucket) -> Counter {
        let counters = if bucket.window.slides() { &self.sliding } else { &self.days };
        counters.get(&bucket.name).copied().unwrap_or_default()
    }

    fn put(&mut self, bucket: &Bucket, counter: Counter) {
        match bucket.window {
            Window::Sliding(_) => self.sliding.insert(bucket.name.clone(), counter),
            Window::Day => {
                self.days.insert(bucket.name.clone(), counter);
                self.unsaved.insert(bucket.name.clone());
            }
        }
    }

    fn day_count(&self, name: String) -> Option<DayCount> {
        let counter = self.days.get(&name)?;
        let start = Timestamp::from_timestamp_millis(counter.span * Window::Day.length())?;
        let count = u32::try_from(counter.current).unwrap_or(u32::MAX);
        Some(DayCount { name, day: start.date_naive(), count })
    }
}

#[cfg(test)]
mod tests;
