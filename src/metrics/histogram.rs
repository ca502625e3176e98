//! How long things took.

use std::{
    array,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

/// Upper bounds of the buckets in microseconds; a last bucket has no bound.
const BOUNDS: [u64; 6] = [5_000, 25_000, 100_000, 500_000, 2_500_000, 10_000_000];

/// Durations in a few buckets.
#[derive(Debug, Default)]
pub struct Histogram {
    buckets: [AtomicU64; BOUNDS.len() + 1],
    micros: AtomicU64,
}

/// What a histogram has seen.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// Upper bound in seconds, and how many fell into this bucket alone.
    pub buckets: [(f64, u64); BOUNDS.len() + 1],
    pub seconds: f64,
    pub count: u64,
}

impl Histogram {
    pub fn observe(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BOUNDS.partition_point(|bound| *bound < micros);
        self.buckets[bucket].fetch_add(1, Relaxed);
        self.micros.fetch_add(micros, Relaxed);
    }

    #[must_use]
    pub fn seen(&self) -> Seen {
        let bound = |bucket: usize| BOUNDS.get(bucket).map_or(f64::INFINITY, |it| seconds(*it));
        let buckets = array::from_fn(|bucket| (bound(bucket), self.buckets[bucket].load(Relaxed)));
        let count = buckets.iter().map(|(_, count)| count).sum();
        Seen { buckets, seconds: seconds(self.micros.load(Relaxed)), count }
    }
}

fn seconds(micros: u64) -> f64 {
    Duration::from_micros(micros).as_secs_f64()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Histogram;

    #[test]
    fn a_duration_falls_into_the_first_bucket_that_is_not_below_it() {
        let histogram = Histogram::default();
        for millis in [0, 5, 6, 10_000, 10_001] {
            histogram.observe(Duration::from_millis(millis));
        }
        let seen = histogram.seen();
        assert_eq!(seen.buckets.map(|(_, count)| count), [2, 1, 0, 0, 0, 1, 1]);
        assert_eq!((seen.count, seen.buckets[0].0), (5, 0.005));
        assert!((seen.seconds - 20.012).abs() < 1e-9, "{seen:?}");
    }
}
