//! Nothing is lost and nothing is told twice, whoever leaves, writes or is slow.

use futures_util::future::join_all;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{EVENTS, OPEN};
use crate::{
    jobs::steps::{post, published},
    support::{Client, Server, Socket, TestApp},
};

fn position(event: &Value) -> i64 {
    event["event"]["position"].as_i64().unwrap_or_else(|| panic!("no position: {event}"))
}

fn cursor(event: &Value) -> String {
    event["cursor"].as_str().unwrap().to_owned()
}

/// The positions that a listener is told after a cursor, connecting anew after so many each time.
async fn told(
    server: &Server,
    client: &Client,
    mut after: String,
    (each, all): (usize, usize),
) -> Vec<i64> {
    let mut positions = Vec::new();
    while positions.len() < all {
        let (mut socket, _) = Socket::of(server.address, client).await;
        socket.subscribe("1", EVENTS, &after).await;
        for _ in 0..each.min(all - positions.len()) {
            let event = socket.event().await;
            positions.push(position(&event));
            after = cursor(&event);
        }
    }
    positions
}

/// The cursor of now.
async fn here(server: &Server, client: &Client) -> String {
    Socket::of(server.address, client).await.1
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_keeps_connecting_anew_hears_everything_once_while_many_write() {
    let (app, _) = TestApp::with(OPEN).await;
    let replica = app.restarted(OPEN).await;
    let admin = app.admin("zoe").await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let server = Server::start(&app).await;
    let start = here(&server, &admin).await;
    let writers = [ann.clone(), ann.towards(&replica.router), ben.towards(&replica.router), ben];
    let writing = join_all(writers.iter().map(async |writer| {
        for _ in 0..8 {
            published(writer).await;
        }
        // The replica has no Redis to wake this process with.
        app.services.cluster.publish(find_helper::cluster::Topic::Events);
    }));
    let (_, impatient, patient) = tokio::join!(
        writing,
        told(&server, &admin, start.clone(), (3, 64)),
        told(&server, &admin, start.clone(), (64, 64)),
    );
    let expected: Vec<i64> = (1..=64).collect();
    assert_eq!(impatient, expected);
    assert_eq!(patient, expected);
}

#[tokio::test]
async fn what_happened_while_nobody_listened_is_told_in_order_however_much_it_is() {
    let (app, _) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let start = here(&server, &ann).await;
    drop(server);
    // More than one batch.
    for _ in 0..105 {
        published(&ann).await;
    }
    let restarted = app.restarted(OPEN).await;
    let server = Server::start(&restarted).await;
    assert_eq!(told(&server, &ann, start, (210, 210)).await, (1..=210).collect::<Vec<_>>());
}

#[tokio::test]
async fn every_subscription_goes_on_where_it_was() {
    let (app, _) = TestApp::with(OPEN).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let server = Server::start(&app).await;
    let job = published(&ann).await;
    let fields = "{ cursor job { title } }";
    let queries = [
        format!("subscription {{ jobPublished {fields} }}"),
        format!("subscription {{ jobUpdated(id: \"{job}\") {fields} }}"),
        format!("subscription {{ applicationReceived {fields} }}"),
        format!("subscription {{ jobEvents(filter: {{minAmount: 1}}) {fields} }}"),
    ];
    let (mut socket, here) = Socket::of(server.address, &ann).await;
    for number in 0..2 {
        let other = post(&ann, json!({ "title": format!("{number}") })).await;
        crate::jobs::steps::apply(&ben, &other).await;
        let rename = "mutation($id: ID!, $title: String!) {
            updateJob(input: {id: $id, title: $title}) { job { id } } }";
        ann.data(rename, json!({ "id": job, "title": format!("改 {number}") })).await;
    }
    for query in &queries {
        socket.subscribe("1", query, &here).await;
        let message = socket.hear().await;
        let token = message["payload"]["extensions"]["resumeToken"].as_str().unwrap();
        let first = message["payload"]["data"].as_object().unwrap().values().next().unwrap();
        assert_eq!(first["cursor"], token);
        let second = socket.event().await;
        socket.say(&json!({ "id": "1", "type": "complete" })).await;
        socket.subscribe("2", query, token).await;
        loop {
            let message = socket.hear().await;
            if message["id"] == "2" {
                let resumed = message["payload"]["data"].as_object().unwrap().values().next();
                assert_eq!(resumed.unwrap(), &second, "{query}");
                break;
            }
        }
        socket.say(&json!({ "id": "2", "type": "complete" })).await;
        // What was on its way is behind this pong.
        socket.say(&json!({ "type": "ping" })).await;
        while socket.hear().await["type"] != "pong" {}
    }
}

