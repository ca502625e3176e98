//! The gateway on a port: connections, protocols and the end.

use find_helper::domain::viewer::Scope;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::server::{PROMPT, QUERY, READY, Server, post};
use crate::support::{Client, TestApp, client::Proof};

#[tokio::test]
async fn one_connection_carries_many_requests_and_its_address_counts() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    let mut connection = server.connect().await;
    for remaining in ["599", "598", "597"] {
        connection.send(&(post("") + QUERY)).await;
        let answer = connection.answer().await;
        assert_eq!(answer.status, "HTTP/1.1 200 OK");
        assert!(answer.body.starts_with(r#"{"data":{"__typename":"Query"},"#));
        assert_eq!(answer.headers["x-ratelimit-remaining"], remaining);
    }
    connection
        .send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
        .await;
    assert_eq!(connection.answer().await.body, "ok\n");
    assert!(connection.answer().await.body.starts_with(READY));
    let mut other = server.connect().await;
    other.send(&(post("Connection: close\r\n") + QUERY)).await;
    assert_eq!(other.answer().await.headers["x-ratelimit-remaining"], "596", "the same address");
    assert!(other.is_over().await);
}

#[tokio::test]
async fn what_is_not_http_is_answered_400_and_disturbs_nobody() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    let mut connection = server.connect().await;
    connection.send("nonsense\r\n\r\n").await;
    assert_eq!(connection.answer().await.status, "HTTP/1.1 400 Bad Request");
    assert!(connection.is_over().await);
    let mut connection = server.connect().await;
    connection.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert_eq!(connection.answer().await.status, "HTTP/1.1 200 OK");
}

#[tokio::test]
async fn a_body_that_is_shorter_than_told_and_a_client_that_leaves_disturb_nobody() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    let mut leaving = server.connect().await;
    leaving.send(&post("")).await;
    leaving.send("{\"query\"").await;
    drop(leaving);
    let mut connection = server.connect().await;
    connection.send(&(post("") + QUERY)).await;
    assert_eq!(connection.answer().await.status, "HTTP/1.1 200 OK");
}

#[tokio::test]
async fn http_2_is_spoken_to_clients_that_know_it() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    // RFC 9113 §3.4: the preface and empty settings; then GET http://x/healthz as stream 1.
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    bytes.extend([0, 0, 0, 4, 0, 0, 0, 0, 0]);
    // RFC 7541 appendix A: :method GET is 2, :scheme http is 6, :path is 4, :authority is 1.
    let mut headers = vec![0x82, 0x86, 0x04, 8];
    headers.extend(b"/healthz");
    headers.extend([0x01, 1, b'x']);
    let length = u8::try_from(headers.len()).unwrap();
    // Type 1 is HEADERS, flags 5 are END_STREAM and END_HEADERS.
    bytes.extend([0, 0, length, 1, 5, 0, 0, 0, 1]);
    bytes.extend(headers);
    stream.write_all(&bytes).await.unwrap();
    let (mut status, mut body) = (0, Vec::new());
    while body.is_empty() {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await.unwrap();
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; length as usize];
        stream.read_exact(&mut payload).await.unwrap();
        match (head[3], head[8]) {
            (1, 1) => status = payload[0],
            (0, 1) => body = payload,
            _ => {}
        }
    }
    assert_eq!(status, 0x88, "entry 8 of the static table is :status 200");
    assert_eq!(body, b"ok\n");
}

#[tokio::test]
async fn a_request_in_flight_is_answered_before_the_end() {
    let (app, _) = TestApp::with(&[PROMPT]).await;
    let server = Server::start(&app).await;
    let mut idle = server.connect().await;
    idle.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await;
    idle.answer().await;
    let mut busy = server.connect().await;
    busy.send(&post("Expect: 100-continue\r\n")).await;
    // The gateway asks for the body: the request is in flight.
    assert_eq!(busy.line().await, "HTTP/1.1 100 Continue");
    assert_eq!(busy.line().await, "");
    server.stop.send(()).unwrap();
    assert!(idle.is_over().await, "an idle connection is closed");
    assert!(TcpStream::connect(server.address).await.is_err(), "no new connection");
    assert!(!server.ended.is_finished());
    busy.send(QUERY).await;
    let answer = busy.answer().await;
    assert!(answer.body.starts_with(r#"{"data":{"__typename":"Query"},"#));
    assert_eq!(answer.headers["connection"], "close");
    assert!(busy.is_over().await);
    server.ended.await.unwrap().unwrap();
}

#[tokio::test]
async fn the_counts_of_the_day_are_stored_at_the_end() {
    let flags = ["--limit-key-per-day=2", PROMPT];
    let (app, _) = TestApp::with(&flags).await;
    let ann = app.member("ann").await;
    let machine: Client = app.key(&ann, Scope::ALL).await;
    let Proof::ApiKey { key, secret } = machine.proof() else { panic!("a key") };
    let server = Server::start(&app).await;
    let mut connection = server.connect().await;
    connection
        .send(&format!("GET /api/jobs HTTP/1.1\r\nHost: x\r\nX-API-Key: {key}\r\nX-API-Secret: {secret}\r\n\r\n"))
        .await;
    assert_eq!(connection.answer().await.headers["x-ratelimit-remaining"], "1");
    server.stop.send(()).unwrap();
    server.ended.await.unwrap().unwrap();
    let restarted = app.restarted(&flags).await;
    let reply = machine.towards(&restarted.router).get("/api/jobs").await;
    assert_eq!(reply.header("x-ratelimit-remaining"), "0");
    assert_eq!(reply.json()["data"], json!([]));
}
