//! The last requests with keys, and how those that are counted ended.

use std::pin::pin;

use find_helper::domain::{
    keys::{save_requests, save_usage},
    limits::minute_of_key,
};
use futures_util::FutureExt;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::{
    account::DELETE,
    jobs::steps::{UNLIMITED, job_with, outcome},
    keys::making::program,
    support::{Client, PASSWORD, Server, Socket, TestApp, patiently, socket},
};

const REQUESTS: &str = "query($id: ID!) { apiKey(id: $id) { recentRequests {
    at route operation outcome status code durationMs requestId } } }";
const COUNTS: &str = "query($id: ID!) { apiKey(id: $id) { usage(days: 1) {
    total { requests answered clientErrors refused serverErrors }
    today { requests }
    days { requests answered clientErrors refused serverErrors } } } }";

async fn requests(member: &Client, id: &str) -> Vec<Value> {
    let found = member.data(REQUESTS, json!({ "id": id })).await["apiKey"]["recentRequests"].take();
    found.as_array().unwrap().clone()
}

/// Route, outcome, status and code of each.
async fn told(member: &Client, id: &str) -> Vec<Value> {
    let told = |it: &Value| json!([it["route"], it["outcome"], it["status"], it["code"]]);
    requests(member, id).await.iter().map(told).collect()
}

#[tokio::test]
async fn the_last_requests_are_told_with_how_they_ended_newest_first() {
    let (app, _) = TestApp::with(&["--limit-key-per-minute=6"]).await;
    let ann = app.member("ann").await;
    let (program, id) = program(&app, &ann, json!({ "scopes": ["JOBS_READ"] })).await;
    assert_eq!(requests(&ann, &id).await, [json!(null); 0]);
    let first = program.get("/api/jobs?city=台北市").await;
    program.get("/api/jobs/999").await;
    program.post("/api/jobs", job_with(&json!({}))).await;
    program.gql("query Missing { a: job(by: {id: \"user_1\"}) { id } }", json!({})).await;
    program.gql("{ nothing }", json!({})).await;
    app.panic_at(Some("jobs"));
    program.gql("query { jobs { totalCount } }", json!({})).await;
    app.panic_at(None);
    program.get("/api/jobs").await;
    let expected = [
        json!(["GET /api/jobs", "REFUSED", 429, "RATE_LIMIT_EXCEEDED"]),
        json!(["query jobs", "SERVER_ERROR", 200, "INTERNAL_ERROR"]),
        json!(["graphql", "CLIENT_ERROR", 200, "GRAPHQL_VALIDATION_FAILED"]),
        json!(["query job", "CLIENT_ERROR", 200, "INVALID_REQUEST"]),
        json!(["POST /api/jobs", "CLIENT_ERROR", 403, "FORBIDDEN"]),
        json!(["GET /api/jobs/{id}", "CLIENT_ERROR", 404, "NOT_FOUND"]),
        json!(["GET /api/jobs", "ANSWERED", 200, null]),
    ];
    assert_eq!(told(&ann, &id).await, expected);
    let all = requests(&ann, &id).await;
    assert_eq!(all[3]["operation"], "Missing");
    assert_eq!(all[6]["operation"], json!(null), "names of our own documents tell nothing");
    assert_eq!(all[6]["requestId"], first.header("x-request-id"));
    assert_eq!(all[6]["at"], "2026-02-07T08:00:00.000Z");
    assert!(all.iter().all(|it| it["durationMs"].as_i64().unwrap() >= 0), "{all:?}");
    let usage = ann.data(COUNTS, json!({ "id": id })).await["apiKey"]["usage"].take();
    let split =
        json!({ "requests": 7, "answered": 1, "clientErrors": 4, "refused": 1, "serverErrors": 1 });
    let expected = json!({ "total": split, "today": { "requests": 7 }, "days": [split] });
    assert_eq!(usage, expected);
    save_usage(&app.services).await.unwrap();
    let usage = ann.data(COUNTS, json!({ "id": id })).await["apiKey"]["usage"].take();
    assert_eq!(usage, expected, "the same when it is written");
}

#[tokio::test]
async fn s20_a_hundred_requests_are_kept_whatever_a_program_sends_and_wherever() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let replica = app.restarted(UNLIMITED).await;
    let ann = app.member("ann").await;
    let (program, id) = program(&app, &ann, json!({})).await;
    let there = program.towards(&replica.router);
    for number in 0..105 {
        program.get(&format!("/api/jobs/{number}")).await;
    }
    app.advance(chrono::TimeDelta::seconds(1));
    for _ in 0..3 {
        there.get("/api/jobs").await;
    }
    let rows = async || app.count("SELECT count(*) FROM api_key_requests").await;
    assert_eq!((rows().await, requests(&ann, &id).await.len()), (0, 100));
    save_requests(&app.services).await.unwrap();
    save_requests(&replica.services).await.unwrap();
    assert_eq!(rows().await, 100);
    let told = told(&ann, &id).await;
    let listed = told.iter().filter(|it| it[0] == "GET /api/jobs").count();
    assert_eq!((told.len(), listed, &told[0][0]), (100, 3, &json!("GET /api/jobs")));
    assert_eq!(app.statements(save_requests(&app.services)).await, 0, "nothing to write");
}

