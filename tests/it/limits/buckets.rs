//! How buckets fill, refuse and empty.

use chrono::TimeDelta;
use find_helper::domain::{limits::save_daily_counts, viewer::Scope};
use serde_json::json;

use super::{TYPENAME, passing, retry_after, standing};
use crate::support::TestApp;

#[tokio::test]
async fn other_auth_routes_have_60_a_minute_for_each_address() {
    let (_, anon) = TestApp::new().await;
    assert_eq!(standing(&anon.get("/user").await), (60, 59, 1_770_451_260));
    assert_eq!(passing(&anon, "/user").await, 59);
    assert_eq!(anon.get("/verify?token=x").await.auth_error(), "429 RATE_LIMIT_EXCEEDED");
    assert_eq!(anon.get("/api/jobs").await.jobs_error(), "429 TOO_MANY_REQUESTS");
    assert_eq!(retry_after(&anon.get(TYPENAME).await), 60);
}

#[tokio::test]
async fn a_key_has_60_a_minute_at_every_door_and_does_not_use_up_its_address() {
    let (app, _) = TestApp::new().await;
    let machine = app.machine("ann").await;
    assert_eq!(standing(&machine.get("/api/jobs").await), (60, 59, 1_770_451_260));
    assert_eq!(standing(&machine.get(TYPENAME).await), (60, 58, 1_770_451_260));
    assert_eq!(passing(&machine, "/api/jobs").await, 58);
    let elsewhere = machine.at("203.0.113.9");
    assert_eq!(elsewhere.get("/api/jobs").await.jobs_error(), "429 TOO_MANY_REQUESTS");
    assert_eq!(machine.without_proof().get("/user").await.status, 401, "the address has room");
}

#[tokio::test]
async fn a_key_that_is_refused_is_counted_for_its_address_and_not_for_the_key() {
    let (app, _) =
        TestApp::with(&["--limit-general-per-minute=3", "--limit-key-per-minute=9"]).await;
    let ann = app.member("ann").await;
    let machine = app.key(&ann, Scope::ALL).await;
    let thief = machine.at("203.0.113.9").with_key(1, "fhk_00000000000000000000", "fhs_guess");
    for remaining in [2, 1, 0] {
        let reply = thief.get("/api/jobs").await;
        assert_eq!(reply.jobs_error(), "401 UNAUTHORIZED");
        assert_eq!(standing(&reply).1, remaining);
    }
    assert_eq!(thief.get("/api/jobs").await.jobs_error(), "429 TOO_MANY_REQUESTS");
    assert_eq!(standing(&machine.get("/api/jobs").await), (9, 8, 1_770_451_260));
}

#[tokio::test]
async fn a_refused_request_is_not_counted() {
    let (app, anon) = TestApp::with(&["--limit-general-per-minute=2"]).await;
    anon.get("/user").await;
    app.advance(TimeDelta::seconds(30));
    anon.get("/user").await;
    for _ in 0..10 {
        assert_eq!(retry_after(&anon.get("/user").await), 30);
    }
    app.advance(TimeDelta::seconds(30));
    assert_eq!(anon.get("/user").await.status, 401, "the first request has left the window");
    assert_eq!(retry_after(&anon.get("/user").await), 30);
}

#[tokio::test]
async fn a_client_that_waits_as_told_is_not_refused_again() {
    let (app, anon) = TestApp::with(&["--limit-general-per-minute=1"]).await;
    app.advance(TimeDelta::milliseconds(123));
    anon.get("/user").await;
    app.advance(TimeDelta::milliseconds(456));
    let refused = anon.get("/user").await;
    app.advance(TimeDelta::seconds(retry_after(&refused)));
    assert_eq!(anon.get("/user").await.status, 401);
    let refused = anon.get("/user").await;
    let wait = standing(&refused).2 * 1_000 - app.clock.now().timestamp_millis();
    app.advance(TimeDelta::milliseconds(wait));
    assert_eq!(anon.get("/user").await.status, 401);
}

