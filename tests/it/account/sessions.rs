//! Looking through one's sessions, and ending them.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, TestApp};

const SESSIONS: &str = "{ viewer { sessions { totalCount nodes {
    id userAgent address createdAt lastUsedAt isCurrent } } } }";

async fn is_alive(client: &Client) -> bool {
    client.gql("{ viewer { id } }", json!({})).await.status == 200
}

async fn sessions(client: &Client) -> Vec<Value> {
    let data = client.data(SESSIONS, json!({})).await;
    let list = &data["viewer"]["sessions"];
    let nodes = list["nodes"].as_array().unwrap().clone();
    assert_eq!(list["totalCount"], nodes.len());
    nodes
}

#[tokio::test]
async fn e22_a_person_sees_where_they_are_signed_in_and_which_session_asks() {
    let (app, _) = TestApp::new().await;
    let first = app.member("ann").await;
    app.advance(TimeDelta::hours(1));
    let second = app.signed_in("ann@example.com").await;
    let nodes = sessions(&second).await;
    assert_eq!(nodes.len(), 2);
    let (new, old) = (&nodes[0], &nodes[1]);
    assert_eq!((&new["isCurrent"], &old["isCurrent"]), (&json!(true), &json!(false)));
    assert_eq!(new["userAgent"], "tests");
    assert_eq!(old["address"], first.address().to_string());
    assert_eq!(new["createdAt"], "2026-02-07T09:00:00Z");
    assert_eq!(old["lastUsedAt"], "2026-02-07T08:00:00Z");
    sessions(&first).await;
    assert_eq!(sessions(&second).await[1]["lastUsedAt"], "2026-02-07T09:00:00Z", "used just now");
}

#[tokio::test]
async fn e12_signing_out_ends_one_session_and_everywhere_ends_all() {
    let (app, anon) = TestApp::new().await;
    let (first, bob) = (app.member("ann").await, app.member("bob").await);
    let (second, third) =
        (app.signed_in("ann@example.com").await, app.signed_in("ann@example.com").await);
    first.data("mutation { logout { ok } }", json!({})).await;
    assert!(!is_alive(&first).await && is_alive(&second).await && is_alive(&third).await);
    assert_eq!(sessions(&second).await.len(), 2);
    second.data("mutation { logoutEverywhere { ok } }", json!({})).await;
    assert!(!is_alive(&second).await && !is_alive(&third).await && is_alive(&bob).await);
    let refresh = "mutation($t: String!) { refreshToken(input: {refreshToken: $t}) { token } }";
    let code = anon.code(refresh, json!({ "t": third.refresh_token() })).await;
    assert_eq!(code, "UNAUTHORIZED");
}

#[tokio::test]
async fn a_session_is_ended_from_another_and_the_end_is_final() {
    let (app, _) = TestApp::new().await;
    let (first, second) = (app.member("ann").await, app.signed_in("ann@example.com").await);
    let id = sessions(&second).await[1]["id"].clone();
    let revoke = "mutation($id: ID!) { revokeSession(input: {id: $id}) { session { revokedAt } } }";
    let ended = second.data(revoke, json!({ "id": id })).await;
    assert_eq!(ended["revokeSession"]["session"]["revokedAt"], "2026-02-07T08:00:00Z");
    assert!(!is_alive(&first).await && is_alive(&second).await);
    app.advance(TimeDelta::minutes(10));
    assert_eq!(second.data(revoke, json!({ "id": id })).await, ended, "once and for all");
}

#[tokio::test]
async fn e22_who_signed_in_a_while_ago_shows_the_password_to_end_another_session() {
    let (app, _) = TestApp::new().await;
    let (first, second) = (app.member("ann").await, app.signed_in("ann@example.com").await);
    let nodes = sessions(&second).await;
    let revoke = "mutation($id: ID!, $password: String) {
        revokeSession(input: {id: $id, password: $password}) { session { id } } }";
    let of = |node: usize, password: Option<&str>| json!({ "id": nodes[node]["id"], "password": password });
    app.advance(TimeDelta::minutes(15));
    assert_eq!(second.code(revoke, of(1, None)).await, "INVALID_REQUEST");
    assert_eq!(second.code(revoke, of(1, Some("wrong password"))).await, "INVALID_CREDENTIALS");
    assert!(is_alive(&first).await);
    second.data(revoke, of(1, Some(PASSWORD))).await;
    assert!(!is_alive(&first).await && is_alive(&second).await);
    second.data(revoke, of(0, None)).await;
    assert!(!is_alive(&second).await, "one's own session is ended as by signing out");
}

#[tokio::test]
async fn nobody_reaches_the_sessions_of_others() {
    let (app, anon) = TestApp::new().await;
    let (ann, eve) = (app.member("ann").await, app.member("eve").await);
    let machine = app.machine("bob").await;
    let id = sessions(&ann).await[0]["id"].clone();
    let revoke = "mutation($id: ID!) { revokeSession(input: {id: $id}) { session { id } } }";
    assert_eq!(eve.code(revoke, json!({ "id": id })).await, "NOT_FOUND");
    assert_eq!(machine.code(revoke, json!({ "id": id })).await, "FORBIDDEN");
    assert_eq!(anon.code(revoke, json!({ "id": id })).await, "UNAUTHORIZED");
    let node = "query($id: ID!) { node(id: $id) { id } }";
    assert_eq!(eve.data(node, json!({ "id": id })).await["node"], Value::Null);
    let of_ann =
        format!("{{ user(id: \"user_{}\") {{ name sessions {{ totalCount }} }} }}", ann.user_id());
    let answer = eve.gql(&of_ann, json!({})).await.json();
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert_eq!(answer["data"]["user"]["sessions"], Value::Null);
    assert_ne!(answer["data"]["user"]["name"], Value::Null, "the rest is there");
    assert!(is_alive(&ann).await);
}

#[tokio::test]
async fn e10_a_session_that_ended_on_one_replica_has_ended_on_all() {
    let (app, anon) = TestApp::new().await;
    let replica = app.restarted(&[]).await;
    let ann = app.member("ann").await;
    let elsewhere = ann.towards(&replica.router);
    assert!(is_alive(&elsewhere).await);
    ann.post("/logout", json!({})).await;
    assert!(!is_alive(&elsewhere).await && !is_alive(&ann).await);
    assert_eq!(elsewhere.get("/user").await.auth_error(), "401 UNAUTHORIZED");
    let token = json!({ "refresh_token": ann.refresh_token() });
    assert_eq!(anon.post("/refresh", token).await.status, 401);
}

#[tokio::test]
async fn d17_a_sign_in_never_continues_an_older_session() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let body = json!({ "email": "ann@example.com", "password": PASSWORD });
    let answer = ann.post("/login", body).await.json();
    let token = answer["data"]["token"].as_str().unwrap();
    let again = ann.clone().with_session(ann.user_id(), token, None);
    assert_eq!(sessions(&again).await.len(), 2);
    ann.data("mutation { logout { ok } }", json!({})).await;
    assert!(is_alive(&again).await);
}
