//! What is left of what has ended, and what others may see of it.

use chrono::TimeDelta;
use find_helper::{
    domain::{keys, limits::save_daily_counts, pruning, viewer::Scope},
    entity::{
        api_key_request, api_key_usage, daily_count, mail_token, outbox, refresh_token, session,
    },
};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use super::{DELETE, forgot, refusal, register, reset, token};
use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn c4_whoever_registers_in_the_place_of_another_sees_nothing_of_what_they_did() {
    let (app, _) = TestApp::new().await;
    assert_eq!(register(&app, "new@example.com", PASSWORD).await.status, 200);
    app.advance(TimeDelta::minutes(2));
    let query =
        "mutation($p: String!) { register(input: {name: \"Eve\", email: \"new@example.com\",
        password: $p}) { user { id auditEvents { nodes { address } } sessions { totalCount } } } }";
    let answer = app.anon().gql(query, json!({ "p": PASSWORD })).await.json();
    let user = &answer["data"]["register"]["user"];
    assert!(user["id"].is_string(), "{answer}");
    assert_eq!((&user["auditEvents"], &user["sessions"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn e13_a_suspension_ends_the_links_that_give_power() {
    let (app, _) = TestApp::new().await;
    let (admin, ann) = (app.admin("root").await, app.member("ann").await);
    forgot(&app, "ann@example.com").await;
    let link = token(&app, "ann@example.com", "reset").await;
    let id = format!("user_{}", ann.user_id());
    let suspend =
        "mutation($id: ID!) { suspendUser(input: {id: $id, reason: \"x\"}) { user { id } } }";
    admin.data(suspend, json!({ "id": id })).await;
    assert_eq!(reset(&app, &link).await.as_deref(), Some("INVALID_REQUEST"));
}

#[tokio::test]
async fn c21_a_suspension_does_not_end_by_taking_the_account_back() {
    let (app, anon) = TestApp::new().await;
    let admin = app.admin("root").await;
    let id = register(&app, "new@example.com", PASSWORD).await.json()["data"]["user_id"].clone();
    let reject = token(&app, "new@example.com", "reject").await;
    let suspend =
        "mutation($id: ID!) { suspendUser(input: {id: $id, reason: \"x\"}) { user { id } } }";
    admin.data(suspend, json!({ "id": id })).await;
    let mutation = "mutation($t: String!) { rejectRegistration(input: {token: $t}) { ok } }";
    anon.data(mutation, json!({ "t": reject })).await;
    app.advance(TimeDelta::minutes(2));
    assert_eq!(register(&app, "new@example.com", PASSWORD).await.auth_error(), "409 EMAIL_EXISTS");
}

#[tokio::test]
async fn k4_people_do_not_learn_from_where_an_administrator_acts() {
    let (app, _) = TestApp::new().await;
    let (admin, ann) = (app.admin("root").await, app.member("ann").await);
    let id = format!("user_{}", ann.user_id());
    let act = "mutation($id: ID!) { signOutUser(input: {id: $id, reason: \"x\"}) { user { id } } }";
    admin.data(act, json!({ "id": id })).await;
    let again = app.signed_in("ann@example.com").await;
    let query = "{ viewer { auditEvents { nodes { kind address userAgent sessionId } } } }";
    let data = again.data(query, json!({})).await;
    let events = &data["viewer"]["auditEvents"]["nodes"];
    assert_eq!(events[0]["address"], again.address().to_string());
    assert_eq!(
        events[1],
        json!({ "kind": "SIGNED_OUT_BY_ADMIN", "address": null, "userAgent": null, "sessionId": null })
    );
}

#[tokio::test]
async fn the_only_administrator_cannot_leave() {
    let (app, _) = TestApp::new().await;
    let admin = app.admin("root").await;
    let leave = json!({ "password": PASSWORD });
    assert_eq!(refusal(&admin.gql(DELETE, leave.clone()).await).as_deref(), Some("CONFLICT"));
    app.admin("other").await;
    assert_eq!(refusal(&admin.gql(DELETE, leave).await), None);
}

#[tokio::test]
async fn s20_keys_are_forgotten_90_days_after_their_end_and_their_uses_with_time() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let keys = "{ apiKeys { nodes { state } } }";
    let program = app.key(&ann, &[Scope::JobsRead]).await;
    assert_eq!(program.get("/api/jobs").await.status, 200);
    keys::save_usage(&app.services).await.unwrap();
    keys::save_requests(&app.services).await.unwrap();
    save_daily_counts(&app.services).await.unwrap();
    app.key(&ann, &[Scope::JobsRead]).await;
    app.execute("UPDATE api_keys SET expires_at = expires_at * 2 WHERE id = 2").await;
    let db = app.services.db.read();
    assert_eq!(api_key_usage::Entity::find().count(db).await.unwrap(), 1);
    assert_eq!(api_key_request::Entity::find().count(db).await.unwrap(), 1);
    assert_eq!(daily_count::Entity::find().count(db).await.unwrap(), 1);
    app.advance(TimeDelta::days(90));
    pruning::prune(&app.services).await.unwrap();
    assert_eq!(daily_count::Entity::find().count(db).await.unwrap(), 0);
    assert_eq!(api_key_usage::Entity::find().count(db).await.unwrap(), 1, "90 days are shown");
    app.advance(TimeDelta::days(90));
    pruning::prune(&app.services).await.unwrap();
    let ann = app.signed_in("ann@example.com").await;
    let shown = ann.data(keys, json!({})).await["apiKeys"]["nodes"].take();
    assert_eq!(shown, json!([{ "state": "ACTIVE" }, { "state": "EXPIRED" }]));
    assert_eq!(api_key_usage::Entity::find().count(db).await.unwrap(), 0);
    assert_eq!(api_key_request::Entity::find().count(db).await.unwrap(), 0);
    app.advance(TimeDelta::days(2));
    pruning::prune(&app.services).await.unwrap();
    let ann = app.signed_in("ann@example.com").await;
    let shown = ann.data(keys, json!({})).await["apiKeys"]["nodes"].take();
    assert_eq!(shown, json!([{ "state": "ACTIVE" }]));
}

#[tokio::test]
async fn what_has_long_ended_is_forgotten_and_what_lives_is_not() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    forgot(&app, "ann@example.com").await;
    while app.send_mails().await > 0 {}
    app.advance(TimeDelta::days(119));
    let ann = app.signed_in("ann@example.com").await;
    assert_eq!(pruning::prune(&app.services).await.unwrap(), 2, "a link and its mail");
    app.advance(TimeDelta::days(1) + TimeDelta::seconds(1));
    assert_eq!(pruning::prune(&app.services).await.unwrap(), 2, "a session and its token");
    let db = app.services.db.read();
    assert_eq!(session::Entity::find().count(db).await.unwrap(), 1);
    assert_eq!(refresh_token::Entity::find().count(db).await.unwrap(), 1);
    assert_eq!(mail_token::Entity::find().count(db).await.unwrap(), 0);
    assert_eq!(outbox::Entity::find().count(db).await.unwrap(), 0);
    let refresh = "mutation($t: String!) { refreshToken(input: {refreshToken: $t}) { token } }";
    app.anon().data(refresh, json!({ "t": ann.refresh_token() })).await;
}
