//! Documents that are small to send and large to work on.

use axum::{
    body::Body,
    http::{Method, header},
};
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::ask;
use crate::{
    jobs::steps::UNLIMITED,
    support::{Client, Reply, Server, Socket, TestApp},
};

const ROOMY: &[&str] =
    &["--limit-general-per-minute=100000", "--limit-socket-operations-per-minute=100000"];

fn nested(open: &str, close: &str, levels: usize) -> String {
    format!("{}{}", open.repeat(levels), close.repeat(levels))
}

/// The same literal in each place that takes one, of a query and of a subscription.
fn with_literal(literal: &str) -> [String; 6] {
    [
        format!("{{ jobs(filter: {literal}) {{ totalCount }} }}"),
        format!("{{ jobs @include(if: {literal}) {{ totalCount }} }}"),
        format!("query ($v: [Int] = {literal}) {{ jobs(first: $v) {{ totalCount }} }}"),
        format!("subscription {{ jobEvents(filter: {literal}) {{ kind }} }}"),
        format!("subscription {{ jobEvents @include(if: {literal}) {{ kind }} }}"),
        format!("subscription ($v: [Int] = {literal}) {{ jobEvents(filter: $v) {{ kind }} }}"),
    ]
}

/// Lists and objects of each depth, in each place; an address of 64 KiB has no room for more.
fn documents(levels: &[usize]) -> impl Iterator<Item = String> {
    let literals = levels.iter().flat_map(|&n| [nested("[", "]", n), nested("{a:", "}", n)]);
    literals.flat_map(|literal| with_literal(&literal))
}

async fn get(client: &Client, query: &str) -> Reply {
    let request = client.request(Method::GET, &format!("/graphql?query={query}"));
    let request = request.header(header::ACCEPT, "application/graphql-response+json");
    client.send(request.body(Body::empty()).unwrap()).await
}

fn refusal(reply: &Reply) -> (u16, Value) {
    (reply.status.as_u16(), reply.json()["errors"][0]["extensions"]["code"].clone())
}

#[tokio::test]
async fn a1_a_literal_nested_deeper_than_32_is_refused_over_get_and_post() {
    let (_, anon) = TestApp::with(ROOMY).await;
    let too_complex = (400, json!("QUERY_TOO_COMPLEX"));
    for document in documents(&[33, 1_000, 10_000]) {
        assert_eq!(refusal(&get(&anon, &document).await), too_complex, "GET {document:.80}");
        let posted = ask(&anon, &document, json!({})).await;
        assert_eq!(refusal(&posted), too_complex, "POST {document:.80}");
    }
    for document in documents(&[32]) {
        let code = refusal(&get(&anon, &document).await).1;
        assert!(code != "QUERY_TOO_COMPLEX", "{document}: a depth that is read");
    }
    assert_eq!(get(&anon, "{__typename}").await.status, 200);
}

#[tokio::test]
async fn a1_a_literal_nested_deeper_than_32_is_an_error_on_a_socket_that_stays_open() {
    let (app, anon) = TestApp::with(ROOMY).await;
    let server = Server::start(&app).await;
    let (mut socket, here) = Socket::of(server.address, &anon).await;
    for document in documents(&[33, 1_000, 10_000]) {
        socket.subscribe("1", &document, &here).await;
        let refused = socket.hear().await;
        assert_eq!((&refused["type"], &refused["id"]), (&json!("error"), &json!("1")));
        let code = &refused["payload"][0]["extensions"]["code"];
        assert_eq!(code, "QUERY_TOO_COMPLEX", "{document:.80}");
    }
    socket.subscribe("2", "{ __typename }", &here).await;
    assert_eq!(socket.event().await, "Query");
}

/// `width` spreads of the next fragment in each of `levels` fragments.
fn bomb(number: usize, width: usize, levels: usize) -> String {
    let fragment = |level: usize| {
        let spreads = format!("...F{} ", level + 1).repeat(width);
        format!("fragment F{level} on Job {{ {spreads} }} ")
    };
    let fragments = (0..levels).map(fragment).collect::<Vec<_>>().concat();
    // Each text is another one: no verdict is known from before.
    format!(
        "query Bomb{number} {{ jobs {{ nodes {{ ...F0 }} }} }} {fragments} fragment F{levels} on Job {{ id }}"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a3_fifty_fragment_bombs_at_once_are_refused_and_hold_up_nobody() {
    let flags = [ROOMY, UNLIMITED].concat();
    let (app, anon) = TestApp::with(&flags).await;
    let ann = app.member("ann").await;
    let shapes = [(2, 20), (2, 24), (2, 31), (10, 6), (40, 4), (200, 3), (2, 19), (7, 6)];
    let bombs = (0..50).map(|number| {
        let (width, levels) = shapes[number % shapes.len()];
        let (anon, bomb) = (anon.clone(), bomb(number, width, levels));
        tokio::spawn(async move { ask(&anon, &bomb, json!({})).await })
    });
    let bombs: Vec<_> = bombs.collect();
    let mut answered = 0;
    while answered == 0 || !bombs.iter().all(tokio::task::JoinHandle::is_finished) {
        let data = ann.data("{ viewer { isVerified } jobs { totalCount } }", json!({})).await;
        assert_eq!(data["jobs"]["totalCount"], 0);
        answered += 1;
    }
    for refused in join_all(bombs).await {
        assert_eq!(refusal(&refused.unwrap()), (400, json!("QUERY_TOO_COMPLEX")));
    }
    assert_eq!(ask(&anon, "{ __typename }", json!({})).await.status, 200);
}
