//! How often keys are used for what.

use std::sync::Arc;

use chrono::TimeDelta;
use find_helper::domain::{Services, keys::save_usage};
use serde_json::{Value, json};

use crate::{
    jobs::steps::{UNLIMITED, fields, outcome},
    keys::making::{halves, program},
    support::{Client, Server, Socket, TestApp, socket},
};

const USAGE: &str = "query($id: ID!, $days: Int!) { apiKey(id: $id) { usage(days: $days) {
    days { date requests refused } routes { route requests refused }
    minute { limit used resetAt } day { limit used resetAt } } } }";

async fn usage(member: &Client, id: &str, days: i64) -> Value {
    member.data(USAGE, json!({ "id": id, "days": days })).await["apiKey"]["usage"].take()
}

/// Route, requests and how many of them were refused.
fn routes(usage: &Value) -> Vec<(String, i64, i64)> {
    let number = |value: &Value| value.as_i64().unwrap();
    let routes = usage["routes"].as_array().unwrap().iter();
    routes
        .map(|it| {
            let route = it["route"].as_str().unwrap().to_owned();
            (route, number(&it["requests"]), number(&it["refused"]))
        })
        .collect()
}

async fn save(services: &Arc<Services>) {
    save_usage(services).await.unwrap();
}

#[tokio::test]
async fn each_request_counts_for_its_route_or_first_root_field() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (program, id) = program(&app, &ann, json!({})).await;
    for _ in 0..3 {
        program.get("/api/jobs?city=x").await;
    }
    program.get("/api/jobs/1").await;
    program.get("/api/jobs/2").await;
    program.post("/api/jobs", json!({})).await;
    program.gql("{ a: jobs { totalCount } jobTypes { slug } }", json!({})).await;
    program
        .gql("query Other { ...F } fragment F on Query { jobs { totalCount } }", json!({}))
        .await;
    program.gql("mutation { publishJob(input: {id: \"job_9\"}) { job { id } } }", json!({})).await;
    program.gql("{ nothing }", json!({})).await;
    program.get("/user").await;
    program.clone().with_key(1, &halves(&program).0, "wrong").get("/api/jobs").await;
    let expected = [
        ("GET /api/jobs", 3),
        ("GET /api/jobs/{id}", 2),
        ("query jobs", 2),
        ("POST /api/jobs", 1),
        ("graphql", 1),
        ("mutation publishJob", 1),
    ]
    .map(|(route, requests)| (route.to_owned(), requests, 0));
    let found = usage(&ann, &id, 1).await;
    assert_eq!(routes(&found), expected);
    assert_eq!(found["days"], json!([{ "date": "2026-02-07", "requests": 10, "refused": 0 }]));
    assert_eq!(found["day"]["used"], 10, "as the limit counts them");
}

#[tokio::test]
async fn a_socket_counts_when_it_opens_and_for_each_of_its_operations() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (program, id) = program(&app, &ann, json!({})).await;
    let server = Server::start(&app).await;
    let mut talk = Socket::open(server.address).await;
    let payload = socket::shown(&program);
    talk.say(&json!({ "type": "connection_init", "payload": payload })).await;
    assert_eq!(talk.hear().await["type"], "connection_ack");
    let query = json!({ "query": "{ jobs { totalCount } }" });
    talk.say(&json!({ "id": "1", "type": "subscribe", "payload": query })).await;
    assert_eq!(talk.hear().await["type"], "next");
    let expected = [("query jobs".to_owned(), 1, 0), ("websocket".to_owned(), 1, 0)];
    assert_eq!(routes(&usage(&ann, &id, 1).await), expected);
}

#[tokio::test]
async fn what_a_limit_refuses_is_told_apart_and_leaves_the_limit_alone() {
    let (app, _) = TestApp::with(&["--limit-key-per-minute=2"]).await;
    let ann = app.member("ann").await;
    let (program, id) = program(&app, &ann, json!({})).await;
    app.advance(TimeDelta::seconds(20));
    for status in [200, 200, 429, 429, 429] {
        assert_eq!(program.get("/api/jobs").await.status, status);
    }
    let found = usage(&ann, &id, 1).await;
    assert_eq!(routes(&found), [("GET /api/jobs".to_owned(), 5, 3)]);
    let quota = |limit, used, at| json!({ "limit": limit, "used": used, "resetAt": at });
    assert_eq!(found["minute"], quota(2, 2, "2026-02-07T08:01:20.000Z"));
    assert_eq!(found["day"], quota(10_000, 2, "2026-02-08T00:00:00.000Z"));
    assert_eq!(usage(&ann, &id, 1).await["minute"], found["minute"], "to look costs nothing");
}

