//! What many hear is read once.

use serde_json::json;

use super::OPEN;
use crate::{
    jobs::steps::{done, post, published},
    support::{Client, Server, Socket, TestApp},
};

const PUBLISHED: &str = "subscription { jobPublished { job { id title } } }";

/// Whether a statement looks for jobs whose time has come, or reads the log, which is done once for all and by
/// whoever makes notices; other chores name no jobs.
fn is_chore(sql: &str) -> bool {
    let times = ["expires_at", "reported_at", "scheduled_at"];
    sql.contains("FROM \"job_events\"")
        || times.iter().any(|time| sql.contains(&format!("\"jobs\".\"{time}\" ")))
}

/// The statements that name a table, from a publication until all listeners of one client have heard of it.
async fn statements(
    (app, server): (&TestApp, &Server),
    client: &Client,
    table: &str,
    listeners: usize,
) -> usize {
    let owner = app.member(&format!("owner-{listeners}-of-{table}")).await;
    let (mut socket, here) = Socket::of(server.address, client).await;
    for id in 0..listeners {
        socket.subscribe(&id.to_string(), PUBLISHED, &here).await;
    }
    // All listen: they have heard of a first job.
    published(&owner).await;
    for _ in 0..listeners {
        socket.event().await;
    }
    let sql = app.sql_of(async {
        let job = published(&owner).await;
        for _ in 0..listeners {
            assert_eq!(socket.event().await["job"]["id"], job);
        }
    });
    let is_counted = |sql: &&String| sql.contains(&format!("\"{table}\"")) && !is_chore(sql);
    let statements = sql.await.iter().filter(is_counted).count();
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
    for table in ["jobs", "sessions"] {
        let alone = statements((&app, &server), &anon, table, 1).await;
        assert_eq!(statements((&app, &server), &anon, table, 20).await, alone, "{table}");
    }
}

/// The last event of a socket with this id.
async fn until_told(socket: &mut Socket, job: &str) {
    while socket.event().await["job"]["id"] != job {}
}

#[tokio::test]
async fn s05_a_job_is_read_once_for_all_filters_and_those_left_out_cost_no_statement() {
    let (app, anon) = TestApp::with(OPEN).await;
    let (owner, ben) = (app.member("owner").await, app.member("ben").await);
    let server = Server::start(&app).await;
    let (mut hears, here) = Socket::of(server.address, &anon).await;
    hears.subscribe("all", PUBLISHED, &here).await;
    let mut others = Vec::new();
    for client in [&anon, &ben] {
        let (mut socket, here) = Socket::of(server.address, client).await;
        for number in 0..15 {
            let filter = format!("{{minAmount: {}}}", 9_000_000 + number);
            let query =
                format!("subscription {{ jobPublished(filter: {filter}) {{ job {{ id }} }} }}");
            socket.subscribe(&number.to_string(), &query, &here).await;
        }
        socket.subscribe("all", PUBLISHED, &here).await;
        others.push(socket);
    }
    let first = published(&owner).await;
    for socket in std::iter::once(&mut hears).chain(&mut others) {
        until_told(socket, &first).await;
    }
    let sql = app.sql_of(async {
        let job = published(&owner).await;
        for socket in std::iter::once(&mut hears).chain(&mut others) {
            until_told(socket, &job).await;
        }
    });
    let sql = sql.await;
    let reads = |table: &str| {
        let from = format!("FROM \"{table}\"");
        sql.iter()
            .filter(|text| text.starts_with("SELECT \"jobs\"") || table != "jobs")
            .filter(|text| !is_chore(text))
            .filter(|text| text.contains(&from))
            .count()
    };
    assert_eq!(reads("jobs"), 1, "{sql:#?}");
    // Ben, who is told, and the owner who posts.
    assert!(reads("sessions") <= 2, "nobody is looked up who is left out: {sql:#?}");
}

#[tokio::test]
async fn s05_looking_at_events_that_are_not_told_is_charged() {
    let (app, anon) = TestApp::with(OPEN).await;
    let owner = app.member("owner").await;
    let server = Server::start(&app).await;
    // Whoever connects to the server has this address.
    let anon = anon.at("127.0.0.1");
    let (mut socket, here) = Socket::of(server.address, &anon).await;
    let query = "subscription { jobPublished(filter: {minAmount: 9000}) { job { id } } }";
    socket.subscribe("1", query, &here).await;
    let left = async || {
        let reply = anon.gql("{ rateLimit { cost } }", json!({})).await;
        reply.cost.unwrap()["remaining"].as_i64().unwrap()
    };
    let dear = async || post(&owner, json!({ "estimatedAmount": 9_000, "publish": true })).await;
    dear().await;
    socket.event().await;
    let before = left().await;
    for _ in 0..60 {
        published(&owner).await;
    }
    dear().await;
    socket.event().await;
    let told = 20 + 3 + 2;
    let looked_at = before - left().await - told;
    assert!((50..=150).contains(&looked_at), "{looked_at}");
}

#[tokio::test]
async fn each_member_is_looked_up_anew_and_the_job_is_not() {
    let (app, _) = TestApp::with(OPEN).await;
    let ben = app.member("ben").await;
    let server = Server::start(&app).await;
    for (table, each) in [("sessions", 19), ("jobs", 0)] {
        let alone = statements((&app, &server), &ben, table, 1).await;
        assert_eq!(statements((&app, &server), &ben, table, 20).await, alone + each, "{table}");
    }
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
