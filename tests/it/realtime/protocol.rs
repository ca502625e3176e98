//! What is said over a socket, and in which form.

use find_helper::domain::viewer::Scope;
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;
use tokio_tungstenite::tungstenite::Message;

use super::{EVENTS, OPEN, open_and};
use crate::{
    jobs::steps::{post, published},
    support::{PASSWORD, Server, Socket, TestApp, socket::PROTOCOL},
};

/// The answer to an operation that is over at once: its messages without their id.
async fn told(socket: &mut Socket, query: &str) -> Vec<Value> {
    socket.say(&json!({ "id": "q", "type": "subscribe", "payload": { "query": query } })).await;
    let mut messages = Vec::new();
    loop {
        let mut message = socket.hear().await;
        assert_eq!(message.as_object_mut().unwrap().remove("id").unwrap(), "q");
        let is_last = message["type"] != "next";
        messages.push(message);
        if is_last {
            return messages;
        }
    }
}

#[tokio::test]
async fn queries_and_mutations_are_answered_over_a_socket() {
    let (app, _) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let (mut socket, _) = Socket::of(server.address, &ann).await;
    let complete = json!({ "type": "complete" });
    let viewer = json!({ "data": { "viewer": { "id": format!("user_{}", ann.user_id()) } } });
    assert_eq!(
        told(&mut socket, "{ viewer { id } }").await,
        [json!({ "type": "next", "payload": viewer }), complete.clone()]
    );
    let create = r#"mutation { createJob(input: {title: "新", jobType: "pet", city: "x",
        address: "x", estimatedAmount: 1}) { job { title } } }"#;
    let created = json!({ "data": { "createJob": { "job": { "title": "新" } } } });
    assert_eq!(
        told(&mut socket, create).await,
        [json!({ "type": "next", "payload": created }), complete.clone()]
    );
    let failed = told(&mut socket, "{ user(id: \"x\") { id } }").await;
    assert_eq!(failed[0]["payload"]["errors"][0]["extensions"]["code"], "INVALID_REQUEST");
    assert_eq!(failed[1], complete);
}

