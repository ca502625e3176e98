//! The arithmetic of a sliding window in two spans; `charge.lua` does the same in Redis.
//!
//! Time is cut into spans of the window's length. Of the previous span, the share that the window
//! still covers is counted. All numbers are integers: requests are compared in units of
//! requests × milliseconds.

use std::time::Duration;

use super::bucket::Bucket;

/// The requests of one bucket in the current and the previous span.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counter {
    /// Number of the current span since the Unix epoch.
    pub(super) span: i64,
    pub(super) current: i64,
    pub(super) previous: i64,
}

impl Counter {
    /// The counter as it stands at `now`, in milliseconds since the Unix epoch.
    pub(super) fn at(self, bucket: &Bucket, now: i64) -> Self {
        let span = now.div_euclid(bucket.window.length());
        match self.span - span {
            // One ahead: the clock of the replica that counted is ahead of ours.
            0 | 1 => self,
            -1 => Self { span, current: 0, previous: self.current },
            _ => Self { span, current: 0, previous: 0 },
        }
    }

    /// Whether one more request is allowed.
    pub(super) fn has_room(&self, bucket: &Bucket, now: i64) -> bool {
        self.used(bucket, now) + bucket.window.length() <= capacity(bucket)
    }

    /// How many more requests are allowed.
    pub(super) fn remaining(&self, bucket: &Bucket, now: i64) -> u32 {
        let room = (capacity(bucket) - self.used(bucket, now)).max(0);
        u32::try_from(room / bucket.window.length()).unwrap_or(bucket.limit)
    }

    /// When no request weighs any more.
    pub(super) fn empty_at(&self, bucket: &Bucket, now: i64) -> i64 {
        let spans = match (self.current, self.previous) {
            (0, 0) => return now,
            (0, _) => 1,
            _ if bucket.window.slides() => 2,
            _ => 1,
        };
        (self.span + spans) * bucket.window.length()
    }

    /// How long a full bucket stays full.
    pub(super) fn wait(&self, bucket: &Bucket, now: i64) -> Duration {
        let (length, limit) = (bucket.window.length(), i64::from(bucket.limit));
        // In this span as soon as enough of the previous one is over, else in the next one.
        let (weighing, room, start) = if self.current < limit {
            (self.previous, limit - self.current - 1, self.span * length)
        } else {
            (self.current, limit - 1, (self.span + 1) * length)
        };
        let faded = if bucket.window.slides() {
            length - room.max(0) * length / weighing.max(1)
        } else {
            0
        };
        Duration::from_millis(u64::try_from(start + faded - now).unwrap_or(0))
    }

    fn used(&self, bucket: &Bucket, now: i64) -> i64 {
        let length = bucket.window.length();
        let elapsed = (now - self.span * length).clamp(0, length);
        let weight = if bucket.window.slides() { length - elapsed } else { 0 };
        self.current * length + self.previous * weight
    }
}

