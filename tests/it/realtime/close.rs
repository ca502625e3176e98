//! The codes that sockets are closed with.

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{
    Message,
    protocol::frame::{
        Frame,
        coding::{Data, OpCode},
    },
};

use super::OPEN;
use crate::support::{Server, Socket, TestApp, socket::PROTOCOL};

const INIT: &str = r#"{"type":"connection_init"}"#;
const QUERY: &str = r#"{"id":"1","type":"subscribe","payload":{"query":"{ __typename }"}}"#;
const LISTEN: &str =
    r#"{"id":"1","type":"subscribe","payload":{"query":"subscription { jobEvents { kind } }"}}"#;

/// What a client sends one after the other, and how it is shown out.
#[tokio::test]
async fn f5_each_breach_of_the_protocol_has_its_close_code() {
    let (app, _) = TestApp::with(&["--limit-body-bytes=2000"]).await;
    let server = Server::start(&app).await;
    let of_id = |id: String| {
        json!({ "id": id, "type": "subscribe",
            "payload": { "query": "subscription { jobEvents { kind } }" } })
        .to_string()
    };
    let (long_id, too_long_id) = (of_id("𠀀".repeat(32)), of_id("x".repeat(129)));
    // A close frame has room for 123 bytes of it.
    let long_id_exists = format!("Subscriber for {}", "𠀀".repeat(27));
    let large = json!({ "type": "ping", "payload": { "x": "x".repeat(2_000) } }).to_string();
    let wrong_key =
        json!({ "type": "connection_init", "payload": { "X-API-Key": "fhk_x", "X-API-Secret": "x" } })
            .to_string();
    let both = json!({ "type": "connection_init", "payload":
        { "Authorization": "Bearer x", "x-api-key": "x", "x-api-secret": "x" } })
    .to_string();
    let twice = json!({ "type": "connection_init", "payload":
        { "Authorization": "Bearer x", "authorization": "Bearer x" } })
    .to_string();
    let cases: &[(&[&str], u16, &str)] = &[
        (&["x"], 4400, "A message must be a JSON object"),
        (&["[]"], 4400, "A message must be a JSON object"),
        (&["{}"], 4400, "The type of the message is unknown"),
        (&[r#"{"type":"start"}"#], 4400, "The type of the message is unknown"),
        (&[r#"{"type":"connection_init","payload":"x"}"#], 4400, "The payload must be an object"),
        (&[INIT, r#"{"type":"subscribe","id":"1"}"#], 4400, "The payload must be an object"),
        (
            &[INIT, r#"{"type":"subscribe","id":"","payload":{"query":"{ __typename }"}}"#],
            4400,
            "The id of the message is missing",
        ),
        (
            &[INIT, r#"{"type":"subscribe","id":"1","payload":{}}"#],
            4400,
            "The parameter query is missing",
        ),
        (&[INIT, r#"{"type":"complete"}"#], 4400, "The id of the message is missing"),
        (&[QUERY], 4401, "Unauthorized"),
        (&[r#"{"type":"ping"}"#, QUERY, INIT], 4401, "Unauthorized"),
        (
            &[r#"{"type":"connection_init","payload":{"Authorization":"Bearer x"}}"#],
            4403,
            "UNAUTHORIZED",
        ),
        (&[r#"{"type":"connection_init","payload":{"authorization":7}}"#], 4403, "UNAUTHORIZED"),
        (&[&wrong_key], 4403, "UNAUTHORIZED"),
        (&[&both], 4403, "INVALID_REQUEST"),
        (&[&twice], 4403, "UNAUTHORIZED"),
        (&[INIT, LISTEN, LISTEN], 4409, "Subscriber for 1 already exists"),
        (&[INIT, &long_id, &long_id], 4409, &long_id_exists),
        (&[INIT, &too_long_id], 4400, "The id of the message is longer than 128 bytes"),
        (&[INIT, INIT], 4429, "Too many initialisation requests"),
        (&[&large], 1009, "Message too large"),
    ];
    for (messages, code, reason) in cases {
        let mut socket = Socket::open(server.address).await;
        for message in *messages {
            socket.send(Message::text(*message)).await;
        }
        assert_eq!(socket.closed().await, (*code, (*reason).to_owned()), "{messages:?}");
    }
}

#[tokio::test]
async fn f7_a_message_over_64_kib_is_shown_out_and_one_of_64_kib_answered() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    let of_bytes = |bytes: usize| {
        let text = |filling: usize| {
            json!({ "type": "ping", "payload": { "x": "x".repeat(filling) } }).to_string()
        };
        text(bytes - text(0).len())
    };
    let mut socket = Socket::open(server.address).await;
    socket.send(Message::text(of_bytes(65_536))).await;
    assert_eq!(socket.hear().await["type"], "pong");
    socket.send(Message::text(of_bytes(65_537))).await;
    assert_eq!(socket.closed().await, (1009, "Message too large".into()));
    // A message in pieces is one message.
    let mut socket = Socket::open(server.address).await;
    let piece = |opcode, last| {
        Message::Frame(Frame::message(vec![b' '; 40_000], OpCode::Data(opcode), last))
    };
    socket.send(piece(Data::Text, false)).await;
    socket.send(piece(Data::Continue, true)).await;
    assert_eq!(socket.closed().await, (1009, "Message too large".into()));
}

#[tokio::test]
async fn frames_that_are_no_messages_are_shown_out_too() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    let raw = |payload: &[u8], opcode| {
        Message::Frame(Frame::message(payload.to_vec(), OpCode::Data(opcode), true))
    };
    let cases = [
        (Message::binary(INIT), 4400),
        (raw(b"\xff", Data::Text), 1007),
        (raw(b"x", Data::Reserved(3)), 1002),
    ];
    for (frame, code) in cases {
        let mut socket = Socket::open(server.address).await;
        socket.send(frame.clone()).await;
        assert_eq!(socket.closed().await.0, code, "{frame:?}");
    }
}

#[tokio::test]
async fn only_the_one_subprotocol_is_spoken() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    for header in [None, Some("graphql-ws"), Some("soap, graphql-ws")] {
        let offered: Vec<_> = header.iter().map(|it| ("sec-websocket-protocol", *it)).collect();
        // A client that has offered others notices by itself that none was chosen.
        if offered.is_empty() {
            let mut socket = Socket::upgrade(server.address, &offered).await.unwrap();
            assert_eq!(socket.closed().await, (4406, "Subprotocol not acceptable".into()));
        }
    }
    let offered = format!("graphql-ws, {PROTOCOL}");
    let both = [("sec-websocket-protocol", offered.as_str())];
    let mut socket = Socket::upgrade(server.address, &both).await.unwrap();
    socket.send(Message::text(INIT)).await;
    assert_eq!(socket.hear().await["type"], "connection_ack");
}

#[tokio::test]
async fn f5_whoever_does_not_say_who_they_are_is_shown_out() {
    let (app, _) = TestApp::with(&["--socket-init-ms=30"]).await;
    let server = Server::start(&app).await;
    let mut socket = Socket::open(server.address).await;
    socket.send(Message::text(r#"{"type":"ping"}"#)).await;
    assert_eq!(socket.hear().await, json!({ "type": "pong" }));
    let timeout = (4408, "Connection initialisation timeout".into());
    assert_eq!(socket.closed().await, timeout);
}

#[tokio::test]
async fn at_the_end_of_the_gateway_and_of_its_time_a_socket_goes_away() {
    let (app, anon) = TestApp::with(OPEN).await;
    let server = Server::start(&app).await;
    let mut silent = Socket::open(server.address).await;
    let (mut listening, here) = Socket::of(server.address, &anon).await;
    listening.subscribe("1", super::EVENTS, &here).await;
    server.stop.send(()).unwrap();
    assert_eq!(silent.closed().await, (1001, "Going away".into()));
    assert_eq!(listening.closed().await, (1001, "Going away".into()));
    server.ended.await.unwrap().unwrap();

    let (app, anon) = TestApp::with(&["--socket-max-age-ms=100"]).await;
    let server = Server::start(&app).await;
    let (mut socket, _) = Socket::of(server.address, &anon).await;
    assert_eq!(socket.closed().await, (1001, "Connect anew".into()));
}

#[tokio::test]
async fn a_client_that_says_goodbye_is_answered() {
    let (app, anon) = TestApp::new().await;
    let server = Server::start(&app).await;
    let (mut socket, _) = Socket::of(server.address, &anon).await;
    socket.send(Message::Close(None)).await;
    assert!(matches!(socket.frame().await, Some(Message::Close(_))));
    assert_eq!(Value::Null, json!(socket.frame().await.map(|_| "more")));
}