#[tokio::test]
async fn what_cannot_run_is_an_error_message_and_the_socket_stays() {
    let (app, anon) = TestApp::new().await;
    let server = Server::start(&app).await;
    let (mut socket, _) = Socket::of(server.address, &anon).await;
    let deep = format!("{{ jobs(filter: {}1 }}", "[".repeat(3_000));
    let cases = [
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{", "GRAPHQL_PARSE_FAILED"),
        (deep.as_str(), "QUERY_TOO_COMPLEX"),
        ("subscription { jobEvents { kind } jobPublished { kind } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { jobEvents(after: \"x\") { kind } }", "INVALID_REQUEST"),
        ("subscription($x: String!) { jobEvents(after: $x) { kind } }", "INVALID_REQUEST"),
    ];
    for (query, code) in cases {
        let said = told(&mut socket, query).await;
        assert_eq!(said.len(), 1, "{said:?}");
        assert_eq!(said[0]["type"], "error");
        assert_eq!(said[0]["payload"][0]["extensions"]["code"], code, "{said:?}");
    }
}

#[tokio::test]
async fn nobody_signs_in_or_out_over_a_socket() {
    let (app, _) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let (mut socket, _) = Socket::of(server.address, &ann).await;
    let runs = app.services.passwords.runs();
    let login = format!("email: \"ann@example.com\", password: \"{PASSWORD}\"");
    let register = format!("name: \"新人\", email: \"new@example.com\", password: \"{PASSWORD}\"");
    let mutations = [
        format!("login(input: {{{login}}}) {{ token }}"),
        format!("register(input: {{{register}}}) {{ __typename }}"),
        format!("refreshToken(input: {{refreshToken: \"{}\"}}) {{ token }}", ann.refresh_token()),
        "verifyEmail(input: {token: \"x\"}) { __typename }".into(),
        "resendVerification(input: {email: \"ann@example.com\"}) { __typename }".into(),
        "logout { ok }".into(),
    ];
    for mutation in mutations {
        let said = told(
            &mut socket,
            &format!("mutation {{ ...F }} fragment F on Mutation {{ {mutation} }}"),
        )
        .await;
        assert_eq!(said[0]["type"], "error");
        assert_eq!(said[0]["payload"][0]["extensions"]["code"], "FORBIDDEN", "{mutation}");
    }
    assert_eq!(app.services.passwords.runs(), runs);
    assert_eq!(ann.get("/user").await.status, 200, "still signed in");
}

#[tokio::test]
async fn a_greeting_and_each_operation_count_like_a_request() {
    let (app, _) = TestApp::with(&["--limit-graphql-per-minute=4"]).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let (mut socket, here) = Socket::of(server.address, &ann).await;
    assert_eq!(told(&mut socket, "{ __typename }").await.len(), 2);
    assert_eq!(told(&mut socket, "{ nothing }").await[0]["type"], "error");
    socket.subscribe("1", EVENTS, &here).await;
    let said = told(&mut socket, "{ __typename }").await;
    let error = &said[0]["payload"][0]["extensions"];
    assert_eq!(error["code"], "RATE_LIMIT_EXCEEDED");
    assert_eq!(error["retryAfter"], 60);
    assert_eq!(ann.get("/graphql?query={__typename}").await.status, 429);
}

#[tokio::test]
async fn a_ping_is_answered_with_its_payload_and_a_pong_is_heard() {
    let (app, anon) = TestApp::new().await;
    let server = Server::start(&app).await;
    let (mut socket, _) = Socket::of(server.address, &anon).await;
    for payload in [json!({ "type": "ping" }), json!({ "type": "ping", "payload": { "一": [1] } })]
    {
        socket.say(&json!({ "type": "pong" })).await;
        socket.say(&payload).await;
        let mut expected = payload.clone();
        expected["type"] = "pong".into();
        assert_eq!(socket.hear().await, expected);
    }
}

#[tokio::test]
async fn a_client_that_answers_pings_stays_and_one_that_does_not_is_dropped() {
    let (app, anon) = TestApp::with(&open_and(&["--socket-ping-ms=300"])).await;
    let server = Server::start(&app).await;
    let (mut alive, _) = Socket::of(server.address, &anon).await;
    let (dead, _) = Socket::of(server.address, &anon).await;
    for _ in 0..2 {
        assert!(matches!(alive.frame().await, Some(Message::Ping(_))));
    }
    assert_eq!(told(&mut alive, "{ __typename }").await.len(), 2);
    let mut bytes = Vec::new();
    dead.into_inner().read_to_end(&mut bytes).await.unwrap();
    // RFC 6455 §5.2: a final ping frame of a server is 0x89.
    assert_eq!(bytes[..2], [0x89, 0], "it was asked for a sign of life");
}

#[tokio::test]
async fn a_client_proves_who_it_is_in_any_of_the_known_ways() {
    let (app, _) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let key = app.key(&ann, Scope::ALL).await;
    published(&ann).await;
    let server = Server::start(&app).await;
    let bearer = crate::support::socket::shown(&ann)["Authorization"].clone();
    let secret = crate::support::socket::shown(&key);
    let (id, secret) = (&secret["X-API-Key"], &secret["X-API-Secret"]);
    let payloads = [
        json!({ "Authorization": bearer }),
        json!({ "authorization": bearer, "other": { "x": 1 }, "x-api-key": null }),
        json!({ "X-API-Key": id, "X-API-Secret": secret }),
        json!({ "x-api-KEY": id, "X-Api-Secret": secret }),
    ];
    let address = "{ jobs { nodes { address } } }";
    for payload in payloads {
        let mut socket = Socket::open(server.address).await;
        socket.say(&json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(socket.hear().await["type"], "connection_ack", "{payload}");
        let said = told(&mut socket, address).await;
        let seen = &said[0]["payload"]["data"]["jobs"]["nodes"][0]["address"];
        assert!(seen.is_string(), "{payload}: {said:?}");
    }
    let bearer = bearer.as_str().unwrap();
    let protocol = ("sec-websocket-protocol", PROTOCOL);
    for (header, expected) in [(bearer, "connection_ack"), ("Bearer x", "")] {
        let headers = [protocol, ("authorization", header)];
        let mut socket = Socket::upgrade(server.address, &headers).await.unwrap();
        socket.say(&json!({ "type": "connection_init" })).await;
        if expected.is_empty() {
            assert_eq!(socket.closed().await, (4403, "UNAUTHORIZED".into()));
        } else {
            assert_eq!(socket.hear().await["type"], expected, "the upgrade's headers count");
        }
    }
}

#[tokio::test]
async fn an_operation_that_the_client_completes_says_nothing_more() {
    let (app, _) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let (mut socket, here) = Socket::of(server.address, &ann).await;
    let published_only = "subscription { jobPublished { job { title } } }";
    socket.subscribe("1", published_only, &here).await;
    socket.subscribe("2", published_only, &here).await;
    post(&ann, json!({ "title": "一" })).await;
    let mut ids: Vec<Value> = Vec::new();
    for _ in 0..2 {
        ids.push(socket.hear().await["id"].clone());
    }
    ids.sort_by_key(ToString::to_string);
    assert_eq!(ids, [json!("1"), json!("2")]);
    socket.say(&json!({ "id": "1", "type": "complete" })).await;
    socket.say(&json!({ "id": "unknown", "type": "complete" })).await;
    socket.say(&json!({ "type": "ping" })).await;
    assert_eq!(socket.hear().await["type"], "pong", "by now it has been heard");
    post(&ann, json!({ "title": "二" })).await;
    post(&ann, json!({ "title": "三" })).await;
    for title in ["二", "三"] {
        let message = socket.hear().await;
        assert_eq!(message["id"], "2", "{message}");
        assert_eq!(message["payload"]["data"]["jobPublished"]["job"]["title"], title);
    }
    // The id is free again.
    socket.subscribe("1", published_only, &here).await;
    assert_eq!(socket.hear().await["id"], "1");
}

#[tokio::test]
async fn nothing_of_a_completed_operation_follows_the_next_pong() {
    let (app, anon) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let (mut socket, here) = Socket::of(server.address, &anon).await;
    for _ in 0..10 {
        published(&ann).await;
    }
    for _ in 0..30 {
        // So many that one of them always has something on its lips.
        let ids: Vec<String> = (0..15).map(|id| id.to_string()).collect();
        for id in &ids {
            socket.subscribe(id, "subscription { jobPublished { cursor } }", &here).await;
        }
        socket.event().await;
        for id in &ids {
            socket.say(&json!({ "id": id, "type": "complete" })).await;
        }
        socket.say(&json!({ "type": "ping" })).await;
        while socket.hear().await["type"] != "pong" {}
        assert_eq!(told(&mut socket, "{ __typename }").await.len(), 2);
    }
}

#[tokio::test]
async fn over_plain_http_a_subscription_is_refused_with_a_hint() {
    let (_, anon) = TestApp::new().await;
    let reply = anon.gql("subscription { jobEvents { kind } }", json!({})).await;
    assert_eq!(reply.status, 400);
    let error = &reply.json()["errors"][0];
    assert_eq!(error["extensions"]["code"], "INVALID_REQUEST");
    assert!(error["message"].as_str().unwrap().contains("text/event-stream"), "{error}");
}