fn capacity(bucket: &Bucket) -> i64 {
    i64::from(bucket.limit) * bucket.window.length()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Counter;
    use crate::{
        cluster::{Bucket, Window},
        random::Random,
    };

    const SECOND: i64 = 1_000;

    fn bucket(limit: u32, window: Window) -> Bucket {
        Bucket { name: "x".into(), limit, window }
    }

    fn minute(limit: u32) -> Bucket {
        bucket(limit, Window::Sliding(Duration::from_mins(1)))
    }

    fn wait_millis(counter: &Counter, bucket: &Bucket, now: i64) -> i64 {
        i64::try_from(counter.wait(bucket, now).as_millis()).unwrap()
    }

    #[test]
    fn the_previous_span_weighs_as_much_as_the_window_still_covers_of_it() {
        let (bucket, counter) = (minute(60), Counter { span: 1, current: 10, previous: 40 });
        for (now, remaining) in [(60, 10), (75, 20), (90, 30), (119, 49)] {
            assert_eq!(counter.remaining(&bucket, now * SECOND), remaining, "{now}");
        }
    }

    #[test]
    fn a_burst_at_the_border_of_two_spans_is_one_burst() {
        let (bucket, full) = (minute(60), Counter { span: 0, current: 60, previous: 0 });
        assert!(!full.at(&bucket, 60_100).has_room(&bucket, 60_100));
        assert_eq!(full.at(&bucket, 60_100).wait(&bucket, 60_100), Duration::from_millis(900));
        assert!(full.at(&bucket, 61_000).has_room(&bucket, 61_000));
    }

    #[test]
    fn spans_move_on_and_forget() {
        let bucket = minute(60);
        let counter = Counter { span: 5, current: 3, previous: 2 };
        assert_eq!(counter.at(&bucket, 5 * 60_000), counter);
        let next = Counter { span: 6, current: 0, previous: 3 };
        assert_eq!(counter.at(&bucket, 6 * 60_000), next);
        assert_eq!(counter.at(&bucket, 7 * 60_000).remaining(&bucket, 7 * 60_000), 60);
    }

    #[test]
    fn a_clock_one_span_behind_counts_on_and_one_far_behind_starts_anew() {
        let bucket = minute(60);
        let counter = Counter { span: 5, current: 60, previous: 0 };
        assert!(!counter.at(&bucket, 5 * 60_000 - 1).has_room(&bucket, 5 * 60_000 - 1));
        assert!(counter.at(&bucket, 3 * 60_000).has_room(&bucket, 3 * 60_000));
    }

    #[test]
    fn a_day_is_full_until_midnight_and_empty_after() {
        let (bucket, full) =
            (bucket(10, Window::Day), Counter { span: 1, current: 10, previous: 9 });
        let (noon, midnight) = (129_600_000, 172_800_000);
        assert!(!full.at(&bucket, noon).has_room(&bucket, noon));
        assert_eq!(wait_millis(&full, &bucket, noon), midnight - noon);
        assert_eq!(full.empty_at(&bucket, noon), midnight);
        assert_eq!(full.at(&bucket, midnight).remaining(&bucket, midnight), 10);
    }

    #[test]
    fn a_full_bucket_has_room_after_its_wait_and_not_a_millisecond_earlier() {
        let random = Random::seeded(1);
        for _ in 0..5_000 {
            let [limit, span, current, previous, now, slides] = random.bytes().map(i64::from);
            let length = Duration::from_millis(100);
            let window = if slides < 250 { Window::Sliding(length) } else { Window::Day };
            let bucket = bucket(u32::try_from(limit % 7).unwrap() + 1, window);
            let counter = Counter { span: span % 3, current: current % 9, previous: previous % 9 };
            let now = now + counter.span * bucket.window.length();
            let counter = counter.at(&bucket, now);
            if counter.has_room(&bucket, now) {
                continue;
            }
            let ready = now + wait_millis(&counter, &bucket, now);
            assert!(counter.at(&bucket, ready).has_room(&bucket, ready), "{bucket:?} {counter:?}");
            let early = counter.at(&bucket, ready - 1);
            assert!(!early.has_room(&bucket, ready - 1), "{bucket:?} {counter:?} {now}");
        }
    }

    #[test]
    fn an_empty_bucket_is_empty_from_its_moment_on() {
        let (bucket, counter) = (minute(60), Counter { span: 1, current: 1, previous: 1 });
        let empty = counter.empty_at(&bucket, 61 * SECOND);
        assert_eq!(empty, 180 * SECOND);
        assert_eq!(counter.at(&bucket, empty - 1).remaining(&bucket, empty - 1), 59);
        assert_eq!(counter.at(&bucket, empty).remaining(&bucket, empty), 60);
        assert_eq!(Counter::default().empty_at(&bucket, 5), 5);
    }

    #[test]
    fn a_limit_of_zero_and_an_endless_window_do_no_harm() {
        let none = minute(0);
        let counter = Counter::default().at(&none, 61 * SECOND);
        assert!(!counter.has_room(&none, 61 * SECOND));
        assert!(!counter.wait(&none, 61 * SECOND).is_zero());
        let endless = bucket(u32::MAX, Window::Sliding(Duration::MAX));
        let counter = Counter { span: 0, current: i64::from(u32::MAX), previous: 0 };
        assert_eq!(counter.remaining(&endless, SECOND), 0);
    }
}
