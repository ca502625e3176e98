//! GraphQL over server-sent events.

use axum::http::{Method, StatusCode, header};
use chrono::TimeDelta;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{EVENTS, OPEN, open_and};
use crate::{
    jobs::steps::{post, published},
    support::{Client, Server, TestApp, client::Events},
};

pub(super) async fn listen(client: &Client, query: &str, last_event_id: &str) -> Events {
    let request = client
        .request(Method::POST, "/graphql")
        .header(header::ACCEPT, "text/event-stream")
        .header(header::CONTENT_TYPE, "application/json")
        .header("Last-Event-ID", last_event_id);
    client.listen(request, &json!({ "query": query })).await
}

/// A gateway whose log is followed, as on a port, and its clients without one.
async fn following(flags: &[&str]) -> (TestApp, Client, Server) {
    let (app, anon) = TestApp::with(flags).await;
    let server = Server::start(&app).await;
    (app, anon, server)
}

#[tokio::test]
async fn events_are_told_with_their_cursor_as_id_and_resumed_by_it() {
    let (app, anon, _server) = following(OPEN).await;
    let ann = app.member("ann").await;
    let mut events =
        listen(&anon, "subscription { jobPublished { cursor job { title } } }", "").await;
    assert_eq!(events.status, StatusCode::OK);
    assert_eq!(events.header("content-type"), "text/event-stream");
    assert_eq!(events.header("x-ratelimit-limit"), "600");
    let start = events.next().await.unwrap();
    assert_eq!((start.name.as_str(), start.data.as_str()), ("", ""), "an id alone");
    for title in ["一", "二", "三"] {
        post(&ann, json!({ "title": title })).await;
    }
    let mut ids = Vec::new();
    for title in ["一", "二", "三"] {
        let event = events.next().await.unwrap();
        assert_eq!(event.name, "next");
        let payload = event.json();
        assert_eq!(payload["data"]["jobPublished"]["job"]["title"], title);
        assert_eq!(payload["data"]["jobPublished"]["cursor"], event.id);
        assert_eq!(payload["extensions"]["resumeToken"], event.id);
        ids.push(event.id);
    }
    for (from, titles) in [(&start.id, &["一", "二", "三"][..]), (&ids[1], &["三"])] {
        let query = "subscription { jobPublished { job { title } } }";
        let mut resumed = listen(&anon, query, from).await;
        assert_eq!(&resumed.next().await.unwrap().id, from);
        for title in titles {
            let payload = resumed.next().await.unwrap().json();
            assert_eq!(payload["data"]["jobPublished"]["job"]["title"], *title);
        }
    }
}

#[tokio::test]
async fn an_operation_that_is_over_at_once_is_one_event_and_the_end() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let cases = [
        ("{ __typename }", json!({ "__typename": "Query" })),
        ("mutation { __typename }", json!({ "__typename": "Mutation" })),
    ];
    for (query, data) in cases {
        let mut events = listen(&ann, query, "").await;
        let event = events.next().await.unwrap();
        assert_eq!((event.name.as_str(), &event.json()["data"]), ("next", &data));
        let end = events.next().await.unwrap();
        assert_eq!((end.name.as_str(), end.data.as_str()), ("complete", ""));
        assert!(events.next().await.is_none());
    }
    for (query, code) in [
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { jobUpdated(id: \"job_9\") { kind } }", "NOT_FOUND"),
        ("subscription { applicationReceived { kind } }", "UNAUTHORIZED"),
    ] {
        let mut events = listen(&anon, query, "").await;
        assert_eq!(events.status, StatusCode::OK);
        let payload = events.next().await.unwrap().json();
        assert_eq!(payload["errors"][0]["extensions"]["code"], code);
        assert_eq!(events.next().await.unwrap().name, "complete");
    }
}

