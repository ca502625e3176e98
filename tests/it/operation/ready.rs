//! `/readyz` tells the truth: what is gone, what is late, and what of it should send requests elsewhere.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::{
    http::server::soon,
    support::{Client, TestApp, database::redis_url},
};

/// The status and what is told of a check.
async fn told(anon: &Client, check: &str) -> (u16, String, Value) {
    let reply = anon.get("/readyz").await;
    assert_eq!(reply.header("content-type"), "application/json");
    let json = reply.json();
    let status = json["status"].as_str().unwrap().to_owned();
    (reply.status.as_u16(), status, json["checks"][check].clone())
}

/// Waits until a check has this status: what is read of the database serves a second.
async fn until(anon: &Client, check: &str, wanted: &str) -> (u16, String, Value) {
    let wait = async {
        loop {
            let found = told(anon, check).await;
            if found.2["status"] == wanted {
                return found;
            }
        }
    };
    soon(wait).await
}

#[tokio::test]
async fn a_gateway_that_is_well_says_of_what() {
    let (_, anon) = TestApp::new().await;
    let fine = json!({ "status": "ready" });
    let checks = json!({
        "database": fine, "tasks": fine, "mail": fine, "events": fine, "notices": fine
    });
    let reply = anon.get("/readyz").await;
    assert_eq!(reply.json(), json!({ "status": "ready", "checks": checks }));
}

#[tokio::test]
async fn a_gateway_whose_mails_and_notices_are_late_still_serves() {
    let (app, anon) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = crate::jobs::steps::published(&ann).await;
    let apply = "mutation($job: ID!) { applyToJob(input: { jobId: $job }) { __typename } }";
    ben.data(apply, json!({ "job": job })).await;
    app.advance(TimeDelta::minutes(6));
    let (code, status, notices) = until(&anon, "notices", "degraded").await;
    assert_eq!((code, status.as_str()), (200, "degraded"));
    assert_eq!(notices["detail"], "nobody was told of an event for 360 s");
    app.tell().await;
    until(&anon, "notices", "ready").await;
    assert_eq!(told(&anon, "mail").await.2["status"], "ready");
    app.advance(TimeDelta::minutes(16));
    let (code, status, mail) = until(&anon, "mail", "degraded").await;
    assert_eq!((code, status.as_str()), (200, "degraded"));
    assert_eq!(mail["detail"], "a mail has waited for 960 s");
    app.send_mails().await;
    assert_eq!(until(&anon, "mail", "ready").await.1, "ready");
}

#[tokio::test]
async fn an_event_without_a_position_is_told_of_on_either_database() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    crate::jobs::steps::published(&ann).await;
    app.execute(
        "INSERT INTO pending_events (id, job_id, kind, data, created_at) \
         SELECT 1000000, id, 'published', '{}', created_at FROM jobs",
    )
    .await;
    app.advance(TimeDelta::seconds(61));
    let (code, status, events) = until(&anon, "events", "degraded").await;
    assert_eq!((code, status.as_str()), (200, "degraded"));
    assert_eq!(events["detail"], "an event has had no position for 61 s");
}

#[tokio::test]
async fn a_gateway_without_its_redis_still_serves_and_tells_no_address() {
    let away = "redis://fh:canary@127.0.0.1:1/";
    let (_, anon) = TestApp::with(&[&format!("--redis-url={away}")]).await;
    let reply = anon.get("/readyz").await;
    assert_eq!((reply.status.as_u16(), &reply.json()["status"]), (200, &json!("degraded")));
    assert_eq!(reply.json()["checks"]["redis"]["status"], "degraded");
    assert!(!reply.text.contains("canary") && !reply.text.contains("127.0.0.1"), "{}", reply.text);
    let url = redis_url().expect("tests/services.sh sets TEST_REDIS_URL");
    let (_, anon) = TestApp::with(&[&format!("--redis-url={url}")]).await;
    assert_eq!(told(&anon, "redis").await, (200, "ready".into(), json!({ "status": "ready" })));
}

#[tokio::test]
async fn a_gateway_that_drains_or_lost_its_database_says_so() {
    let (app, anon) = TestApp::new().await;
    app.app().gateway.drain();
    let (code, status, process) = told(&anon, "process").await;
    assert_eq!(
        (code, status.as_str(), &process["detail"]),
        (503, "draining", &json!("it shuts down"))
    );
    let (app, anon) = TestApp::new().await;
    app.services.db.clone().close().await.unwrap();
    let (code, status, database) = told(&anon, "database").await;
    assert_eq!((code, status.as_str()), (503, "unavailable"));
    assert_eq!(database["detail"], "it does not answer");
    assert_eq!(told(&anon, "mail").await.2, Value::Null, "nobody knows");
}
