//! How much stays open at once.

use serde_json::json;

use super::{EVENTS, open_and};
use crate::support::{Server, Socket, TestApp, socket::PROTOCOL};

const ON: &[(&str, &str)] = &[("sec-websocket-protocol", PROTOCOL)];

#[tokio::test]
async fn one_address_has_so_many_sockets_and_gets_a_place_back() {
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
async fn the_gateway_has_so_many_sockets() {
    let (app, _) = TestApp::with(&open_and(&["--limit-sockets=2"])).await;
    let server = Server::start(&app).await;
    let _open = [Socket::open(server.address).await, Socket::open(server.address).await];
    assert_eq!(Socket::upgrade(server.address, ON).await.err(), Some(503));
}

#[tokio::test]
async fn one_socket_has_so_many_operations() {
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
