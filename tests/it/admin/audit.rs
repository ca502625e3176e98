//! The audit log: who did what, when and from where; for ever.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use find_helper::domain::viewer::Scope;

use crate::support::{Client, PASSWORD, TestApp};

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

#[tokio::test]
async fn s12_whoever_s_credentials_come_along_the_owner_sees_from_where_it_was_tried() {
    const EVENTS: &str = "{ viewer { auditEvents { nodes {
        kind address userAgent sessionId apiKeyId actor { id } } } } }";
    let (app, _) = TestApp::with(&["--limit-login-per-minute=1000"]).await;
    let ann = app.member("ann").await;
    let eve = app.member("eve").await;
    let program = app.key(&eve, Scope::ALL).await;
    let admin = app.admin("root").await;
    let mine = "mutation { login(input: {email: \"ann@example.com\", password: \"not this one\"}) {
        token } }";
    let forgot = "mutation { requestPasswordReset(input: {email: \"ann@example.com\"}) { ok } }";
    let again =
        "mutation($t: String!) { refreshToken(input: {refreshToken: $t}) { refreshToken } }";
    let right = json!({ "email": "ann@example.com", "password": PASSWORD });
    for from in [&eve, &program, &admin] {
        assert_eq!(from.code(mine, json!({})).await, "INVALID_CREDENTIALS");
        let wrong = json!({ "email": "ann@example.com", "password": "not this one" });
        assert_eq!(from.post("/login", wrong).await.status, 401);
        from.data(forgot, json!({})).await;
        let stolen = app.signed_in("ann@example.com").await;
        let next = from.data(again, json!({ "t": stolen.refresh_token() })).await;
        from.data(again, json!({ "t": next["refreshToken"]["refreshToken"] })).await;
        assert_eq!(from.code(again, json!({ "t": stolen.refresh_token() })).await, "UNAUTHORIZED");
        assert_eq!(from.post("/login", right.clone()).await.status, 200);
        let data = ann.data(EVENTS, json!({})).await;
        let events = data["viewer"]["auditEvents"]["nodes"].as_array().unwrap();
        let tried: Vec<_> =
            events.iter().filter(|event| event["address"] == from.address().to_string()).collect();
        let kinds: Vec<_> = tried.iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert_eq!(
            kinds,
            [
                "SIGNED_IN",
                "REFRESH_TOKEN_REUSED",
                "PASSWORD_RESET_REQUESTED",
                "SIGN_IN_FAILED",
                "SIGN_IN_FAILED"
            ]
        );
        for event in tried {
            assert_eq!(event["apiKeyId"], Value::Null, "{event}");
            let proven = event["kind"] == "SIGNED_IN";
            let actor = if proven { json!({ "id": "user_1" }) } else { Value::Null };
            assert_eq!(event["actor"], actor, "{event}");
        }
    }
    // What an older release noted with the wrong person.
    app.execute("INSERT INTO audit_events (at, kind, user_id, actor_id, address)
        VALUES (1, 'sign_in_failed', 1, 2, '198.51.100.7'), (1, 'user_suspended', 1, 3, '198.51.100.8')")
        .await;
    let data =
        ann.data("{ viewer { auditEvents(last: 2) { nodes { address } } } }", json!({})).await;
    let old = &data["viewer"]["auditEvents"]["nodes"];
    assert_eq!(*old, json!([{ "address": null }, { "address": "198.51.100.7" }]));
}
