//! What administrators do to accounts.

use find_helper::domain::viewer::Scope;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{act, draft, fields, outcome, text},
    support::{Client, PASSWORD, Reply, TestApp},
};

async fn suspend(admin: &Client, id: &str, reason: &str) -> Reply {
    let mutation = "mutation($id: ID!, $reason: String!) {
        suspendUser(input: {id: $id, reason: $reason}) { user { id suspendedAt updatedAt } } }";
    admin.gql(mutation, json!({ "id": id, "reason": reason })).await
}

async fn login(client: &Client, password: &str) -> String {
    let mutation = "mutation($password: String!) {
        login(input: {email: \"ann@example.com\", password: $password}) { token } }";
    outcome(&client.gql(mutation, json!({ "password": password })).await)
}

async fn refresh(client: &Client, token: &str) -> String {
    let mutation = "mutation($token: String!) {
        refreshToken(input: {refreshToken: $token}) { token } }";
    outcome(&client.gql(mutation, json!({ "token": token })).await)
}

async fn jobs(client: &Client) -> String {
    outcome(&client.gql("{ jobs { totalCount } }", json!({})).await)
}

#[tokio::test]
async fn suspension_ends_sessions_and_keys_at_once_in_every_process() {
    let (app, anon) = TestApp::new().await;
    let replica = app.restarted(&[]).await;
    let (ann, again) = (app.member("ann").await, app.signed_in("ann@example.com").await);
    let key = app.key(&ann, Scope::ALL).await;
    let (admin, ben) = (app.admin("zoe").await, app.member("ben").await);
    for router in [&app.router, &replica.router] {
        for client in [&ann, &again, &key] {
            assert_eq!(jobs(&client.towards(router)).await, "ok");
        }
    }
    let suspended = suspend(&admin, "user_1", "詐騙").await;
    insta::assert_snapshot!(suspended.text, @r#"{"data":{"suspendUser":{"user":{"id":"user_1","suspendedAt":"2026-02-07T08:00:00Z","updatedAt":"2026-02-07T08:00:00Z"}}}}"#);
    for router in [&app.router, &replica.router] {
        for client in [&ann, &again, &key] {
            assert_eq!(jobs(&client.towards(router)).await, "UNAUTHORIZED");
        }
        assert_eq!(key.towards(router).get("/api/jobs").await.jobs_error(), "401 UNAUTHORIZED");
        assert_eq!(refresh(&anon.towards(router), ann.refresh_token()).await, "UNAUTHORIZED");
        assert_eq!(login(&app.anon().towards(router), PASSWORD).await, "FORBIDDEN");
        assert_eq!(
            login(&app.anon().towards(router), "wrong password").await,
            "INVALID_CREDENTIALS"
        );
        assert_eq!(jobs(&ben.towards(router)).await, "ok", "nobody else");
    }
}

#[tokio::test]
async fn who_is_reinstated_signs_in_anew_and_their_keys_work_again() {
    let (app, anon) = TestApp::new().await;
    let (ann, admin) = (app.member("ann").await, app.admin("zoe").await);
    let key = app.key(&ann, Scope::ALL).await;
    assert_eq!(outcome(&suspend(&admin, "user_1", "誤會").await), "ok");
    crate::jobs::steps::done(&admin, "reinstateUser", "user_1").await;
    assert_eq!(login(&anon, PASSWORD).await, "ok");
    assert_eq!(jobs(&key).await, "ok");
    assert_eq!(jobs(&ann).await, "UNAUTHORIZED", "what ended stays ended");
    assert_eq!(refresh(&anon, ann.refresh_token()).await, "UNAUTHORIZED");
}

#[tokio::test]
async fn only_administrators_see_that_somebody_is_suspended() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    let (admin, ben) = (app.admin("zoe").await, app.member("ben").await);
    suspend(&admin, "user_1", "詐騙").await;
    let seen = async |client: &Client| {
        client.data("{ user(id: \"user_1\") { suspendedAt } }", json!({})).await["user"].take()
    };
    assert_eq!(seen(&admin).await, json!({ "suspendedAt": "2026-02-07T08:00:00Z" }));
    assert_eq!(seen(&ben).await, json!({ "suspendedAt": null }));
}

#[tokio::test]
async fn suspension_needs_a_person_and_a_reason_and_spares_oneself() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    let admin = app.admin("zoe").await;
    for reason in ["", "  ", &"長".repeat(201), "a\nb"] {
        assert_eq!(fields(&suspend(&admin, "user_1", reason).await), ["reason"], "{reason:?}");
    }
    assert_eq!(fields(&suspend(&admin, "job_1", "x").await), ["id"]);
    assert_eq!(outcome(&suspend(&admin, "user_999", "x").await), "USER_NOT_FOUND");
    assert_eq!(outcome(&act(&admin, "reinstateUser", "user_999").await), "USER_NOT_FOUND");
    let oneself = format!("user_{}", admin.user_id());
    assert_eq!(outcome(&suspend(&admin, &oneself, "x").await), "FORBIDDEN");
    assert_eq!(outcome(&suspend(&admin, "user_1", &"長".repeat(200)).await), "ok");
}

#[tokio::test]
async fn an_administrator_who_is_suspended_has_no_power_left() {
    let (app, _) = TestApp::new().await;
    let (zoe, yan) = (app.admin("zoe").await, app.admin("yan").await);
    let victim = format!("user_{}", app.member("ann").await.user_id());
    let id = format!("user_{}", yan.user_id());
    assert_eq!(outcome(&suspend(&zoe, &id, "x").await), "ok");
    assert_eq!(outcome(&suspend(&yan, &victim, "x").await), "UNAUTHORIZED");
}

#[tokio::test]
async fn a_key_of_an_administrator_has_the_sight_of_a_member() {
    let (app, _) = TestApp::new().await;
    let (ann, admin) = (app.member("ann").await, app.admin("zoe").await);
    let job = draft(&ann).await;
    let key = app.key(&admin, Scope::ALL).await;
    let query = "query($id: ID!) { job(by: {id: $id}) { id } }";
    let seen = async |client: &Client| client.data(query, json!({ "id": job })).await["job"].take();
    assert_eq!(text(&seen(&admin).await["id"]), job);
    assert_eq!(seen(&key).await, Value::Null);
    assert_eq!(outcome(&act(&key, "cancelJob", &job).await), "NOT_FOUND");
}
