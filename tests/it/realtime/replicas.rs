//! What happens in one process is heard in the others.

use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::{EVENTS, OPEN, open_and};
use crate::{
    jobs::steps::published,
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
}

#[tokio::test]
async fn f6_a_logout_or_suspension_at_one_replica_closes_the_sockets_at_the_other() {
    let Some(url) = redis_url() else { return };
    let redis = format!("--redis-url={url}");
    let flags = open_and(&[&redis]);
    let (one, anon) = TestApp::with(&flags).await;
    let two = one.restarted(&flags).await;
    let (ann, ben, admin) =
        (one.member("ann").await, one.member("ben").await, one.admin("zoe").await);
    let server = Server::start(&two).await;
    let mut sockets = Vec::new();
    for client in [&ann, &ben, &anon] {
        let (mut socket, here) = Socket::of(server.address, client).await;
        socket.subscribe("1", EVENTS, &here).await;
        sockets.push(socket);
    }
    let [owner, suspended, visitor] = &mut sockets[..] else { unreachable!() };
    ann.data("mutation { logout { ok } }", json!({})).await;
    assert_eq!(owner.closed().await, (4401, "UNAUTHORIZED".into()));
    let suspend = "mutation($id: ID!) {
        suspendUser(input: {id: $id, reason: \"x\"}) { user { id } } }";
    admin.data(suspend, json!({ "id": format!("user_{}", ben.user_id()) })).await;
    assert_eq!(suspended.closed().await, (4401, "UNAUTHORIZED".into()));
    published(&one.signed_in("ann@example.com").await).await;
    assert_eq!(visitor.event().await["kind"], "PUBLISHED", "nobody else");
}

#[tokio::test]
async fn e11_f6_without_redis_a_logout_elsewhere_is_noticed_and_no_event_told_after_it() {
    let (one, _) = TestApp::with(OPEN).await;
    let ann = one.member("ann").await;
    let again = one.signed_in("ann@example.com").await;
    let two = one.restarted(&open_and(&["--session-check-ms=20"])).await;
    let three = one.restarted(&open_and(&["--event-poll-ms=20"])).await;
    let looks = Server::start(&two).await;
    let asks = Server::start(&three).await;
    let (mut idle, here) = Socket::of(looks.address, &ann).await;
    idle.subscribe("1", EVENTS, &here).await;
    let (mut listens, here) = Socket::of(asks.address, &ann).await;
    listens.subscribe("1", EVENTS, &here).await;
    ann.data("mutation { logout { ok } }", json!({})).await;
    assert_eq!(idle.closed().await, (4401, "UNAUTHORIZED".into()));
    published(&again).await;
    let frame = listens.frame().await;
    assert!(frame.as_ref().is_some_and(Message::is_close), "no event before the end: {frame:?}");
}
