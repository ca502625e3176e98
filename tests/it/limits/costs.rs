//! What operations cost, and how much of it is allowed.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{retry_after, standing};
use crate::support::{Client, Reply, TestApp};

const PAGE: &str = "query($n: Int) { jobs(first: $n) { nodes { id title } } }";

/// `extensions.cost`: cost, limit, remaining.
fn cost(reply: &Reply) -> [u64; 3] {
    let told = reply.cost.as_ref().expect("a cost");
    ["cost", "limit", "remaining"].map(|name| told[name].as_u64().unwrap())
}

async fn page(client: &Client, size: u32) -> Reply {
    client.gql(PAGE, json!({ "n": size })).await
}

#[tokio::test]
async fn an_operation_costs_its_fields_times_the_sizes_of_their_pages() {
    let (app, anon) = TestApp::new().await;
    assert_eq!(cost(&page(&anon, 10).await), [51, 500_000, 499_949], "20 are for the list");
    assert_eq!(cost(&page(&anon, 100).await), [321, 500_000, 499_628]);
    app.advance(TimeDelta::seconds(61));
    assert_eq!(cost(&page(&anon, 1).await), [24, 500_000, 499_976], "a minute later");
}

#[tokio::test]
async fn the_field_tells_what_the_extension_tells() {
    let (_, anon) = TestApp::new().await;
    let query = "{ jobTypes { slug } rateLimit { cost limit remaining resetAt } }";
    let reply = anon.gql(query, json!({})).await;
    let json = reply.json();
    assert_eq!(Some(&json["data"]["rateLimit"]), reply.cost.as_ref());
    assert_eq!(json["data"]["rateLimit"]["cost"], 17);
}

#[tokio::test]
async fn a_dry_run_tells_the_price_and_does_nothing_else() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let query = "query($dry: Boolean = true) {
        rateLimit(dryRun: $dry) { cost remaining } jobs(first: 100) { nodes { id owner { id } } } }";
    let before = app.statements(ann.gql("{ __typename }", json!({}))).await;
    let statements = app.statements(ann.gql(query, json!({}))).await;
    assert_eq!(statements, before, "no job is read");
    let dry = ann.gql(query, json!({})).await;
    let price = 300 + 100 + 1 + 20 + 3;
    assert_eq!(dry.json()["data"], json!({ "rateLimit": { "cost": price, "remaining": 499_999 } }));
    assert_eq!(standing(&dry).1, 597, "it counts as a request");
    let real = ann.gql(query, json!({ "dry": false })).await;
    assert_eq!(real.json()["data"]["jobs"], json!({ "nodes": [] }));
    assert_eq!(cost(&real)[2], 499_999 - price);
}

#[tokio::test]
async fn who_has_spent_all_waits_until_enough_is_left() {
    let flags = ["--limit-cost-per-minute=740", "--limit-query-cost=740"];
    let (app, anon) = TestApp::with(&flags).await;
    page(&anon, 100).await;
    app.advance(TimeDelta::seconds(20));
    page(&anon, 100).await;
    let refused = page(&anon, 100).await;
    assert_eq!(retry_after(&refused), 40, "when the first has left");
    assert_eq!(refused.json()["errors"][0]["extensions"]["code"], "RATE_LIMIT_EXCEEDED");
    assert_eq!(standing(&refused).1, 597, "X-RateLimit speaks of requests, and it was one");
    assert!(refused.header("ratelimit").contains("\"cost\";r=98;t=40"), "{refused:?}");
    assert_eq!(page(&anon, 20).await.status, 200, "something smaller fits");
    app.advance(TimeDelta::seconds(40));
    assert_eq!(page(&anon, 100).await.status, 200);
}

#[tokio::test]
async fn a_list_of_ids_is_as_long_as_it_is() {
    let (_, anon) = TestApp::new().await;
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    assert_eq!(cost(&anon.gql(query, json!({ "ids": ["job_1", "job_1", "job_1"] })).await)[0], 34);
    let literal = "{ nodes(ids: [\"job_1\", \"job_2\"]) { ... on Job { id title } } }";
    assert_eq!(cost(&anon.gql(literal, json!({})).await)[0], 25);
    let page = "owner { jobs(first: 100) { nodes { id title city status jobType } } }";
    let deep = format!("query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Job {{ {page} }} }} }}");
    let refused = anon.gql(&deep, json!({ "ids": vec!["job_1"; 100] })).await;
    assert_eq!(refused.json()["errors"][0]["extensions"]["code"], "QUERY_TOO_COMPLEX");
}

#[tokio::test]
async fn rest_and_graphql_spend_from_one_purse_and_each_caller_has_its_own() {
    let (app, anon) = TestApp::new().await;
    let machine = app.machine("ann").await;
    let rest = machine.get("/api/jobs").await;
    let left = |reply: &Reply| -> Value {
        let header = reply.header("ratelimit").to_owned();
        let (_, cost) = header.split_once("\"cost\";r=").unwrap();
        cost.split(';').next().unwrap().parse::<u64>().unwrap().into()
    };
    let after_rest = left(&rest).as_u64().unwrap();
    assert!(after_rest < 500_000);
    assert_eq!(cost(&page(&machine, 1).await)[2], after_rest - 24);
    assert_eq!(cost(&page(&anon, 1).await)[2], 499_976);
    let ann = app.signed_in("ann@example.com").await;
    assert_eq!(cost(&page(&ann, 1).await)[2], 499_976, "the person is not the key");
}

#[tokio::test]
async fn what_is_refused_before_it_runs_costs_a_request_and_no_more() {
    let (_, anon) = TestApp::new().await;
    let wrong = anon.gql("{ nothing }", json!({})).await;
    assert_eq!(wrong.cost, None);
    assert!(!wrong.header("ratelimit").contains("cost"));
    assert_eq!(standing(&wrong).1, 59);
}
