//! Whoever has no request left has no new document judged, whichever door it came to.

use axum::http::{Method, header};
use find_helper::{domain::viewer::Scope, graphql::document::DocumentHash};
use serde_json::json;

use super::{TYPENAME, retry_after};
use crate::support::{Client, Server, Socket, TestApp};

const LIMITS: &[&str] = &[
    "--limit-general-per-minute=4",
    "--limit-reading-per-minute=3",
    "--limit-graphql-per-minute=4",
    "--limit-key-per-minute=4",
    "--limit-login-per-minute=100",
];
const NEW: &str = "query New { new: __typename }";

/// Whether a text has been judged by now: then its hash is enough for anybody.
async fn is_judged(app: &TestApp) -> bool {
    let hash = DocumentHash::of(NEW).to_string();
    let persisted = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
    let reply = app.anon().post("/graphql", json!({ "extensions": persisted })).await;
    reply.json()["data"]["new"] == "Query"
}

async fn spend(client: &Client) {
    while client.get(TYPENAME).await.status != 429 {}
}

async fn clients(app: &TestApp) -> [Client; 3] {
    let ann = app.member("ann").await;
    let key = app.key(&ann, Scope::ALL).await;
    [app.anon(), ann, key]
}

#[tokio::test]
async fn a_new_text_is_not_judged_for_a_caller_without_requests_left() {
    let (app, _) = TestApp::with(LIMITS).await;
    for client in clients(&app).await {
        spend(&client).await;
        assert_eq!(retry_after(&client.gql(NEW, json!({})).await), 60);
        assert_eq!(retry_after(&client.gql("{ nothing }", json!({})).await), 60);
        let stream = client
            .request(Method::POST, "/graphql")
            .header(header::ACCEPT, "text/event-stream")
            .header(header::CONTENT_TYPE, "application/json");
        client.listen(stream, &json!({ "query": NEW })).await;
    }
    assert!(!is_judged(&app).await);
    app.anon().gql(NEW, json!({})).await;
    assert!(is_judged(&app).await, "for somebody else it is");
}

#[tokio::test]
async fn nor_over_a_socket() {
    let (app, _) = TestApp::with(LIMITS).await;
    let server = Server::start(&app).await;
    for client in clients(&app).await {
        let (mut socket, _) = Socket::of(server.address, &client).await;
        let ask =
            |query: &str| json!({ "id": "1", "type": "subscribe", "payload": { "query": query } });
        // The arrival was the first of the four; visitors have three to read with.
        for _ in 0..3 {
            socket.say(&ask("{ __typename }")).await;
            assert_eq!(socket.hear().await["type"], "next");
            assert_eq!(socket.hear().await["type"], "complete");
        }
        socket.say(&ask(NEW)).await;
        let error = socket.hear().await;
        assert_eq!(error["payload"][0]["extensions"]["code"], "RATE_LIMIT_EXCEEDED");
    }
    assert!(!is_judged(&app).await);
}
