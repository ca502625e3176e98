//! Replicas that share Redis count together; without it, each goes on by itself.

use futures_util::future::join_all;

use super::{passing, retry_after, standing, wrong_login};
use crate::support::{TestApp, database::redis_url};

#[tokio::test]
async fn replicas_with_redis_share_one_count() {
    // Without tests/services.sh there is no Redis.
    let Some(url) = redis_url() else { return };
    let flags = [format!("--redis-url={url}")];
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    let (one, anon) = TestApp::with(&flags).await;
    let two = one.restarted(&flags).await;
    let elsewhere = anon.towards(&two.router);
    for remaining in [4, 3, 2, 1, 0] {
        let replica = if remaining % 2 == 0 { &anon } else { &elsewhere };
        let reply = replica.post("/login", wrong_login()).await;
        assert_eq!(standing(&reply).1, remaining, "{reply:?}");
    }
    assert_eq!(anon.post("/login", wrong_login()).await.status, 429);
    assert_eq!(elsewhere.post("/login", wrong_login()).await.status, 429);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b9_of_61_requests_of_a_key_at_once_over_two_replicas_exactly_60_pass() {
    let Some(url) = redis_url() else { return };
    let flags = [format!("--redis-url={url}")];
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    let (one, _) = TestApp::with(&flags).await;
    let two = one.restarted(&flags).await;
    let machine = one.machine("ann").await;
    let elsewhere = machine.towards(&two.router);
    let asked = (0..61).map(|number| {
        let client = if number % 2 == 0 { machine.clone() } else { elsewhere.clone() };
        tokio::spawn(async move { client.get("/api/jobs").await })
    });
    let replies = join_all(asked.collect::<Vec<_>>()).await;
    let mut left: Vec<u32> = Vec::new();
    let mut refused = Vec::new();
    for reply in replies.into_iter().map(Result::unwrap) {
        match reply.status.as_u16() {
            200 => left.push(standing(&reply).1),
            _ => refused.push(reply),
        }
    }
    left.sort_unstable();
    assert_eq!(left, (0..60).collect::<Vec<_>>(), "each place is given once");
    let [refused] = &refused[..] else { panic!("{refused:?}") };
    let (limit, remaining, reset) = standing(refused);
    assert_eq!((limit, remaining), (60, 0));
    assert_eq!(retry_after(refused), 60);
    assert_eq!(reset, one.clock.now().timestamp() + 60);
}

#[tokio::test]
async fn a_day_is_counted_for_all_replicas_and_survives_them() {
    let Some(url) = redis_url() else { return };
    let flags = [format!("--redis-url={url}"), "--limit-key-per-day=3".into()];
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    let (one, _) = TestApp::with(&flags).await;
    let machine = one.machine("ann").await;
    let two = one.restarted(&flags).await;
    assert_eq!(standing(&machine.get("/api/jobs").await).1, 2);
    assert_eq!(standing(&machine.towards(&two.router).get("/api/jobs").await).1, 1);
    let three = one.restarted(&flags).await;
    assert_eq!(standing(&machine.towards(&three.router).get("/api/jobs").await).1, 0);
    assert_eq!(machine.get("/api/jobs").await.status, 429);
}

#[tokio::test]
async fn without_an_answer_from_redis_each_replica_still_limits() {
    // Nobody listens on port 1.
    let flags = ["--redis-url=redis://127.0.0.1:1/", "--limit-general-per-minute=7"];
    let (app, anon) = TestApp::with(&flags).await;
    assert_eq!(passing(&anon, "/user").await, 7);
    let machine = app.machine("ann").await;
    assert_eq!(standing(&machine.get("/api/jobs").await).1, 59);
}
