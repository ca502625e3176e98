//! Operations of a socket that wait, for their turn or at the end of the gateway.

use find_helper::domain::store::database::Transaction;
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::{Value, json};

use super::{OPEN, open_and};
use crate::{
    jobs::steps::published,
    support::{Server, Socket, TestApp},
};

const PUBLICATIONS: &str = "subscription { jobPublished { kind } }";
const MUTATION: &str = "mutation { createJob(input: {
    title: \"x\", jobType: \"pet\", city: \"台北市\", address: \"x\", estimatedAmount: 1 }) { job { title } } }";

/// Holds up whoever writes jobs.
async fn hold(app: &TestApp) -> Transaction {
    let held = app.services.db.begin().await.unwrap();
    if app.services.db.backend() == DbBackend::Postgres {
        held.execute_unprepared("LOCK TABLE jobs IN EXCLUSIVE MODE").await.unwrap();
    }
    held
}

/// Begins an operation and waits until the gateway has read so.
async fn begin(socket: &mut Socket, id: &str, query: &str) {
    socket.say(&json!({ "id": id, "type": "subscribe", "payload": { "query": query } })).await;
    socket.say(&json!({ "type": "ping" })).await;
    assert_eq!(socket.hear().await["type"], "pong");
}

fn next(id: &str, data: &Value) -> Value {
    json!({ "id": id, "type": "next", "payload": { "data": data } })
}

fn complete(id: &str) -> Value {
    json!({ "id": id, "type": "complete" })
}

#[tokio::test]
async fn an_operation_waits_until_its_answer_is_sure_to_have_room() {
    let (app, _) = TestApp::with(&open_and(&["--limit-socket-bytes=1"])).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let (mut socket, here) = Socket::of(server.address, &ann).await;
    let held = hold(&app).await;
    begin(&mut socket, "slow", MUTATION).await;
    begin(&mut socket, "fast", "{ __typename }").await;
    held.rollback().await.unwrap();
    let created = json!({ "createJob": { "job": { "title": "x" } } });
    assert_eq!(socket.hear().await, next("slow", &created));
    assert_eq!(socket.hear().await, complete("slow"));
    assert_eq!(socket.hear().await, next("fast", &json!({ "__typename": "Query" })));
    assert_eq!(socket.hear().await, complete("fast"));
    for id in ["1", "2"] {
        socket.subscribe(id, PUBLICATIONS, &here).await;
    }
    for _ in 0..3 {
        published(&ann).await;
    }
    for _ in 0..6 {
        assert_eq!(socket.event().await["kind"], "PUBLISHED", "who only listens takes no room");
    }
}

#[tokio::test]
async fn a_mutation_in_flight_at_the_end_is_answered_before_its_socket_goes_away() {
    let (app, _) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let (mut socket, _) = Socket::of(server.address, &ann).await;
    begin(&mut socket, "events", PUBLICATIONS).await;
    let held = hold(&app).await;
    begin(&mut socket, "slow", MUTATION).await;
    server.stop.send(()).unwrap();
    app.app().gateway.closing().await;
    held.rollback().await.unwrap();
    let created = json!({ "createJob": { "job": { "title": "x" } } });
    assert_eq!(socket.hear().await, next("slow", &created));
    assert_eq!(socket.hear().await, complete("slow"));
    assert_eq!(socket.closed().await, (1001, "Going away".into()));
    server.ended.await.unwrap().unwrap();
}