#[tokio::test]
async fn no_request_writes_and_what_is_written_later_adds_up_over_replicas_and_restarts() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let replica = app.restarted(UNLIMITED).await;
    let ann = app.member("ann").await;
    let (program, id) = program(&app, &ann, json!({})).await;
    let there = program.towards(&replica.router);
    let ask = async |program: &Client| assert_eq!(program.get("/api/jobs").await.status, 200);
    ask(&program).await;
    assert_eq!(app.statements(ask(&program)).await, 2, "who it is, and the jobs");
    ask(&there).await;
    let requests = async |member: &Client| routes(&usage(member, &id, 1).await)[0].1;
    assert_eq!(requests(&ann).await, 2, "what this replica has not written counts");
    assert_eq!(requests(&ann.towards(&replica.router)).await, 1);
    save(&app.services).await;
    save(&replica.services).await;
    save(&replica.services).await;
    ask(&there).await;
    assert_eq!(requests(&ann.towards(&replica.router)).await, 4);
    save(&replica.services).await;
    let again = app.restarted(UNLIMITED).await;
    assert_eq!(requests(&ann.towards(&again.router)).await, 4);
    assert_eq!(again.statements(save(&again.services)).await, 0, "nothing to write");
}

#[tokio::test]
async fn counts_that_cannot_be_written_are_kept() {
    use sea_orm::ConnectionTrait;
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (program, id) = program(&app, &ann, json!({})).await;
    program.get("/api/jobs").await;
    let rename = async |from: &str, to: &str| {
        let statement = format!("ALTER TABLE {from} RENAME TO {to}");
        app.services.db.write().execute_unprepared(&statement).await.unwrap();
    };
    rename("api_key_usage", "elsewhere").await;
    assert!(save_usage(&app.services).await.is_err());
    rename("elsewhere", "api_key_usage").await;
    program.get("/api/jobs").await;
    save(&app.services).await;
    assert_eq!(routes(&usage(&ann, &id, 1).await), [("GET /api/jobs".to_owned(), 2, 0)]);
}

#[tokio::test]
async fn the_end_of_the_process_writes_what_is_left() {
    let (app, _) = TestApp::with(&["--http-drain-delay-ms=0"]).await;
    let ann = app.member("ann").await;
    let (program, id) = program(&app, &ann, json!({})).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    // The tasks behind the scenes write at the start; of so many requests they miss the last.
    let requests = async {
        for _ in 0..50 {
            program.get("/api/jobs").await;
        }
    };
    app.app().serve(listener, None, requests).await.unwrap();
    let again = app.restarted(&[]).await;
    let found = usage(&ann.towards(&again.router), &id, 1).await;
    assert_eq!(routes(&found), [("GET /api/jobs".to_owned(), 50, 0)]);
}

#[tokio::test]
async fn days_are_utc_days_and_those_without_a_request_are_there_too() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (program, id) = program(&app, &ann, json!({})).await;
    app.advance(TimeDelta::hours(16) - TimeDelta::milliseconds(1));
    program.get("/api/jobs").await;
    save(&app.services).await;
    app.advance(TimeDelta::milliseconds(1));
    program.get("/api/jobs").await;
    app.advance(TimeDelta::days(2));
    let ann = app.signed_in("ann@example.com").await;
    let day =
        |date: &str, requests: i64| json!({ "date": date, "requests": requests, "refused": 0 });
    let days =
        [day("2026-02-07", 1), day("2026-02-08", 1), day("2026-02-09", 0), day("2026-02-10", 0)];
    assert_eq!(usage(&ann, &id, 4).await["days"], json!(days));
    let three = usage(&ann, &id, 3).await;
    assert_eq!(three["days"], json!(days[1..]));
    assert_eq!(routes(&three), [("GET /api/jobs".to_owned(), 1, 0)], "of these days");
    let default = "query($id: ID!) { apiKey(id: $id) { usage { days { date } } } }";
    let default = ann.data(default, json!({ "id": id })).await;
    assert_eq!(default["apiKey"]["usage"]["days"].as_array().unwrap().len(), 30);
}

#[tokio::test]
async fn the_usage_of_all_keys_is_one_statement_and_its_owners_alone() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (asks, id) = program(&app, &ann, json!({})).await;
    for _ in 0..4 {
        program(&app, &ann, json!({})).await;
    }
    let list = "{ apiKeys { nodes { usage { days { requests } } } } }";
    assert_eq!(app.statements(ann.data(list, json!({}))).await, 3, "session, keys, usage");
    let variables = || json!({ "id": id, "days": 1 });
    assert_eq!(outcome(&asks.gql(USAGE, variables()).await), "FORBIDDEN");
    assert_eq!(outcome(&ben.gql(USAGE, variables()).await), "null");
    for days in [0, 91] {
        let reply = ann.gql(USAGE, json!({ "id": id, "days": days })).await;
        assert_eq!(fields(&reply), ["days"]);
    }
}
