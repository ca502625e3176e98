//! Variables that JSON parsers, databases and allocators have stumbled over.

use serde_json::json;

use super::send;
use crate::support::{Client, Reply, Server, Socket, TestApp};

const ROOMY: &[&str] = &["--limit-general-per-minute=100000"];
const DOCUMENT: &str = "query($v: [ID!]!, $city: String) {
    nodes(ids: $v) { id } jobs(filter: {city: $city}) { totalCount } }";

/// A request whose variables are this text, as it stands.
fn body(variables: &str) -> String {
    format!(r#"{{"query":{},"variables":{variables}}}"#, json!(DOCUMENT))
}

async fn posted(client: &Client, variables: &str) -> Reply {
    send(client, "/graphql", Some("application/json"), body(variables).into()).await
}

async fn by_get(client: &Client, variables: &str) -> Reply {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("query", DOCUMENT), ("variables", variables)])
        .finish();
    client.get(&format!("/graphql?{query}")).await
}

/// A list this deep.
fn list(levels: usize) -> String {
    format!(r#"{{"v":{}{}}}"#, "[".repeat(levels), "]".repeat(levels))
}

/// Texts that are no JSON, or none that anybody holds in memory.
fn no_json() -> Vec<String> {
    let fixed = [
        r#"{"v":[1e400]}"#,
        r#"{"v":[-1e400]}"#,
        r#"{"v":[NaN]}"#,
        r#"{"v":[Infinity]}"#,
        r#"{"v":["\ud800"]}"#,
        r#"{"v":["\udc00\ud800"]}"#,
        r#"{"v":["\ud800\u0041"]}"#,
        "{\"v\":[\"\0\"]}",
        r#"{"v":[01]}"#,
        r#"{"v":[1,]}"#,
    ];
    // The variables are within the request, and the request is an object.
    let deep = [129, 1_000, 10_000].map(list);
    fixed.into_iter().map(str::to_owned).chain(deep).collect()
}

async fn alive(client: &Client) {
    let reply = posted(client, r#"{"v":[]}"#).await;
    assert_eq!(reply.text, r#"{"data":{"nodes":[],"jobs":{"totalCount":0}}}"#);
}

#[tokio::test]
async fn a17_variables_that_are_no_json_are_bad_requests() {
    let (_, anon) = TestApp::with(ROOMY).await;
    for variables in no_json() {
        assert_eq!(posted(&anon, &variables).await.status, 400, "{variables:.60}");
        assert_eq!(by_get(&anon, &variables).await.status, 400, "{variables:.60}");
    }
    alive(&anon).await;
}

#[tokio::test]
async fn a17_variables_that_are_no_json_close_a_socket_and_nothing_else() {
    let (app, anon) = TestApp::with(ROOMY).await;
    let server = Server::start(&app).await;
    for variables in no_json() {
        let mut socket = Socket::open(server.address).await;
        let message = format!(r#"{{"type":"subscribe","id":"1","payload":{}}}"#, body(&variables));
        socket.send(tokio_tungstenite::tungstenite::Message::text(message)).await;
        assert_eq!(socket.closed().await.0, 4400, "{variables:.60}");
    }
    alive(&anon).await;
}

#[tokio::test]
async fn a17_values_deeper_than_32_are_refused_though_they_are_json() {
    let (_, anon) = TestApp::with(ROOMY).await;
    for levels in [34, 60, 120] {
        let objects = format!(r#"{{"v":{}1{}}}"#, r#"{"a":"#.repeat(levels), "}".repeat(levels));
        for variables in [list(levels), objects] {
            let reply = posted(&anon, &variables).await;
            let code = reply.json()["errors"][0]["extensions"]["code"].clone();
            assert_eq!(code, "QUERY_TOO_COMPLEX", "{levels}: {}", reply.text);
        }
    }
    alive(&anon).await;
}

#[tokio::test]
async fn a17_more_than_a_body_holds_is_refused_unread_and_a_long_list_unrun() {
    let (_, anon) = TestApp::with(ROOMY).await;
    let items = |count: usize| format!(r#"{{"v":[{}1]}}"#, "1,".repeat(count - 1));
    let text = |bytes: usize| format!(r#"{{"v":[],"city":"{}"}}"#, "x".repeat(bytes));
    for variables in [items(100_000), items(1_000_000), text(10_000_000)] {
        assert_eq!(posted(&anon, &variables).await.status, 413);
    }
    for variables in [items(30_000), text(60_000)] {
        let reply = posted(&anon, &variables).await;
        assert!(reply.json()["errors"].is_array(), "{:.300}", reply.text);
        assert!(reply.status.as_u16() < 500 && !reply.text.contains("INTERNAL"));
    }
    alive(&anon).await;
}

#[tokio::test]
async fn a17_a_nul_is_a_wrong_value() {
    let (_, anon) = TestApp::with(ROOMY).await;
    let nul = posted(&anon, r#"{"v":["\u0000","job_1\u0000"],"city":"\u0000"}"#).await.json();
    let refused = &nul["errors"][0]["extensions"];
    assert_eq!(
        (&refused["code"], &refused["fields"][0]["path"]),
        (&"INVALID_REQUEST".into(), &"filter.city".into()),
        "{nul}"
    );
    alive(&anon).await;
}
