//! Notices as they come: in order, without a gap, to their reader only.

use find_helper::cluster::Topic;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{apply, done, published, text},
    realtime::OPEN,
    support::{Server, Socket, TestApp},
};

const HEARD: &str = "subscription { noticeReceived { cursor notice { kind } unreadCount } }";

/// The kind of a notice that is heard.
fn kind(news: &Value) -> String {
    text(&news["notice"]["kind"])
}

#[tokio::test(flavor = "multi_thread")]
async fn who_connects_anew_hears_what_came_meanwhile_once_and_nothing_of_others() {
    let (app, _) = TestApp::with(OPEN).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let server = Server::start(&app).await;
    let job = published(&ann).await;
    let (mut socket, here) = Socket::of(server.address, &ann).await;
    socket.subscribe("1", HEARD, &here).await;
    let application = apply(&ben, &job).await;
    let first = socket.event().await;
    assert_eq!((kind(&first), &first["unreadCount"]), ("APPLICATION_RECEIVED".into(), &json!(1)));
    drop(socket);
    done(&ben, "withdrawApplication", &application).await;
    apply(&ben, &job).await;
    let (mut socket, _) = Socket::of(server.address, &ann).await;
    socket.subscribe("1", HEARD, &text(&first["cursor"])).await;
    let (second, third) = (socket.event().await, socket.event().await);
    assert_eq!([kind(&second), kind(&third)], ["APPLICATION_WITHDRAWN", "APPLICATION_RECEIVED"]);
    // Ben was told nothing until now: the first that he hears is this.
    let (mut other, here) = Socket::of(server.address, &ben).await;
    other.subscribe("1", HEARD, &here).await;
    done(&ann, "cancelJob", &job).await;
    assert_eq!(kind(&other.event().await), "JOB_CANCELLED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listener_whose_session_ends_hears_no_more() {
    let (app, _) = TestApp::with(OPEN).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let server = Server::start(&app).await;
    let (mut socket, here) = Socket::of(server.address, &ann).await;
    socket.subscribe("1", HEARD, &here).await;
    let job = published(&ann).await;
    ann.data("mutation { logout { ok } }", json!({})).await;
    apply(&ben, &job).await;
    app.services.cluster.publish(Topic::Events);
    let (code, _) = socket.closed().await;
    assert_eq!(code, 4401);
}

#[tokio::test]
async fn a_cursor_of_something_else_is_refused() {
    let (app, _) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    for cursor in ["x", "AAAA"] {
        let (mut socket, _) = Socket::of(server.address, &ann).await;
        let document =
            HEARD.replace("noticeReceived", &format!("noticeReceived(after: \"{cursor}\")"));
        let message = json!({ "type": "subscribe", "id": "1", "payload": { "query": document } });
        socket.say(&message).await;
        let refused = socket.hear().await;
        let field = &refused["payload"]["errors"][0]["extensions"]["fields"][0]["path"];
        let field = if field.is_null() {
            &refused["payload"][0]["extensions"]["fields"][0]["path"]
        } else {
            field
        };
        assert_eq!(field, "after", "{refused}");
    }
}
