//! Lists whose clients come back later.

use chrono::TimeDelta;
use find_helper::domain::erasure;
use serde_json::json;

use super::{
    OPEN,
    list::{line, list, listening, told, update},
    sse,
};
use crate::{
    account::DELETE,
    jobs::steps::{apply, done, published},
    support::{PASSWORD, Server, Socket, TestApp},
};

#[tokio::test]
async fn whoever_returns_is_told_of_what_left_meanwhile_over_each_transport() {
    let (app, anon) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let mut board = listening(&server, &anon, "city: \"台北\"").await;
    let (moved, gone) = (published(&ann).await, published(&ann).await);
    board.event().await;
    let cursor = board.event().await["cursor"].as_str().unwrap().to_owned();
    drop(board);
    update(&ann, &moved, json!({ "city": "高雄市" })).await;
    update(&ann, &gone, json!({ "city": "高雄市" })).await;
    done(&ann, "cancelJob", &gone).await;
    let new = published(&ann).await;
    // One job is gone already when the first of its two changes is looked at.
    let expected =
        [format!("UPDATED {moved} -"), format!("- {gone} -"), format!("PUBLISHED {new} PUBLISHED")];
    let (mut socket, _) = Socket::of(server.address, &anon).await;
    socket.subscribe("1", &list("city: \"台北\""), &cursor).await;
    let mut events = sse::listen(&anon, &list("city: \"台北\""), &cursor).await;
    assert_eq!(events.next().await.unwrap().id, cursor);
    for expected in expected {
        assert_eq!(told(&mut socket).await, expected);
        assert_eq!(line(&events.next().await.unwrap().json()["data"]["jobListUpdated"]), expected);
    }
    let after = format!("city: \"台北\"}}, after: \"{cursor}\", filter: {{city: \"台北\"");
    let query = list(&after).replacen("filter: {city: \"台北\"}, ", "", 1);
    socket.say(&json!({ "id": "2", "type": "subscribe", "payload": { "query": query } })).await;
    assert_eq!(told(&mut socket).await, format!("UPDATED {moved} -"), "by argument");
}

#[tokio::test]
async fn a_job_that_is_emptied_with_its_owners_account_leaves_the_lists_of_its_applicants() {
    let (app, _) = TestApp::with(OPEN).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = published(&ann).await;
    apply(&ben, &job).await;
    let server = Server::start(&app).await;
    let (mut socket, here) = Socket::of(server.address, &ben).await;
    socket.subscribe("1", &list("city: \"台北\""), &here).await;
    ann.data(DELETE, json!({ "password": PASSWORD })).await;
    assert_eq!(told(&mut socket).await, format!("PAUSED {job} PAUSED"));
    app.advance(TimeDelta::days(14));
    assert_eq!(erasure::erase_due(&app.services).await.unwrap(), 1);
    let ben = app.signed_in("ben@example.com").await;
    let (mut socket, _) = Socket::of(server.address, &ben).await;
    socket.subscribe("1", &list("city: \"台北\""), &here).await;
    socket.subscribe("2", &list(""), &here).await;
    let mut told_of = [Vec::new(), Vec::new()];
    while told_of[0].len() + told_of[1].len() < 4 {
        let message = socket.hear().await;
        let list = usize::from(message["id"] == "2");
        told_of[list].push(line(&message["payload"]["data"]["jobListUpdated"]));
    }
    assert_eq!(told_of[0], [format!("PAUSED {job} -"), format!("CANCELLED {job} -")]);
    let as_it_is = ["PAUSED", "CANCELLED"].map(|kind| format!("{kind} {job} CANCELLED"));
    assert_eq!(told_of[1], as_it_is);
}
