//! What many hear is read once.

use serde_json::json;

use super::OPEN;
use crate::{
    graphql::steps::{done, published},
    support::{Client, Server, Socket, TestApp},
};

const PUBLISHED: &str = "subscription { jobPublished { job { id title } } }";

/// The statements from a publication until all listeners of one client have heard of it.
async fn statements(app: &TestApp, server: &Server, client: &Client, listeners: usize) -> u32 {
    let owner = app.member(&format!("owner-{listeners}")).await;
    let (mut socket, here) = Socket::of(server.address, client).await;
    for id in 0..listeners {
        socket.subscribe(&id.to_string(), PUBLISHED, &here).await;
    }
    // All listen: they have heard of a first job.
    published(&owner).await;
    for _ in 0..listeners {
        socket.event().await;
    }
    let statements = app.statements(async {
        let job = published(&owner).await;
        for _ in 0..listeners {
            assert_eq!(socket.event().await["job"]["id"], job);
        }
    });
    let statements = statements.await;
    for id in 0..listeners {
        socket.say(&json!({ "id": id.to_string(), "type": "complete" })).await;
    }
    socket.say(&json!({ "type": "ping" })).await;
    assert_eq!(socket.hear().await["type"], "pong", "nobody listens any more");
    statements
}

#[tokio::test]
async fn an_event_is_one_statement_for_all_visitors() {
    let (app, anon) = TestApp::with(OPEN).await;
    let server = Server::start(&app).await;
    let alone = statements(&app, &server, &anon, 1).await;
    assert_eq!(statements(&app, &server, &anon, 20).await, alone);
}

#[tokio::test]
async fn each_member_is_looked_up_anew_and_the_job_is_not() {
    let (app, _) = TestApp::with(OPEN).await;
    let ben = app.member("ben").await;
    let server = Server::start(&app).await;
    let alone = statements(&app, &server, &ben, 1).await;
    assert_eq!(statements(&app, &server, &ben, 20).await, alone + 19);
}

#[tokio::test]
async fn what_is_read_for_all_shows_nobody_what_only_some_may_see() {
    let (app, anon) = TestApp::with(OPEN).await;
    let (ann, eve) = (app.member("ann").await, app.member("eve").await);
    let server = Server::start(&app).await;
    let all = "subscription { jobEvents { kind job { id } } }";
    let mut sockets = Vec::new();
    for client in [&ann, &anon, &eve] {
        let (mut socket, here) = Socket::of(server.address, client).await;
        socket.subscribe("1", all, &here).await;
        sockets.push(socket);
    }
    let [owner, visitor, stranger] = &mut sockets[..] else { unreachable!() };
    let job = published(&ann).await;
    for socket in [&mut *visitor, &mut *stranger] {
        assert_eq!(socket.event().await, json!({ "kind": "PUBLISHED", "job": { "id": job } }));
    }
    done(&ann, "cancelJob", &job).await;
    let last = published(&ann).await;
    for kind in ["CREATED", "PUBLISHED", "CANCELLED"] {
        assert_eq!(owner.event().await, json!({ "kind": kind, "job": { "id": job } }));
    }
    for socket in [visitor, stranger] {
        assert_eq!(socket.event().await, json!({ "kind": "PUBLISHED", "job": { "id": last } }));
    }
}
