//! Answers that would be larger than the gateway gives.

use serde_json::{Value, json};

use super::ask;
use crate::{
    jobs::steps::{UNLIMITED, post},
    support::{Client, Reply, Server, Socket, TestApp},
};

/// Bytes of the longest description, about.
const DESCRIPTION: usize = 15_000;

/// A gateway with a page of jobs whose descriptions are as long as they may be, and their owner's key.
async fn world(flags: &[&str]) -> (TestApp, Client) {
    let flags = [UNLIMITED, flags].concat();
    let (app, _) = TestApp::with(&flags).await;
    let machine = app.machine("ann").await;
    for _ in 0..100 {
        post(&machine, json!({ "description": "界".repeat(DESCRIPTION / 3) })).await;
    }
    (app, machine)
}

/// The same page several times, 1.5 MB each.
fn pages(count: usize) -> String {
    let page = |number| format!("p{number}: jobs(first: 100) {{ nodes {{ description }} }}");
    format!("{{ {} }}", (0..count).map(page).collect::<Vec<_>>().join(" "))
}

/// The whole answer tells of its size and of nothing else.
fn assert_replaced(answer: &Value) {
    assert_eq!(answer["errors"][0]["extensions"]["code"], "RESPONSE_TOO_LARGE");
    assert_eq!(answer["errors"].as_array().unwrap().len(), 1);
    assert_eq!(answer.get("data"), None, "half an answer");
}

fn assert_whole(reply: &Reply, at_least: usize) {
    assert_eq!(reply.status, 200, "{:.300}", reply.text);
    assert!(reply.text.len() > at_least, "{}", reply.text.len());
    assert_eq!(reply.json().get("errors"), None, "JSON to its end");
}

#[tokio::test]
async fn a12_an_answer_over_10_mb_is_replaced_as_a_whole_over_http_and_on_a_socket() {
    let (app, machine) = world(&[]).await;
    assert_whole(&ask(&machine, &pages(6), json!({})).await, 9_000_000);
    let refused = ask(&machine, &pages(7), json!({})).await;
    assert_eq!(refused.status, 422);
    assert_replaced(&refused.json());
    assert!(refused.text.len() < 1_000 && refused.has("x-request-id"));

    let server = Server::start(&app).await;
    let (mut socket, here) = Socket::of(server.address, &machine).await;
    socket.subscribe("1", &pages(7), &here).await;
    let message = socket.hear().await;
    assert_eq!(message["type"], "next");
    assert_replaced(&message["payload"]);
    assert_eq!(socket.hear().await["type"], "complete");
    assert_whole(&ask(&machine, &pages(1), json!({})).await, 1_500_000);
}

#[tokio::test]
async fn a12_a_page_of_rest_over_the_limit_is_refused_in_its_own_shape() {
    let (_, machine) = world(&["--limit-response-bytes=1000000"]).await;
    assert_whole(&machine.get("/api/jobs?limit=50").await, 750_000);
    let refused = machine.get("/api/jobs?limit=100").await;
    assert_eq!(refused.jobs_error(), "422 RESPONSE_TOO_LARGE");
    assert_eq!(refused.json().get("data"), None);
    assert!(!refused.has("link"), "no way on from a page that was not shown");
    assert_replaced(&ask(&machine, &pages(1), json!({})).await.json());
}
