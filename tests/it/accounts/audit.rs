//! The audit log: who did what, when and from where; for ever.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

const EVENTS: &str =
    "query($filter: AuditFilter) { auditEvents(filter: $filter) { totalCount nodes {
    id kind createdAt address userAgent detail user { id } actor { id } } } }";

async fn own(client: &Client) -> Vec<Value> {
    let query = "{ viewer { auditEvents { nodes { id kind address actor { id } detail } } } }";
    let data = client.data(query, json!({})).await;
    data["viewer"]["auditEvents"]["nodes"].as_array().unwrap().clone()
}

fn kinds(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["kind"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn k4_a_person_reads_what_was_done_to_their_account_and_from_where() {
    let (app, _) = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let second = app.signed_in("ann@example.com").await;
    second.data("mutation { logout { ok } }", json!({})).await;
    let events = own(&ann).await;
    assert_eq!(kinds(&events), ["SIGNED_OUT", "SIGNED_IN", "SIGNED_IN"]);
    assert_eq!(events[0]["address"], second.address().to_string());
    assert_eq!(events[2]["address"], ann.address().to_string());
    assert_eq!(events[0]["actor"]["id"], format!("user_{}", ann.user_id()));
    assert_eq!(kinds(&own(&bob).await), ["SIGNED_IN"], "not those of others");
    let node = "query($id: ID!) { node(id: $id) { id } }";
    let id = json!({ "id": events[0]["id"] });
    assert_eq!(ann.data(node, id.clone()).await["node"]["id"], events[0]["id"]);
    assert_eq!(bob.data(node, id).await["node"], Value::Null);
    assert_eq!(bob.code(EVENTS, json!({})).await, "FORBIDDEN");
}

#[tokio::test]
async fn k4_every_act_of_an_administrator_is_in_the_log_with_its_reason() {
    let (app, _) = TestApp::new().await;
    let (admin, ann) = (app.admin("root").await, app.member("ann").await);
    let id = format!("user_{}", ann.user_id());
    for mutation in [
        "mutation($id: ID!) { suspendUser(input: {id: $id, reason: \"spam\"}) { user { id } } }",
        "mutation($id: ID!) { reinstateUser(input: {id: $id}) { user { id } } }",
        "mutation($id: ID!) { signOutUser(input: {id: $id, reason: \"lost\"}) { user { id } } }",
        "mutation($id: ID!) { changeUserRole(input: {id: $id, role: ADMIN, reason: \"helps\"}) { user { id } } }",
    ] {
        admin.data(mutation, json!({ "id": id })).await;
    }
    let filter = json!({ "user": id, "actor": format!("user_{}", admin.user_id()) });
    let data = admin.data(EVENTS, json!({ "filter": filter })).await;
    let events = data["auditEvents"]["nodes"].as_array().unwrap();
    assert_eq!(
        kinds(events),
        ["ROLE_CHANGED", "SIGNED_OUT_BY_ADMIN", "USER_REINSTATED", "USER_SUSPENDED"]
    );
    assert_eq!(events[0]["detail"], json!({ "from": "user", "to": "admin", "reason": "helps" }));
    assert_eq!(events[3]["detail"], json!({ "reason": "spam" }));
    let one = json!({ "filter": { "user": id, "kind": "USER_SUSPENDED" } });
    assert_eq!(admin.data(EVENTS, one).await["auditEvents"]["totalCount"], 1);
}

#[tokio::test]
async fn the_log_can_be_neither_changed_nor_shortened_even_by_who_holds_the_database() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    let db = &app.services.db;
    for sql in ["UPDATE audit_events SET kind = 'signed_out'", "DELETE FROM audit_events"] {
        let error = db.write().execute_raw(Statement::from_string(db.backend(), sql)).await;
        assert!(error.unwrap_err().to_string().contains("audit events are final"), "{sql}");
    }
    let admin = app.admin("root").await;
    assert_eq!(admin.data(EVENTS, json!({})).await["auditEvents"]["totalCount"], 2);
}

#[tokio::test]
async fn e7_a_reused_refresh_token_is_in_the_log_and_its_owner_is_told() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let refresh =
        "mutation($t: String!) { refreshToken(input: {refreshToken: $t}) { refreshToken } }";
    let next = anon.data(refresh, json!({ "t": ann.refresh_token() })).await;
    let next = next["refreshToken"]["refreshToken"].clone();
    anon.data(refresh, json!({ "t": next })).await;
    anon.code(refresh, json!({ "t": ann.refresh_token() })).await;
    let again = app.signed_in("ann@example.com").await;
    let events = own(&again).await;
    assert_eq!(kinds(&events), ["SIGNED_IN", "REFRESH_TOKEN_REUSED", "SIGNED_IN"]);
    assert_eq!(events[1]["address"], anon.address().to_string());
    assert_eq!(events[1]["actor"], Value::Null, "nobody knows who");
    app.send_mails().await;
    assert_eq!(app.mails().len(), 1);
}
