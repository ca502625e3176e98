//! What the queue itself shows no other test.

use std::time::Duration;

use super::{FairQueue, Rules};

#[tokio::test]
async fn what_was_used_last_is_used_next() {
    let rules = Rules {
        may_take: |_: u8, _, _| true,
        most_waiting: 1,
        most_waiting_in_all: 1,
        longest_makes_way: false,
    };
    let (queue, wait) = (FairQueue::new([1, 2, 3], rules), Duration::ZERO);
    let (one, other) = (queue.take(0, wait).await.unwrap(), queue.take(0, wait).await.unwrap());
    let last = *other;
    drop(one);
    drop(other);
    assert_eq!(*queue.take(0, wait).await.unwrap(), last);
}

#[tokio::test]
async fn who_waits_is_counted_with_the_time_that_it_took() {
    let rules = Rules {
        may_take: |_: u8, _, _| true,
        most_waiting: 1,
        most_waiting_in_all: 1,
        longest_makes_way: false,
    };
    let (queue, wait) = (FairQueue::new([1], rules), Duration::from_millis(5));
    let held = queue.take(0, wait).await.unwrap();
    assert_eq!((queue.usage().held, queue.usage().free, queue.usage().waits), (1, 0, 0));
    assert!(queue.take(1, wait).await.is_err());
    let usage = queue.usage();
    assert_eq!((usage.waiting, usage.waits, usage.refusals), (0, 1, 1));
    assert!(usage.waited >= wait, "{usage:?}");
    drop(held);
    assert_eq!((queue.usage().held, queue.usage().free), (0, 1));
}
