//! What subscriptions keep.

use serde_json::json;

use super::open_and;
use crate::support::{Server, Socket, TestApp, patiently};

/// A subscription of so many fields; each of them takes about 256 bytes.
fn subscription(number: usize, fields: usize) -> String {
    let fields = (0..fields).map(|field| format!("a{number}x{field}: title "));
    let fields = fields.collect::<Vec<_>>().concat();
    format!("subscription {{ jobPublished {{ job {{ {fields} }} }} }}")
}

#[tokio::test]
async fn s15_what_subscriptions_keep_is_bounded_for_each_network() {
    let flags = open_and(&["--http-request-bytes-per-address=20000"]);
    let (app, anon) = TestApp::with(&flags).await;
    let server = Server::start(&app).await;
    let (mut socket, here) = Socket::of(server.address, &anon).await;
    let refused = async |socket: &mut Socket, id: &str| {
        let refused = socket.hear().await;
        assert_eq!((&refused["id"], &refused["type"]), (&json!(id), &json!("error")), "{refused}");
        assert_eq!(refused["payload"][0]["extensions"]["code"], "RATE_LIMIT_EXCEEDED");
    };
    socket.subscribe("1", &subscription(1, 28), &here).await;
    socket.subscribe("2", &subscription(2, 28), &here).await;
    socket.subscribe("3", &subscription(3, 28), &here).await;
    refused(&mut socket, "3").await;
    assert!(app.services.requests.held() > 15_000);

    // Variables are kept as long.
    let query = "subscription($id: ID!) { jobUpdated(id: $id) { job { id } } }";
    let payload = json!({ "query": query, "variables": { "id": "x".repeat(10_000) } });
    socket.say(&json!({ "id": "4", "type": "subscribe", "payload": payload })).await;
    refused(&mut socket, "4").await;

    socket.say(&json!({ "id": "1", "type": "complete" })).await;
    socket.subscribe("5", &subscription(5, 28), &here).await;
    socket.say(&json!({ "type": "ping" })).await;
    assert_eq!(socket.hear().await["type"], "pong", "its place is free again");
    drop(socket);
    let given_back = async {
        while app.services.requests.held() > 0 {
            tokio::task::yield_now().await;
        }
    };
    patiently(given_back).await;
}
