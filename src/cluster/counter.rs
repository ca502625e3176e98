//! The counters behind the buckets; `charge.lua` implements the same in Redis.
//!
//! Times are milliseconds since the Unix epoch.

use std::{collections::VecDeque, time::Duration};

use super::bucket::{Bucket, Usage};

pub(super) const DAY: i64 = 86_400_000;

/// The length of a window in milliseconds, at most a year.
pub(super) fn length(window: Duration) -> i64 {
    i64::try_from(window.as_millis()).unwrap_or(i64::MAX).min(365 * DAY)
}

/// Number of slots of a window.
const SLOTS: i64 = 60;

/// The charges in a sliding window, oldest first, summed per slot so that their number is bounded.
///
/// A slot leaves the window together with its last charge. So no window of this length ever exceeds
/// the limit, and a charge is refused for at most one slot longer than necessary. The usual estimate
/// from two fixed windows would allow nearly twice the limit in a burst across their boundary.
#[derive(Debug, Default)]
pub(super) struct Log {
    slots: VecDeque<Slot>,
    /// The sum of the amounts.
    held: u64,
}

/// The charges within a sixtieth of the window.
#[derive(Debug)]
struct Slot {
    first: i64,
    last: i64,
    amount: u64,
}

impl Log {
    /// Drops charges that are older than the window.
    pub(super) fn forget(&mut self, length: i64, now: i64) {
        // Entries that far in the future were made before the clock was set back.
        if self.slots.back().is_some_and(|slot| slot.last > now + length) {
            *self = Self::default();
        }
        while let Some(slot) = self.slots.pop_front_if(|slot| slot.last <= now - length) {
            self.held -= slot.amount;
        }
    }

    /// A clock that goes back a little does not change the order.
    pub(super) fn add(&mut self, length: i64, now: i64, amount: u32) {
        let amount = u64::from(amount);
        self.held += amount;
        match self.slots.back_mut() {
            Some(slot) if now - slot.first < length / SLOTS => {
                slot.last = slot.last.max(now);
                slot.amount += amount;
            }
            _ => self.slots.push_back(Slot { first: now, last: now, amount }),
        }
    }

    pub(super) fn usage(&self, bucket: &Bucket, length: i64, now: i64) -> Usage {
        let last = self.slots.back().map(|slot| slot.last);
        let empty_at = last.map_or(now, |last| last + length);
        let used = u32::try_from(self.held).unwrap_or(u32::MAX);
        let mut usage = Usage { used, room_at: now, empty_at };
        if !bucket.has_room(&usage) {
            usage.room_at = self.room_at(bucket).or(last).unwrap_or(now) + length;
        }
        usage
    }

    /// The last moment of the slot whose expiry makes room for one more charge.
    fn room_at(&self, bucket: &Bucket) -> Option<i64> {
        let mut held = self.held;
        let leaves_room = |slot: &&Slot| {
            held -= slot.amount;
            held + u64::from(bucket.amount) <= u64::from(bucket.limit)
        };
        self.slots.iter().find(leaves_room).map(|slot| slot.last)
    }
}

/// The charges of one UTC day.
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
            // A day ahead: another replica's clock has passed midnight.
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
            log.add(LENGTH, *moment, 1);
        }
        log
    }

    /// A bucket with this limit and this amount per charge.
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
                log.add(LENGTH, now, 1);
                passed.push(now);
            }
        }
    }

    #[test]
    fn s16_no_window_holds_more_than_the_limit_and_few_entries_hold_all() {
        const MINUTE: i64 = 60_000;
        let random = Random::seeded(2);
        let (mut log, mut passed, mut now) = (Log::default(), Vec::<(i64, u64)>::new(), 0);
        let held = |passed: &[(i64, u64)], after: i64| -> u64 {
            passed.iter().rev().take_while(|(at, _)| *at > after).map(|(_, amount)| amount).sum()
        };
        for _ in 0..20_000 {
            let [step, amount] = random.bytes();
            now += i64::from(step % 50);
            let amount = u32::from(amount) + 1;
            let bucket = bucket(60_000, amount);
            log.forget(MINUTE, now);
            assert!(log.slots.len() <= 61, "{}", log.slots.len());
            let usage = log.usage(&bucket, MINUTE, now);
            if bucket.has_room(&usage) {
                log.add(MINUTE, now, amount);
                passed.push((now, amount.into()));
                assert!(held(&passed, now - MINUTE) <= 60_000, "at {now}");
            } else {
                let with_a_slot = held(&passed, now - MINUTE - MINUTE / 60);
                assert!(with_a_slot + u64::from(amount) > 60_000, "refused too early at {now}");
                assert!(usage.room_at > now && usage.room_at <= now + MINUTE);
            }
        }
        assert!(passed.len() > 1_000 && passed.len() < 19_000, "{}", passed.len());
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
            log.add(LENGTH, moment, amount);
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
