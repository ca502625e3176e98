//! The counters behind the buckets; `charge.lua` keeps the same ones in Redis.
//!
//! Times are milliseconds since the Unix epoch.

use std::{collections::VecDeque, time::Duration};

use super::bucket::{Bucket, Usage};

pub(super) const DAY: i64 = 86_400_000;

/// The length of a window in milliseconds; a year is endless enough.
pub(super) fn length(window: Duration) -> i64 {
    i64::try_from(window.as_millis()).unwrap_or(i64::MAX).min(365 * DAY)
}

/// The charges in a sliding window, oldest first: their moments and amounts.
///
/// The exact log, because the usual estimate from two fixed spans lets a burst at the end of one
/// pass nearly twice, and refuses a caller who has waited for a whole window.
#[derive(Debug, Default)]
pub(super) struct Log {
    charges: VecDeque<(i64, u32)>,
    /// The sum of the amounts.
    held: u64,
}

impl Log {
    /// Drops what the window that ends now does not cover.
    pub(super) fn forget(&mut self, length: i64, now: i64) {
        // Moments this far ahead are from before a clock was set back.
        if self.charges.back().is_some_and(|(last, _)| *last > now + length) {
            *self = Self::default();
        }
        while let Some((_, amount)) =
            self.charges.pop_front_if(|(moment, _)| *moment <= now - length)
        {
            self.held -= u64::from(amount);
        }
    }

    pub(super) fn starting(now: i64, amount: u32) -> Self {
        Self { charges: VecDeque::from([(now, amount)]), held: amount.into() }
    }

    /// Replicas whose clocks are a little behind do not disturb the order.
    pub(super) fn add(&mut self, now: i64, amount: u32) {
        let moment = self.charges.back().map_or(now, |(last, _)| now.max(*last));
        self.charges.push_back((moment, amount));
        self.held += u64::from(amount);
    }

    pub(super) fn usage(&self, bucket: &Bucket, length: i64, now: i64) -> Usage {
        let last = self.charges.back().map(|(moment, _)| *moment);
        let empty_at = last.map_or(now, |last| last + length);
        let used = u32::try_from(self.held).unwrap_or(u32::MAX);
        let mut usage = Usage { used, room_at: now, empty_at };
        if !bucket.has_room(&usage) {
            usage.room_at = self.room_at(bucket).or(last).unwrap_or(now) + length;
        }
        usage
    }

    /// The moment of the charge after whose leaving one more fits.
    fn room_at(&self, bucket: &Bucket) -> Option<i64> {
        let mut held = self.held;
        let leaves_room = |(_, amount): &&(i64, u32)| {
            held -= u64::from(*amount);
            held + u64::from(bucket.amount) <= u64::from(bucket.limit)
        };
        self.charges.iter().find(leaves_room).map(|(moment, _)| *moment)
    }
}

/// What was charged on one UTC day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tally {
    /// Days since the Unix epoch.
    pub(super) day: i64,
    pub(super) count: u32,
}

impl Tally {
    pub(super) fn at(self, now: i64) -> Self {
        let day = now.div_euclid(DAY);
        match self.day - day {
            // One ahead: another replica's clock has passed midnight.
            0 | 1 => self,
            _ => Self { day, count: 0 },
        }
    }

    pub(super) fn usage(self) -> Usage {
        let midnight = (self.day + 1) * DAY;
        Usage { used: self.count, room_at: midnight, empty_at: midnight }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{DAY, Log, Tally};
    use crate::{
        cluster::{Bucket, Window},
        random::Random,
    };

    const LENGTH: i64 = 100;

    fn log(moments: &[i64]) -> Log {
        let mut log = Log::default();
        for moment in moments {
            log.add(*moment, 1);
        }
        log
    }

    /// A bucket of this limit that is charged by this amount.
    fn bucket(limit: u32, amount: u32) -> Bucket {
        Bucket { name: "a".into(), limit, window: Window::Sliding(Duration::ZERO), amount }
    }

    #[test]
    fn requests_pass_exactly_when_the_window_that_ends_with_them_has_room() {
        let random = Random::seeded(1);
        let (mut log, mut passed, mut now) = (Log::default(), Vec::new(), 0);
        for _ in 0..5_000 {
            let [step, limit] = random.bytes();
            now += i64::from(step % 40);
            let limit = u32::from(limit % 5) + 1;
            let in_window = passed.iter().filter(|moment| now - **moment < LENGTH).count();
            log.forget(LENGTH, now);
            let has_room = log.usage(&bucket(limit, 1), LENGTH, now).used < limit;
            assert_eq!(has_room, in_window < limit as usize, "at {now}");
            if has_room {
                log.add(now, 1);
                passed.push(now);
            }
        }
    }

    #[test]
    fn there_is_room_when_enough_of_the_oldest_have_left() {
        let log = log(&[10, 20, 30]);
        assert_eq!(log.usage(&bucket(3, 1), LENGTH, 30).room_at, 110);
        assert_eq!(
            log.usage(&bucket(2, 1), LENGTH, 30).room_at,
            120,
            "after the limit was lowered"
        );
        assert_eq!(log.usage(&bucket(4, 1), LENGTH, 30).room_at, 30);
        assert_eq!(log.usage(&bucket(3, 1), LENGTH, 30).empty_at, 130);
    }

    #[test]
    fn a_request_leaves_one_window_after_it_came() {
        let mut log = log(&[10, 20]);
        log.forget(LENGTH, 109);
        assert_eq!(log.usage(&bucket(9, 1), LENGTH, 109).used, 2);
        log.forget(LENGTH, 110);
        assert_eq!(log.usage(&bucket(9, 1), LENGTH, 110).used, 1);
    }

    #[test]
    fn a_clock_that_is_set_back_far_starts_anew_and_one_a_little_behind_counts_on() {
        let mut log = log(&[1_000, 990]);
        log.forget(LENGTH, 900);
        assert_eq!(log.usage(&bucket(2, 1), LENGTH, 900).room_at, 1_100);
        log.forget(LENGTH, 899);
        assert_eq!(log.usage(&bucket(2, 1), LENGTH, 899).used, 0);
    }

    #[test]
    fn a_charge_waits_until_as_much_has_left_as_it_takes() {
        let mut log = Log::default();
        for (moment, amount) in [(10, 50), (20, 5), (30, 40)] {
            log.add(moment, amount);
        }
        assert_eq!(log.usage(&bucket(100, 5), LENGTH, 30).room_at, 30, "fits");
        assert_eq!(log.usage(&bucket(100, 6), LENGTH, 30).room_at, 110);
        assert_eq!(log.usage(&bucket(100, 60), LENGTH, 30).room_at, 120);
        assert_eq!(log.usage(&bucket(100, 100), LENGTH, 30).room_at, 130);
        log.forget(LENGTH, 110);
        assert_eq!(log.usage(&bucket(100, 1), LENGTH, 110).used, 45);
    }

    #[test]
    fn a_tally_ends_with_its_day() {
        let tally = Tally { day: 1, count: 10 };
        assert_eq!(tally.at(2 * DAY - 1).usage().used, 10);
        assert_eq!(tally.at(2 * DAY - 1).usage().room_at, 2 * DAY);
        assert_eq!(tally.at(2 * DAY).usage().used, 0);
    }

    #[test]
    fn a_replica_shortly_before_midnight_counts_on_the_new_day() {
        let tally = Tally { day: 2, count: 10 };
        assert_eq!(tally.at(2 * DAY - 1), tally);
        assert_eq!(tally.at(DAY - 1), Tally { day: 0, count: 0 });
    }
}
