//! How much stays open at once.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{EVENTS, OPEN, open_and};
use crate::support::{Server, Socket, TestApp, socket::PROTOCOL};

const ON: &[(&str, &str)] = &[("sec-websocket-protocol", PROTOCOL)];

#[tokio::test]
async fn f7_one_address_has_so_many_sockets_and_gets_a_place_back() {
    let (app, anon) = TestApp::with(&open_and(&["--limit-sockets-per-address=2"])).await;
    let server = Server::start(&app).await;
    let first = Socket::of(server.address, &anon).await.0;
    let _second = Socket::open(server.address).await;
    assert_eq!(Socket::upgrade(server.address, ON).await.err(), Some(429));
    drop(first);
    // The place is free when the gateway has noticed.
    while Socket::upgrade(server.address, ON).await.is_err() {}
}

#[tokio::test]
async fn f7_by_default_an_address_has_50_sockets_and_a_socket_20_of_1000_subscriptions() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let (mut socket, here) = Socket::of(server.address, &ann).await;
    let mut open = Vec::new();
    for _ in 1..50 {
        open.push(Socket::open(server.address).await);
    }
    assert_eq!(Socket::upgrade(server.address, ON).await.err(), Some(429));
    // Nothing is said to the first 20 before something happens.
    for id in 1..=300 {
        socket.subscribe(&id.to_string(), EVENTS, &here).await;
        if id > 20 {
            let refused = socket.hear().await;
            assert_eq!(
                (&refused["type"], &refused["id"]),
                (&"error".into(), &id.to_string().into())
            );
            assert_eq!(refused["payload"][0]["extensions"]["code"], "RATE_LIMIT_EXCEEDED");
        }
    }
    socket.subscribe("301", EVENTS, &here).await;
    assert_eq!(socket.closed().await, (4429, "Too many operations in a minute".into()));
}

#[tokio::test]
async fn the_gateway_has_so_many_sockets() {
    let (app, _) = TestApp::with(&open_and(&["--limit-sockets=2"])).await;
    let server = Server::start(&app).await;
    let _open = [Socket::open(server.address).await, Socket::open(server.address).await];
    assert_eq!(Socket::upgrade(server.address, ON).await.err(), Some(503));
}

#[tokio::test]
async fn f7_one_socket_has_so_many_operations() {
    let (app, anon) = TestApp::with(&open_and(&["--limit-socket-operations=2"])).await;
    let server = Server::start(&app).await;
    let (mut socket, here) = Socket::of(server.address, &anon).await;
    for id in ["1", "2", "3"] {
        socket.subscribe(id, EVENTS, &here).await;
    }
    let refused = socket.hear().await;
    assert_eq!(refused["id"], "3");
    assert_eq!(refused["type"], "error");
    assert_eq!(refused["payload"][0]["extensions"]["code"], "RATE_LIMIT_EXCEEDED");
    socket.say(&json!({ "id": "2", "type": "complete" })).await;
    let query = json!({ "query": "{ __typename }" });
    socket.say(&json!({ "id": "3", "type": "subscribe", "payload": query })).await;
    assert_eq!(socket.hear().await["type"], "next");
}

#[tokio::test]
async fn a15_an_operation_that_panics_is_an_error_and_its_place_is_free_again() {
    let (app, _) = TestApp::with(&open_and(&["--limit-socket-operations=1"])).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let (mut socket, _) = Socket::of(server.address, &ann).await;
    let query = json!({ "id": "1", "type": "subscribe", "payload": { "query": "{ __typename }" } });
    app.panic_at(Some("sessions"));
    socket.say(&query).await;
    let failed = socket.hear().await;
    assert_eq!((&failed["id"], &failed["type"]), (&json!("1"), &json!("error")));
    assert_eq!(failed["payload"][0]["extensions"]["code"], "INTERNAL_ERROR");
    app.panic_at(None);
    socket.say(&query).await;
    assert_eq!(socket.hear().await["type"], "next");
}

#[tokio::test]
async fn one_socket_begins_so_many_operations_in_a_minute() {
    let flags = open_and(&["--limit-socket-operations-per-minute=2"]);
    let (app, anon) = TestApp::with(&flags).await;
    let server = Server::start(&app).await;
    let (mut socket, here) = Socket::of(server.address, &anon).await;
    for id in ["1", "2"] {
        socket.subscribe(id, EVENTS, &here).await;
    }
    socket.subscribe("3", EVENTS, &here).await;
    assert_eq!(socket.closed().await, (4429, "Too many operations in a minute".into()));
}