#[tokio::test]
async fn requests_that_cannot_be_written_are_kept_in_their_order() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (program, id) = program(&app, &ann, json!({})).await;
    program.get("/api/jobs/1").await;
    app.execute("ALTER TABLE api_key_requests RENAME TO elsewhere").await;
    assert!(save_requests(&app.services).await.is_err());
    app.execute("ALTER TABLE elsewhere RENAME TO api_key_requests").await;
    program.get("/api/jobs").await;
    save_requests(&app.services).await.unwrap();
    let routes: Vec<_> = told(&ann, &id).await.iter().map(|it| it[0].clone()).collect();
    assert_eq!(routes, ["GET /api/jobs", "GET /api/jobs/{id}"]);
}

#[tokio::test]
async fn a_program_that_leaves_before_the_answer_is_told_apart() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (program, id) = program(&app, &ann, json!({})).await;
    program.get("/api/jobs").await;
    // The change waits for its owner's row, on SQLite for all rows.
    let held = app.services.db.begin().await.unwrap();
    held.execute_unprepared("UPDATE users SET name = name").await.unwrap();
    {
        let create =
            "mutation($input: CreateJobInput!) { createJob(input: $input) { job { id } } }";
        let mut request = pin!(program.gql(create, json!({ "input": job_with(&json!({})) })));
        while minute_of_key(&app.services, 1).await.used < 2 {
            assert!(request.as_mut().now_or_never().is_none(), "it waits");
            tokio::task::yield_now().await;
        }
    }
    drop(held);
    let expected = json!(["mutation createJob", "CLIENT_ERROR", 499, null]);
    assert_eq!(told(&ann, &id).await[0], expected);
}

#[tokio::test]
async fn operations_over_a_socket_have_no_status_and_subscriptions_count_when_they_begin() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (program, id) = program(&app, &ann, json!({})).await;
    let server = Server::start(&app).await;
    let mut talk = Socket::open(server.address).await;
    let payload = socket::shown(&program);
    talk.say(&json!({ "type": "connection_init", "payload": payload })).await;
    assert_eq!(talk.hear().await["type"], "connection_ack");
    let query = json!({ "query": "query Mine { job(by: {id: \"user_1\"}) { id } }" });
    talk.say(&json!({ "id": "1", "type": "subscribe", "payload": query })).await;
    assert_eq!(talk.hear().await["type"], "next");
    let news = json!({ "query": "subscription { jobPublished { job { id } } }" });
    talk.say(&json!({ "id": "2", "type": "subscribe", "payload": news })).await;
    let all = patiently(async {
        loop {
            let told = told(&ann, &id).await;
            if told.len() == 3 {
                break told;
            }
            tokio::task::yield_now().await;
        }
    });
    let expected = [
        json!(["subscription jobPublished", "ANSWERED", null, null]),
        json!(["query job", "CLIENT_ERROR", null, "INVALID_REQUEST"]),
        json!(["websocket", "ANSWERED", 101, null]),
    ];
    assert_eq!(all.await, expected);
}

#[tokio::test]
async fn the_name_of_an_operation_is_cut_and_nothing_else_that_was_sent_is_kept() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (program, id) = program(&app, &ann, json!({})).await;
    let name = "n".repeat(70);
    let query = format!(
        "query {name}($city: String) {{ a: jobs(filter: {{city: $city}}) {{ totalCount }} }}"
    );
    program.gql(&query, json!({ "city": "秘密市" })).await;
    program.get("/api/jobs?city=秘密市").await;
    save_requests(&app.services).await.unwrap();
    let found = requests(&ann, &id).await;
    assert_eq!(found[1]["operation"], "n".repeat(64));
    assert!(!json!(found).to_string().contains("秘密"), "{found:?}");
}

#[tokio::test]
async fn the_requests_of_all_keys_are_one_statement_and_their_owners_alone() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (asks, id) = program(&app, &ann, json!({})).await;
    for _ in 0..4 {
        program(&app, &ann, json!({})).await.0.get("/api/jobs").await;
    }
    let list = "{ apiKeys { nodes { recentRequests { at } usage { total { requests } } } } }";
    assert_eq!(app.statements(ann.data(list, json!({}))).await, 4, "session, keys, both");
    let admin = app.admin("root").await;
    for (client, expected) in [(&asks, "FORBIDDEN"), (&ben, "null"), (&admin, "null")] {
        assert_eq!(outcome(&client.gql(REQUESTS, json!({ "id": id })).await), expected);
    }
}

#[tokio::test]
async fn s20_the_requests_of_an_erased_account_are_gone_and_none_comes_later() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (program, _) = program(&app, &ann, json!({})).await;
    app.admin("other").await;
    program.gql("query Mine { jobs { totalCount } }", json!({})).await;
    save_requests(&app.services).await.unwrap();
    let rows = async || app.count("SELECT count(*) FROM api_key_requests").await;
    assert_eq!(rows().await, 1);
    program.gql("query Mine { jobs { totalCount } }", json!({})).await;
    let leave = json!({ "password": PASSWORD });
    assert_eq!(outcome(&ann.gql(DELETE, leave).await), "ok");
    app.advance(chrono::TimeDelta::days(31));
    find_helper::domain::erasure::erase_due(&app.services).await.unwrap();
    assert_eq!(rows().await, 0);
    save_requests(&app.services).await.unwrap();
    assert_eq!(rows().await, 0, "what was in memory when the account was erased");
}
