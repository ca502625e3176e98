//! Replicas that share Redis count together; without it, each goes on by itself.

use super::{passing, standing, wrong_login};
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