#[tokio::test]
async fn one_socket_sends_twice_as_many_messages_as_it_may_begin_operations() {
    let flags = open_and(&["--limit-socket-operations-per-minute=2"]);
    let (app, anon) = TestApp::with(&flags).await;
    let server = Server::start(&app).await;
    let ping = json!({ "type": "ping" });
    let (mut greeted, _) = Socket::of(server.address, &anon).await;
    let mut silent = Socket::open(server.address).await;
    for (socket, pings) in [(&mut greeted, 3), (&mut silent, 4)] {
        for _ in 0..pings {
            socket.say(&ping).await;
            assert_eq!(socket.hear().await["type"], "pong");
        }
        socket.say(&ping).await;
        assert_eq!(socket.closed().await, (4429, "Too many messages in a minute".into()));
    }
}

#[tokio::test]
async fn a_minute_later_a_socket_may_begin_as_much_again() {
    let flags = open_and(&["--limit-socket-operations-per-minute=2"]);
    let (app, anon) = TestApp::with(&flags).await;
    let server = Server::start(&app).await;
    let (mut socket, _) = Socket::of(server.address, &anon).await;
    let query = json!({ "id": "1", "type": "subscribe", "payload": { "query": "{ __typename }" } });
    for _ in 0..3 {
        for _ in 0..2 {
            socket.say(&query).await;
            assert_eq!(socket.hear().await["type"], "next");
            assert_eq!(socket.hear().await["type"], "complete");
        }
        app.advance(TimeDelta::minutes(1));
    }
}

#[tokio::test]
async fn to_arrive_counts_like_a_request() {
    let (app, _) = TestApp::with(&["--limit-general-per-minute=2"]).await;
    let server = Server::start(&app).await;
    for _ in 0..2 {
        let mut socket = Socket::open(server.address).await;
        socket.say(&json!({ "type": "connection_init" })).await;
        assert_eq!(socket.hear().await["type"], "connection_ack");
    }
    let mut socket = Socket::open(server.address).await;
    socket.say(&json!({ "type": "connection_init" })).await;
    assert_eq!(socket.closed().await, (1013, "RATE_LIMIT_EXCEEDED".into()));
}

#[tokio::test]
async fn an_upgrade_that_is_none_counts_like_a_request() {
    let (_, anon) = TestApp::with(&["--limit-general-per-minute=2"]).await;
    let mut statuses = Vec::new();
    for method in [Method::GET, Method::POST, Method::GET] {
        let request = anon.request(method, "/graphql").header("upgrade", "websocket");
        let reply = anon.send(request.body(Body::empty()).unwrap()).await;
        let body: Value = serde_json::from_str(&reply.text).unwrap_or_default();
        statuses.push((reply.status, body["errors"][0]["extensions"]["code"].clone()));
    }
    let expected = [
        (StatusCode::BAD_REQUEST, json!("INVALID_REQUEST")),
        (StatusCode::BAD_REQUEST, json!("INVALID_REQUEST")),
        (StatusCode::TOO_MANY_REQUESTS, json!("RATE_LIMIT_EXCEEDED")),
    ];
    assert_eq!(statuses, expected);
}

#[tokio::test]
async fn a_filter_keeps_no_name_that_is_longer_than_any() {
    let (app, anon) = TestApp::with(OPEN).await;
    let server = Server::start(&app).await;
    let (mut socket, here) = Socket::of(server.address, &anon).await;
    let name = "x".repeat(51);
    let query = format!("subscription {{ jobEvents(filter: {{jobType: \"{name}\"}}) {{ kind }} }}");
    socket.subscribe("1", &query, &here).await;
    let message = socket.hear().await;
    let field = &message["payload"]["errors"][0]["extensions"]["fields"][0]["path"];
    assert_eq!(field, "filter.jobType", "{message}");
}

#[tokio::test]
async fn guesses_of_credentials_count_against_their_address() {
    let (app, _) = TestApp::with(&["--limit-general-per-minute=2"]).await;
    let server = Server::start(&app).await;
    let mut closed = Vec::new();
    for _ in 0..3 {
        let mut socket = Socket::open(server.address).await;
        let payload = json!({ "Authorization": "Bearer x" });
        socket.say(&json!({ "type": "connection_init", "payload": payload })).await;
        closed.push(socket.closed().await);
    }
    let refused = (4403, "UNAUTHORIZED".to_owned());
    assert_eq!(closed, [refused.clone(), refused, (1013, "RATE_LIMIT_EXCEEDED".into())]);
}