#[tokio::test]
async fn a_query_string_listens_but_changes_nothing() {
    let (app, anon, _server) = following(OPEN).await;
    let ann = app.member("ann").await;
    let get = |query: &str| {
        anon.request(Method::GET, &format!("/graphql?query={query}"))
            .header(header::ACCEPT, "text/event-stream")
    };
    let mut events = anon.listen(get("subscription{jobPublished{kind}}"), &Value::Null).await;
    assert_ne!(events.next().await.unwrap().id, "");
    published(&ann).await;
    assert_eq!(events.next().await.unwrap().json()["data"]["jobPublished"]["kind"], "PUBLISHED");
    let refused = anon.listen(get("mutation{logout{ok}}"), &Value::Null).await;
    assert_eq!(refused.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn what_is_refused_before_a_document_is_read_keeps_its_status() {
    let (app, anon) = TestApp::with(&["--limit-reading-per-minute=2"]).await;
    let stranger = app.anon().with_session(1, "x", None);
    assert_eq!(listen(&stranger, EVENTS, "").await.status, StatusCode::UNAUTHORIZED);
    for _ in 0..2 {
        assert_eq!(listen(&anon, "{ __typename }", "").await.status, StatusCode::OK);
    }
    let refused = listen(&anon, EVENTS, "").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.header("retry-after"), "60");
}

#[tokio::test]
async fn a_last_event_id_that_cannot_be_gone_on_from_stops_the_client() {
    let (app, anon, server) = following(OPEN).await;
    let ann = app.member("ann").await;
    published(&ann).await;
    let jobs = ann.data("{ jobs { pageInfo { endCursor } } }", json!({})).await;
    let foreign = jobs["jobs"]["pageInfo"]["endCursor"].as_str().unwrap().to_owned();
    let beyond = crate::support::Socket::of(server.address, &anon).await.1;
    let statement = "DELETE FROM job_events WHERE position > 1";
    app.services.db.write().execute_unprepared(statement).await.unwrap();
    for id in ["x", &foreign, &beyond] {
        let mut stopped = listen(&anon, EVENTS, id).await;
        assert_eq!(stopped.status, StatusCode::NO_CONTENT, "{id}");
        assert!(stopped.next().await.is_none());
    }
    let request = anon
        .request(Method::POST, "/graphql")
        .header(header::ACCEPT, "text/event-stream")
        .header(header::CONTENT_TYPE, "application/json");
    let body = json!({ "query": EVENTS, "extensions": { "resumeToken": "x" } });
    let told = anon.listen(request, &body).await.next().await.unwrap();
    assert_eq!(told.json()["errors"][0]["extensions"]["code"], "INVALID_REQUEST");
}

#[tokio::test]
async fn a_body_that_is_malformed_is_not_one_that_does_not_fit() {
    let (_, anon) = TestApp::with(&["--http-status-profile=2026-08"]).await;
    let request = anon
        .request(Method::POST, "/graphql")
        .header(header::ACCEPT, "text/event-stream")
        .header(header::CONTENT_TYPE, "application/json");
    let refused = anon.listen(request, &json!({})).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_stream_ends_with_the_right_to_it() {
    let (app, anon, _server) = following(&open_and(&["--session-check-ms=20"])).await;
    let ann = app.member("ann").await;
    let mut streams = Vec::new();
    for client in [&ann, &app.signed_in("ann@example.com").await] {
        let mut events = listen(client, EVENTS, "").await;
        events.next().await.unwrap();
        streams.push(events);
    }
    let mut visitor = listen(&anon, "subscription { jobPublished { kind } }", "").await;
    visitor.next().await.unwrap();
    ann.data("mutation { logout { ok } }", json!({})).await;
    let told = |event: crate::support::client::Event| {
        event.json()["errors"][0]["extensions"]["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(told(streams[0].next().await.unwrap()), "UNAUTHORIZED");
    assert_eq!(streams[0].next().await.unwrap().name, "complete");
    assert!(streams[0].next().await.is_none());
    app.advance(TimeDelta::hours(24));
    assert_eq!(told(streams[1].next().await.unwrap()), "TOKEN_EXPIRED");
    published(&app.signed_in("ann@example.com").await).await;
    assert_eq!(visitor.next().await.unwrap().name, "next");
}

#[tokio::test]
async fn at_the_end_of_the_gateway_a_stream_stops_short_so_that_its_client_returns() {
    let (_app, anon, server) = following(OPEN).await;
    let mut events = listen(&anon, EVENTS, "").await;
    events.next().await.unwrap();
    server.stop.send(()).unwrap();
    assert!(events.next().await.is_none(), "no `complete`");
    drop(events);
    server.ended.await.unwrap().unwrap();
}

#[tokio::test]
async fn streams_are_kept_alive_and_take_the_place_of_a_socket() {
    let flags = open_and(&["--socket-ping-ms=30", "--limit-sockets-per-address=1"]);
    let (_app, anon, _server) = following(&flags).await;
    let mut events = listen(&anon, EVENTS, "").await;
    events.next().await.unwrap();
    for _ in 0..3 {
        assert_eq!(events.block().await.unwrap(), ":");
    }
    assert_eq!(listen(&anon, EVENTS, "").await.status, StatusCode::TOO_MANY_REQUESTS);
    drop(events);
    assert_eq!(listen(&anon, EVENTS, "").await.status, StatusCode::OK);
}