#[tokio::test]
async fn a_cursor_of_a_timeline_serves_as_well_and_a_forged_one_does_not() {
    let (app, _) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let job = published(&ann).await;
    let timeline = "query($id: ID!) { node(id: $id) { ... on Job {
        events { edges { cursor node { kind } } } } } }";
    let edges = ann.data(timeline, json!({ "id": job })).await;
    let first = edges["node"]["events"]["edges"][0]["cursor"].as_str().unwrap().to_owned();
    let (mut socket, here) = Socket::of(server.address, &ann).await;
    let query = "subscription($after: String) { jobEvents(after: $after) { kind } }";
    let ask = |after: &str| {
        json!({ "id": after, "type": "subscribe",
            "payload": { "query": query, "variables": { "after": after } } })
    };
    socket.say(&ask(&first)).await;
    assert_eq!(socket.event().await["kind"], "PUBLISHED");
    let jobs = ann.data("{ jobs { pageInfo { endCursor } } }", json!({})).await;
    let foreign = jobs["jobs"]["pageInfo"]["endCursor"].as_str().unwrap().to_owned();
    let changed = format!("B{}", &here[1..]);
    for forged in ["x", foreign.as_str(), changed.as_str()] {
        socket.say(&ask(forged)).await;
        let message = socket.hear().await;
        assert_eq!(message["type"], "error", "{message}");
        let extensions = &message["payload"][0]["extensions"];
        assert_eq!(extensions["code"], "INVALID_REQUEST");
        assert_eq!(extensions["fields"][0]["path"], "after");
    }
}

#[tokio::test]
async fn who_does_not_read_holds_nobody_up_and_loses_nothing() {
    const JOBS: usize = 120;
    let (app, anon) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let query = "subscription { jobPublished { job { title description } } }";
    let mut sockets = Vec::new();
    for client in [&anon, &ann] {
        let (mut socket, here) = Socket::of(server.address, client).await;
        socket.subscribe("1", query, &here).await;
        sockets.push(socket);
    }
    let [slow, quick] = &mut sockets[..] else { panic!("two") };
    // More than the buffers of a connection hold.
    let description = "長".repeat(5_000);
    for number in 0..JOBS {
        post(&ann, json!({ "title": format!("{number}"), "description": description })).await;
        assert_eq!(quick.event().await["job"]["title"], format!("{number}"));
    }
    for number in 0..JOBS {
        assert_eq!(slow.event().await["job"]["title"], format!("{number}"));
    }
}

#[tokio::test]
async fn whoever_was_away_too_long_is_told_to_fetch_anew() {
    let (app, _) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let start = here(&server, &ann).await;
    published(&ann).await;
    let (mut socket, after_two) = Socket::of(server.address, &ann).await;
    let far = "INSERT INTO job_events (position, job_id, kind, data, created_at) \
               SELECT 10001, job_id, kind, data, created_at FROM job_events WHERE position = 1";
    app.services.db.write().execute_unprepared(far).await.unwrap();
    app.services.cluster.publish(find_helper::cluster::Topic::Events);
    socket.subscribe("1", EVENTS, &start).await;
    let refused = socket.hear().await;
    assert_eq!(refused["type"], "error", "{refused}");
    let field = &refused["payload"][0]["extensions"]["fields"][0];
    assert_eq!(field["path"], "after");
    assert!(field["message"].as_str().unwrap().contains("too old"), "{field}");
    socket.subscribe("2", EVENTS, &after_two).await;
    assert_eq!(position(&socket.event().await), 10_001);
}
