mod own;
mod proxy;
mod told;

use std::{net::TcpListener, time::Duration};

use chrono::TimeDelta;
use futures_util::future::join_all;

use self::proxy::Proxy;
use super::{Link, Memory, Redis};
use crate::{
    clock::{Clock, Timestamp},
    cluster::{Bucket, Topic, Window},
    random::Random,
};

#[expect(clippy::disallowed_methods, reason = "tests/services.sh tells its address this way")]
fn redis_url() -> String {
    std::env::var("TEST_REDIS_URL").expect("run this beside tests/services.sh")
}

/// Generous, because machines that run tests are busy.
const ANSWER_TIME: Duration = Duration::from_secs(1);

/// A replica whose clock the test sets.
async fn replica(url: &str) -> Redis {
    let clock = Clock::manual(now());
    Redis::connect(url, ANSWER_TIME, &clock, &Random::System).await.unwrap()
}

fn now() -> Timestamp {
    "2026-02-07T08:00:00Z".parse().unwrap()
}

/// A name that is unique across tests and runs.
fn fresh_name() -> String {
    format!("{:x}", u128::from_be_bytes(Random::System.bytes()))
}

fn per_minute(name: &str, limit: u32) -> Bucket {
    Bucket { name: name.into(), limit, window: Window::Sliding(Duration::from_mins(1)), amount: 1 }
}

fn per_day(name: &str, limit: u32) -> Bucket {
    Bucket { name: name.into(), limit, window: Window::Day, amount: 1 }
}

fn is_up(replica: &Redis) -> bool {
    replica.replica.connection().is_some()
}

async fn until_up(replica: &Redis) {
    let mut link = replica.replica.link.subscribe();
    link.wait_for(|link| matches!(link, Link::Up(_))).await.unwrap();
}

#[tokio::test]
async fn two_replicas_together_allow_as_much_as_the_limit_says() {
    let url = redis_url();
    let (a, b) = (replica(&url).await, replica(&url).await);
    let name = fresh_name();
    let buckets = [per_minute(&name, 60), per_day(&name, 1_000)];
    let requests = (0..200).map(|n| if n % 2 == 0 { &a } else { &b });
    let charges = join_all(requests.map(|replica| replica.ask(&buckets, now(), true))).await;
    assert!(is_up(&a) && is_up(&b));
    assert_eq!(charges.iter().filter(|charge| charge.allowed).count(), 60);
    let seen = b.ask(&buckets, now(), false).await;
    assert_eq!(seen.applied[1].remaining, 940, "the refused ones were not counted");
}

#[tokio::test]
async fn redis_and_memory_answer_alike() {
    let url = redis_url();
    let (shared, local, random) = (replica(&url).await, Memory::default(), Random::seeded(1));
    let (one, other, mut time) = (fresh_name(), fresh_name(), now());
    for _ in 0..500 {
        let [step, limits, choice, amounts] = random.bytes();
        let limit = u32::from(limits % 4);
        let mut buckets = match choice % 4 {
            0 => vec![per_minute(&one, limit + 3), per_day(&one, 40)],
            1 => vec![per_day(&other, 40), per_minute(&one, limit + 3), per_minute(&other, limit)],
            2 => vec![per_minute(&other, limit)],
            _ => vec![],
        };
        for bucket in &mut buckets {
            bucket.amount = u32::from(amounts % 3) + 1;
        }
        // Mostly small steps, sometimes several windows or a day, sometimes back.
        time += match step {
            0..3 => TimeDelta::days(1),
            3..30 => TimeDelta::seconds(100),
            30..40 => TimeDelta::seconds(-70),
            40..45 => TimeDelta::days(-1),
            _ => TimeDelta::milliseconds(i64::from(step) * 60),
        };
        let count = choice < 200;
        let answer = shared.ask(&buckets, time, count).await;
        assert_eq!(answer, local.ask(&buckets, time, count), "{buckets:?} at {time}");
    }
    assert!(is_up(&shared));
}

#[tokio::test]
async fn s16_replicas_whose_clocks_differ_share_the_clock_of_redis() {
    let url = redis_url();
    let connect = || Redis::connect(&url, ANSWER_TIME, &Clock::System, &Random::System);
    let (a, b) = (connect().await.unwrap(), connect().await.unwrap());
    let bucket = [per_minute(&fresh_name(), 50)];
    let (here, ahead) = (Clock::System.now(), Clock::System.now() + TimeDelta::seconds(61));
    let mut allowed = 0;
    for turn in 0..100 {
        let (replica, now) = if turn % 2 == 0 { (&a, here) } else { (&b, ahead) };
        let charge = replica.ask(&bucket, now, true).await;
        allowed += u32::from(charge.allowed);
        let wait = charge.retry_after().unwrap_or_default();
        assert!(wait <= Duration::from_mins(1), "{wait:?}, by the clock of whoever asks");
    }
    assert!(is_up(&a) && is_up(&b));
    assert_eq!(allowed, 50);
}

