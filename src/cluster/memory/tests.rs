use std::{sync::Barrier, time::Duration};

use chrono::{NaiveDate, TimeDelta};

use super::{DayCount, MAX_BUCKETS, Memory};
use crate::{
    clock::Timestamp,
    cluster::{Bucket, Topic, Window},
};

fn now() -> Timestamp {
    "2026-02-07T08:00:00Z".parse().unwrap()
}

fn per_minute(name: &str, limit: u32) -> Bucket {
    Bucket { name: name.into(), limit, window: Window::Sliding(Duration::from_mins(1)), amount: 1 }
}

fn per_day(name: &str, limit: u32) -> Bucket {
    Bucket { name: name.into(), limit, window: Window::Day, amount: 1 }
}

fn count(name: &str, day: &str, count: u32) -> DayCount {
    DayCount { name: name.into(), day: day.parse::<NaiveDate>().unwrap(), count }
}

#[test]
fn as_many_requests_pass_as_the_limit_says() {
    let (memory, bucket) = (Memory::default(), [per_minute("a", 3)]);
    let left: Vec<u32> =
        (0..3).map(|_| memory.ask(&bucket, now(), true).applied[0].remaining).collect();
    assert_eq!(left, [2, 1, 0]);
    let charge = memory.ask(&bucket, now(), true);
    assert!(!charge.allowed);
    assert!(charge.applied[0].refused);
    assert_eq!(charge.retry_after(), Some(Duration::from_mins(1)));
    assert_eq!(charge.applied[0].reset_at, now() + TimeDelta::minutes(1));
    assert!(memory.ask(&bucket, now() + TimeDelta::minutes(1), true).allowed);
    assert!(memory.ask(&[per_minute("b", 3)], now(), true).allowed, "another bucket");
}

#[test]
fn a_refused_request_is_not_counted() {
    let (memory, bucket) = (Memory::default(), [per_minute("a", 1)]);
    memory.ask(&bucket, now(), true);
    let first = memory.ask(&bucket, now(), true);
    let hundredth = (0..99).map(|_| memory.ask(&bucket, now(), true)).last().unwrap();
    assert_eq!(first, hundredth);
}

#[test]
fn a_look_is_not_counted_and_tells_what_a_charge_would() {
    let (memory, bucket) = (Memory::default(), [per_minute("a", 1)]);
    assert!(memory.ask(&bucket, now(), false).allowed);
    assert_eq!(memory.ask(&bucket, now(), false).applied[0].remaining, 1);
    memory.ask(&bucket, now(), true);
    assert_eq!(memory.ask(&bucket, now(), false), memory.ask(&bucket, now(), true));
}

#[test]
fn several_buckets_count_together_or_not_at_all() {
    let memory = Memory::default();
    let (minute, day) = (per_minute("key", 5), per_day("key", 2));
    let both = [minute.clone(), day.clone()];
    assert!(memory.ask(&both, now(), true).allowed);
    assert!(memory.ask(&both, now(), true).allowed);
    let third = memory.ask(&both, now(), true);
    assert!(!third.allowed);
    assert_eq!(third.applied.iter().map(|state| state.refused).collect::<Vec<_>>(), [false, true]);
    assert_eq!(third.applied[0].remaining, 3, "the minute was not charged");
    assert_eq!(third.retry_after(), Some(Duration::from_hours(16)));
    let midnight = now() + TimeDelta::hours(16);
    assert_eq!(third.applied[1].reset_at, midnight);
    assert!(memory.ask(&both, midnight, true).allowed);
}

#[test]
fn no_buckets_refuse_nothing() {
    assert!(Memory::default().ask(&[], now(), true).allowed);
}

#[test]
fn two_hundred_requests_at_once_pass_as_often_as_the_limit_says() {
    let (memory, bucket, start) =
        (Memory::default(), [per_minute("a", 60), per_day("a", 100)], Barrier::new(200));
    let passed = std::thread::scope(|scope| {
        let request = || {
            start.wait();
            memory.ask(&bucket, now(), true).allowed
        };
        let threads: Vec<_> = (0..200).map(|_| scope.spawn(request)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).filter(|passed| *passed).count()
    });
    assert_eq!(passed, 60);
}

#[test]
fn a_flood_of_names_is_forgotten_and_pushes_out_no_day() {
    let memory = Memory::default();
    memory.ask(&[per_day("key", 10)], now(), true);
    for name in 0..MAX_BUCKETS + 1_000 {
        memory.ask(&[per_minute(&name.to_string(), 1)], now(), true);
    }
    let counters = memory.counters();
    assert!(counters.sliding.len() <= MAX_BUCKETS);
    drop(counters);
    assert_eq!(memory.ask(&[per_day("key", 10)], now(), false).applied[0].remaining, 9);
}

#[test]
fn changed_day_counts_are_told_once() {
    let memory = Memory::default();
    memory.ask(&[per_day("a", 10), per_minute("a", 10)], now(), true);
    memory.ask(&[per_day("a", 10)], now(), true);
    memory.ask(&[per_day("b", 10)], now(), false);
    assert_eq!(memory.day_counts(), [count("a", "2026-02-07", 2)]);
    assert_eq!(memory.day_counts(), []);
    memory.keep_unsaved(["a".to_owned()]);
    assert_eq!(
        memory.day_counts(),
        [count("a", "2026-02-07", 2)],
        "but for what could not be stored"
    );
    memory.ask(&[per_day("a", 10)], now() + TimeDelta::days(1), true);
    assert_eq!(memory.day_counts(), [count("a", "2026-02-08", 1)]);
}

#[test]
fn a_restored_day_goes_on_where_it_stood() {
    let memory = Memory::default();
    memory.restore_day(count("a", "2026-02-07", 9));
    assert_eq!(memory.day_counts(), [], "nothing new to store");
    assert!(memory.ask(&[per_day("a", 10)], now(), true).allowed);
    assert!(!memory.ask(&[per_day("a", 10)], now(), true).allowed);
    assert_eq!(memory.day_counts(), [count("a", "2026-02-07", 10)]);
}

#[test]
fn a_restored_day_lowers_no_count() {
    let memory = Memory::default();
    memory.restore_day(count("a", "2026-02-07", 9));
    memory.restore_day(count("a", "2026-02-07", 3));
    memory.restore_day(count("a", "2026-02-06", 10));
    assert_eq!(memory.ask(&[per_day("a", 10)], now(), false).applied[0].remaining, 1);
}

#[test]
fn a_wake_up_reaches_all_that_subscribed() {
    let memory = Memory::default();
    memory.publish(Topic::Outbox);
    let (mut one, mut other) = (memory.subscribe(), memory.subscribe());
    memory.publish(Topic::SessionRevoked(7));
    assert_eq!(one.try_recv(), Ok(Topic::SessionRevoked(7)));
    assert_eq!(other.try_recv(), Ok(Topic::SessionRevoked(7)));
}