#[tokio::test]
async fn a_signed_in_user_has_600_graphql_requests_a_minute_wherever_they_are() {
    let (app, _) = TestApp::with(&["--limit-graphql-per-minute=3"]).await;
    let ann = app.member("ann").await;
    let phone = app.signed_in("ann@example.com").await;
    assert_eq!(standing(&ann.get(TYPENAME).await), (3, 2, 1_770_451_260));
    assert_eq!(standing(&phone.get(TYPENAME).await).1, 1);
    assert_eq!(standing(&ann.at("203.0.113.9").get(TYPENAME).await).1, 0);
    assert_eq!(retry_after(&phone.get(TYPENAME).await), 60);
    assert_eq!(ann.get("/user").await.status, 200, "the auth routes count by address");
    let (unlimited, _) = TestApp::new().await;
    assert_eq!(standing(&unlimited.member("bob").await.get(TYPENAME).await).0, 600);
}

#[tokio::test]
async fn the_bucket_with_the_fewest_left_is_the_one_that_is_told() {
    let flags = ["--limit-key-per-minute=5", "--limit-key-per-day=3"];
    let (app, _) = TestApp::with(&flags).await;
    let machine = app.machine("ann").await;
    let midnight = 1_770_508_800;
    assert_eq!(standing(&machine.get("/api/jobs").await), (3, 2, midnight));
    machine.get("/api/jobs").await;
    machine.get("/api/jobs").await;
    let refused = machine.get("/api/jobs").await;
    assert_eq!(retry_after(&refused), 16 * 3_600, "from 8 o'clock to midnight UTC");
    assert_eq!(standing(&refused), (3, 0, midnight));
    app.advance(TimeDelta::hours(16) - TimeDelta::milliseconds(1));
    assert_eq!(machine.get("/api/jobs").await.status, 429);
    app.advance(TimeDelta::milliseconds(1));
    assert_eq!(machine.get("/api/jobs").await.status, 200);
}

#[tokio::test]
async fn the_count_of_a_day_survives_a_restart() {
    let flags = ["--limit-key-per-day=3"];
    let (app, _) = TestApp::with(&flags).await;
    let machine = app.machine("ann").await;
    machine.get("/api/jobs").await;
    machine.get("/api/jobs").await;
    save_daily_counts(&app.services).await.unwrap();
    let restarted = app.restarted(&flags).await;
    let machine = machine.towards(&restarted.router);
    assert_eq!(standing(&machine.get("/api/jobs").await).1, 0);
    assert_eq!(machine.get("/api/jobs").await.status, 429);
    save_daily_counts(&restarted.services).await.unwrap();
    app.advance(TimeDelta::days(1));
    let tomorrow = app.restarted(&flags).await;
    assert_eq!(
        standing(&machine.towards(&tomorrow.router).get("/api/jobs").await),
        (3, 2, 1_770_595_200)
    );
}

#[tokio::test]
async fn a_document_that_is_refused_before_it_runs_is_counted() {
    let (_, anon) = TestApp::with(&["--limit-general-per-minute=3"]).await;
    for (query, remaining) in [
        ("{", 2),
        ("{ nothing }", 1),
        ("mutation($v: ID!) { cancelJob(input: {id: $v}) { job { id } } }", 0),
    ] {
        assert_eq!(standing(&anon.gql(query, json!({})).await).1, remaining, "{query}");
    }
    assert_eq!(anon.gql("{", json!({})).await.status, 429);
}

#[tokio::test]
async fn p16_visitors_read_600_times_a_minute_and_use_up_nothing_else() {
    let (app, anon) = TestApp::new().await;
    assert_eq!(standing(&anon.get(TYPENAME).await), (600, 599, 1_770_451_260));
    assert_eq!(passing(&anon, TYPENAME).await, 599);
    assert_eq!(standing(&anon.get("/user").await), (60, 59, 1_770_451_260));
    app.advance(TimeDelta::seconds(60));
    assert_eq!(anon.get(TYPENAME).await.status, 200, "after the minute");
}

#[tokio::test]
async fn p16_whoever_has_used_up_the_other_requests_of_an_address_leaves_others_reading() {
    let (_, anon) = TestApp::with(&["--limit-general-per-minute=2"]).await;
    let logout = "mutation { logout { ok } }";
    assert_eq!(standing(&anon.get(TYPENAME).await).0, 600);
    assert_eq!(standing(&anon.gql(logout, json!({})).await).1, 1, "a write counts as ever");
    assert_eq!(passing(&anon, "/user").await, 1);
    assert_eq!(anon.gql(logout, json!({})).await.status, 429);
    let query = json!({ "query": "{__typename}" });
    assert_eq!(standing(&anon.post("/graphql", query).await), (600, 598, 1_770_451_260));
}