#[tokio::test]
async fn s16_a_bucket_has_few_entries_in_redis_however_many_charges() {
    let url = redis_url();
    let shared = replica(&url).await;
    let mut bucket = [per_minute(&fresh_name(), 1_000_000)];
    for step in 0..3_000 {
        let now = now() + TimeDelta::milliseconds(step * 25);
        assert!(shared.ask(&bucket, now, true).await.allowed);
    }
    let mut connection = shared.replica.connection().unwrap();
    let name = super::key(&bucket[0]);
    let entries: usize = redis::cmd("LLEN").arg(name).query_async(&mut connection).await.unwrap();
    assert!((50..=61).contains(&entries), "{entries}");
    bucket[0].amount = 1_000_000;
    let refused = shared.ask(&bucket, now() + TimeDelta::seconds(75), true).await;
    assert!(!refused.allowed && is_up(&shared));
}

#[tokio::test]
async fn a_wake_up_reaches_the_other_replica_and_its_own_once() {
    let url = redis_url();
    let (a, b) = (replica(&url).await, replica(&url).await);
    let (mut at_a, mut at_b) = (a.subscribe(), b.subscribe());
    let (first, second) = (marker(), marker());
    a.publish(first);
    assert_eq!(at_a.try_recv(), Ok(first), "at once");
    until_received(&mut at_b, first).await;
    b.publish(second);
    loop {
        match at_a.recv().await.unwrap() {
            topic if topic == second => break,
            topic => assert_ne!(topic, first, "an echo of its own"),
        }
    }
}

/// A topic that no other test sends.
fn marker() -> Topic {
    Topic::SessionRevoked(i64::from_be_bytes(Random::System.bytes()))
}

async fn until_received(receiver: &mut super::broadcast::Receiver<Topic>, topic: Topic) {
    let hearing = async { while receiver.recv().await.unwrap() != topic {} };
    super::timeout(Duration::from_secs(10), hearing).await.expect("the wake-up");
}

#[tokio::test]
async fn without_redis_each_replica_counts_by_itself() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("redis://{}/", nobody.local_addr().unwrap());
    drop(nobody);
    let replica = replica(&url).await;
    let bucket = [per_minute("a", 1)];
    assert!(replica.ask(&bucket, now(), true).await.allowed);
    assert!(!replica.ask(&bucket, now(), true).await.allowed);
    let mut wake_ups = replica.subscribe();
    replica.publish(Topic::Events);
    assert_eq!(wake_ups.try_recv(), Ok(Topic::Events));
}

#[tokio::test]
async fn a_redis_that_goes_and_comes_back_is_used_again_and_lost_wake_ups_are_told() {
    let url = redis_url();
    let proxy = Proxy::to(&url);
    let (replica, other) = (replica(&proxy.url()).await, replica(&url).await);
    let bucket = [per_minute(&fresh_name(), 10)];
    assert_eq!(replica.ask(&bucket, now(), true).await.applied[0].remaining, 9);
    let (mut wake_ups, mut wake_ups_of_other) = (replica.subscribe(), other.subscribe());

    proxy.hang_up();
    let alone = replica.ask(&bucket, now(), true).await;
    assert!(!is_up(&replica));
    assert_eq!(alone.applied[0].remaining, 8, "counted here, on from what Redis told");

    proxy.resume();
    until_up(&replica).await;
    until_received(&mut wake_ups, Topic::Missed).await;
    until_received(&mut wake_ups_of_other, Topic::Missed).await;
    assert_eq!(replica.ask(&bucket, now(), true).await.applied[0].remaining, 8);
}

#[tokio::test]
async fn a_redis_that_does_not_answer_is_not_waited_for() {
    let proxy = Proxy::to(&redis_url());
    let replica = replica(&proxy.url()).await;
    let bucket = [per_minute(&fresh_name(), 10)];
    assert_eq!(replica.ask(&bucket, now(), true).await.applied[0].remaining, 9);

    proxy.swallow();
    let alone = replica.ask(&bucket, now(), true).await;
    assert!(!is_up(&replica));
    assert_eq!(alone.applied[0].remaining, 8, "counted here, on from what Redis told");

    proxy.resume();
    until_up(&replica).await;
    assert!(replica.ask(&bucket, now(), true).await.applied[0].remaining <= 8);
}

#[tokio::test]
async fn b16_a_bucket_that_is_full_is_full_without_redis_too() {
    let url = redis_url();
    let proxy = Proxy::to(&url);
    let (replica, other) = (replica(&proxy.url()).await, replica(&url).await);
    let name = fresh_name();
    let buckets = [per_minute(&name, 5), per_day(&name, 7)];
    for _ in 0..5 {
        assert!(other.ask(&buckets, now(), true).await.allowed);
    }
    assert!(!replica.ask(&buckets, now(), true).await.allowed);
    proxy.hang_up();
    let alone = replica.ask(&buckets, now(), true).await;
    assert!(!is_up(&replica) && !alone.allowed);
    assert_eq!(alone.applied[0].remaining, 0);
    let minute_later = now() + TimeDelta::minutes(1);
    assert!(replica.ask(&buckets, minute_later, true).await.allowed);
    assert_eq!(replica.ask(&buckets, minute_later, true).await.applied[1].remaining, 0);
    assert!(!replica.ask(&buckets, minute_later, true).await.allowed, "of the day as well");
}

#[tokio::test]
async fn a_url_that_is_none_is_an_error() {
    let (clock, random) = (Clock::System, Random::System);
    assert!(Redis::connect("redis://", ANSWER_TIME, &clock, &random).await.is_err());
}
