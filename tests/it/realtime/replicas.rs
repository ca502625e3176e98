//! What happens in one process is heard in the others.

use serde_json::json;

use super::{EVENTS, OPEN, open_and};
use crate::{
    graphql::steps::published,
    support::{Server, Socket, TestApp, database::redis_url},
};

#[tokio::test]
async fn an_event_written_in_another_process_is_found_without_a_wake_up() {
    let (app, anon) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let listening = app.restarted(&open_and(&["--event-poll-ms=20"])).await;
    let server = Server::start(&listening).await;
    let (mut socket, here) = Socket::of(server.address, &anon).await;
    socket.subscribe("1", EVENTS, &here).await;
    let job = published(&ann).await;
    assert_eq!(socket.event().await["job"]["id"], job);
}

#[tokio::test]
async fn replicas_with_redis_wake_each_other() {
    // Without tests/services.sh there is no Redis.
    let Some(url) = redis_url() else { return };
    let redis = format!("--redis-url={url}");
    let flags = open_and(&[&redis]);
    let (one, anon) = TestApp::with(&flags).await;
    let two = one.restarted(&flags).await;
    let ann = one.member("ann").await;
    let server = Server::start(&two).await;
    let (mut visitor, here) = Socket::of(server.address, &anon).await;
    visitor.subscribe("1", EVENTS, &here).await;
    let (mut owner, _) = Socket::of(server.address, &ann).await;
    owner.subscribe("1", EVENTS, &here).await;
    let job = published(&ann).await;
    assert_eq!(visitor.event().await["job"]["id"], job);
    assert_eq!(owner.event().await["kind"], "CREATED");
    ann.data("mutation { logout { ok } }", json!({})).await;
    assert_eq!(owner.closed().await, (4401, "UNAUTHORIZED".into()));
}
