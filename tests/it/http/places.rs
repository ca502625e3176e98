//! How many connections are let in.

use super::server::{Connection, Server, soon};
use crate::support::TestApp;

/// A connection that was answered: it has its place.
async fn placed(server: &Server) -> Connection {
    let mut connection = server.connect().await;
    assert_eq!(connection.get("/healthz").await.body, "ok\n");
    connection
}

/// Waits until a new connection is answered: a place is free only when the gateway saw its end.
async fn placed_at_last(server: &Server) {
    loop {
        if server.connect().await.is_served().await {
            return;
        }
    }
}

#[tokio::test]
async fn an_address_has_a_bounded_number_of_connections() {
    let (app, _) = TestApp::with(&["--http-connections-per-address=2"]).await;
    let server = Server::start(&app).await;
    let (first, mut second) = (placed(&server).await, placed(&server).await);
    assert!(soon(server.connect().await.is_over()).await, "a third one is closed");
    assert_eq!(second.get("/healthz").await.body, "ok\n", "and disturbs no other");
    drop(first);
    soon(placed_at_last(&server)).await;
}

#[tokio::test]
async fn all_addresses_together_have_a_bounded_number_and_a_proxy_no_bound_of_its_own() {
    let flags = [
        "--http-connections=3",
        "--limit-sockets=2",
        "--http-connections-per-address=1",
        "--trusted-proxies=127.0.0.0/8",
    ];
    let (app, _) = TestApp::with(&flags).await;
    let server = Server::start(&app).await;
    let (first, _second, _third) =
        (placed(&server).await, placed(&server).await, placed(&server).await);
    assert!(soon(server.connect().await.is_over()).await, "a fourth one is closed");
    drop(first);
    soon(placed_at_last(&server)).await;
}
