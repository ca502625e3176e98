//! A socket ends with the right to it.

use chrono::TimeDelta;
use find_helper::domain::viewer::Scope;
use sea_orm::ConnectionTrait;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::{EVENTS, OPEN, open_and};
use crate::{
    jobs::steps::{done, published},
    support::{Client, Server, Socket, TestApp},
};

fn expired() -> (u16, String) {
    (4403, "TOKEN_EXPIRED".into())
}

fn revoked() -> (u16, String) {
    (4401, "UNAUTHORIZED".into())
}

/// A socket of the client that listens.
async fn listening(server: &Server, client: &Client) -> Socket {
    let (mut socket, here) = Socket::of(server.address, client).await;
    socket.subscribe("1", EVENTS, &here).await;
    socket
}

/// Ends all sessions and keys in the database, and tells nobody.
async fn revoke_silently(app: &TestApp) {
    for table in ["sessions", "api_keys"] {
        let sql = format!("UPDATE {table} SET revoked_at = 1");
        app.services.db.write().execute_unprepared(&sql).await.unwrap();
    }
}

#[tokio::test]
async fn f6_a_socket_closes_when_its_token_expires() {
    let (app, _) = TestApp::with(&open_and(&["--session-check-ms=20"])).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let mut socket = listening(&server, &ann).await;
    app.advance(TimeDelta::hours(24));
    assert_eq!(socket.closed().await, expired());
}

#[tokio::test]
async fn f6_no_event_is_told_after_the_token_has_expired() {
    let (app, _) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let mut socket = listening(&server, &ann).await;
    published(&ann).await;
    assert_eq!(socket.event().await["kind"], "CREATED");
    assert_eq!(socket.event().await["kind"], "PUBLISHED");
    app.advance(TimeDelta::hours(24));
    published(&app.signed_in("ann@example.com").await).await;
    assert!(socket.frame().await.is_some_and(|frame| frame.is_close()), "no event before the end");
}

#[tokio::test]
async fn logout_closes_the_sockets_of_its_session_and_no_others() {
    let (app, _) = TestApp::with(OPEN).await;
    let (ann, other) = (app.member("ann").await, app.signed_in("ann@example.com").await);
    let server = Server::start(&app).await;
    let mut sockets = [listening(&server, &ann).await, listening(&server, &ann).await];
    let mut stays = listening(&server, &other).await;
    ann.data("mutation { logout { ok } }", json!({})).await;
    for socket in &mut sockets {
        assert_eq!(socket.closed().await, revoked());
    }
    published(&other).await;
    assert_eq!(stays.event().await["kind"], "CREATED");
}

#[tokio::test]
async fn suspension_closes_all_sockets_of_an_account() {
    let (app, _) = TestApp::with(OPEN).await;
    let (ann, ben, admin) =
        (app.member("ann").await, app.member("ben").await, app.admin("zoe").await);
    let key = app.key(&ann, Scope::ALL).await;
    let server = Server::start(&app).await;
    let again = app.signed_in("ann@example.com").await;
    let mut stays = listening(&server, &ben).await;
    let mut sockets = Vec::new();
    for client in [&ann, &again, &key] {
        sockets.push(listening(&server, client).await);
    }
    let suspend = format!(
        "mutation {{ suspendUser(input: {{id: \"user_{}\", reason: \"x\"}}) {{ user {{ id }} }} }}",
        ann.user_id()
    );
    admin.data(&suspend, json!({})).await;
    for socket in &mut sockets {
        assert_eq!(socket.closed().await, revoked());
    }
    published(&ben).await;
    assert_eq!(stays.event().await["kind"], "CREATED", "nobody else");
}

#[tokio::test]
async fn e7_a_replayed_refresh_token_closes_the_sockets_of_its_session() {
    let (app, anon) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let mut socket = listening(&server, &ann).await;
    let refresh = "mutation($token: String!) {
        refreshToken(input: {refreshToken: $token}) { refreshToken } }";
    anon.data(refresh, json!({ "token": ann.refresh_token() })).await;
    app.advance(TimeDelta::seconds(31));
    assert_eq!(anon.code(refresh, json!({ "token": ann.refresh_token() })).await, "UNAUTHORIZED");
    assert_eq!(socket.closed().await, revoked());
}

#[tokio::test]
async fn a_revoked_key_closes_its_sockets() {
    let (app, _) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let (revoked_key, kept) = (app.key(&ann, Scope::ALL).await, app.key(&ann, Scope::ALL).await);
    let server = Server::start(&app).await;
    let (mut ends, mut stays) =
        (listening(&server, &revoked_key).await, listening(&server, &kept).await);
    done(&ann, "revokeApiKey", "key_1").await;
    assert_eq!(ends.closed().await, revoked());
    published(&ann).await;
    assert_eq!(stays.event().await["kind"], "CREATED");
}

#[tokio::test]
async fn what_no_wake_up_tells_is_found_by_looking() {
    let (app, anon) = TestApp::with(&open_and(&["--session-check-ms=20"])).await;
    let ann = app.member("ann").await;
    let key = app.key(&ann, Scope::ALL).await;
    let server = Server::start(&app).await;
    let mut visitor = listening(&server, &anon).await;
    let mut sockets = [listening(&server, &ann).await, listening(&server, &key).await];
    revoke_silently(&app).await;
    for socket in &mut sockets {
        assert_eq!(socket.closed().await, revoked());
    }
    published(&app.signed_in("ann@example.com").await).await;
    assert_eq!(visitor.event().await["kind"], "PUBLISHED", "a visitor has nothing that ends");
}

#[tokio::test]
async fn each_event_and_operation_asks_whether_its_client_still_may() {
    let (app, _) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let key = app.key(&ann, Scope::ALL).await;
    let server = Server::start(&app).await;
    let mut sockets = [listening(&server, &ann).await, listening(&server, &key).await];
    let (mut asks, _) = Socket::of(server.address, &ann).await;
    revoke_silently(&app).await;
    published(&app.signed_in("ann@example.com").await).await;
    for socket in &mut sockets {
        let frame = socket.frame().await;
        assert!(frame.as_ref().is_some_and(Message::is_close), "{frame:?}");
    }
    asks.say(&json!({ "id": "1", "type": "subscribe", "payload": { "query": "{ __typename }" } }))
        .await;
    assert_eq!(asks.closed().await, revoked());
}

#[tokio::test]
async fn a_database_that_fails_ends_the_operation_and_not_the_socket() {
    let (app, _) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let (mut socket, _) = Socket::of(server.address, &ann).await;
    let query = json!({ "id": "1", "type": "subscribe", "payload": { "query": "{ __typename }" } });
    let rename = async |from: &str, to: &str| {
        let statement = format!("ALTER TABLE {from} RENAME TO {to}");
        app.services.db.write().execute_unprepared(&statement).await.unwrap();
    };
    rename("sessions", "elsewhere").await;
    socket.say(&query).await;
    let failed = socket.hear().await;
    assert_eq!((&failed["id"], &failed["type"]), (&json!("1"), &json!("error")));
    assert_eq!(failed["payload"][0]["extensions"]["code"], "INTERNAL_ERROR");
    rename("elsewhere", "sessions").await;
    socket.say(&query).await;
    assert_eq!(socket.hear().await["type"], "next");
}
