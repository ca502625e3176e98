//! Clients that send or take too slowly.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpSocket,
    time::timeout,
};

use super::server::{QUERY, Server, post, soon};
use crate::support::TestApp;

const MANY_TIMES: usize = 2_000;

#[tokio::test]
async fn a_head_that_does_not_end_in_time_ends_the_connection() {
    let (app, _) = TestApp::with(&["--http-header-timeout-ms=50"]).await;
    let server = Server::start(&app).await;
    for begun in ["", "G", "GET /healthz HTTP/1.1\r\nHost: x\r\nA: ", "PRI * HT", "\r\n"] {
        let mut connection = server.connect().await;
        connection.send(begun).await;
        assert!(soon(connection.is_over()).await, "{begun:?}");
    }
    let mut connection = server.connect().await;
    assert_eq!(connection.get("/healthz").await.body, "ok\n");
    connection.send("GET /healthz HTTP/1.1\r\n").await;
    assert!(soon(connection.is_over()).await, "the second head");
}

#[tokio::test]
async fn a_byte_now_and_then_does_not_prolong_a_head() {
    let (app, _) = TestApp::with(&["--http-header-timeout-ms=50"]).await;
    let server = Server::start(&app).await;
    let mut connection = server.connect().await;
    connection.send("GET /healthz HTTP/1.1\r\nA: ").await;
    let dripping = async {
        let moment = Duration::from_millis(5);
        while timeout(moment, connection.0.read_u8()).await.is_err() {
            drop(connection.0.write_all(b"a").await);
            drop(connection.0.flush().await);
        }
    };
    soon(dripping).await;
}

#[tokio::test]
async fn a_connection_without_requests_is_kept_for_a_while_and_then_closed() {
    let flags = ["--http-idle-timeout-ms=50", "--http-header-timeout-ms=60000"];
    let (app, _) = TestApp::with(&flags).await;
    let server = Server::start(&app).await;
    let mut busy = server.connect().await;
    busy.send(&post("Expect: 100-continue\r\n")).await;
    assert_eq!(busy.line().await, "HTTP/1.1 100 Continue");
    assert_eq!(busy.line().await, "");
    let mut idle = server.connect().await;
    for _ in 0..3 {
        assert_eq!(idle.get("/healthz").await.body, "ok\n");
    }
    assert!(soon(idle.is_over()).await);
    busy.send(QUERY).await;
    assert_eq!(busy.answer().await.status, "HTTP/1.1 200 OK", "a request in flight is not idle");
}

#[tokio::test]
async fn a_body_that_does_not_end_in_time_is_refused_and_the_connection_closed() {
    let (app, _) = TestApp::with(&["--http-body-timeout-ms=50"]).await;
    let server = Server::start(&app).await;
    let json = "Host: x\r\nContent-Type: application/json\r\n";
    for (path, framing) in [
        ("/graphql", "Content-Length: 100\r\n\r\n{"),
        ("/graphql", "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"),
        ("/login", "Content-Length: 100\r\n\r\n{"),
    ] {
        let mut connection = server.connect().await;
        connection.send(&format!("POST {path} HTTP/1.1\r\n{json}{framing}")).await;
        let answer = soon(connection.answer()).await;
        assert_eq!(answer.status, "HTTP/1.1 408 Request Timeout", "{path} {framing:?}");
        assert!(answer.body.contains("REQUEST_TIMEOUT"), "{}", answer.body);
        assert!(soon(connection.is_over()).await, "{path} {framing:?}");
    }
}

#[tokio::test]
async fn a_client_that_takes_no_answers_is_let_go() {
    let (app, _) = TestApp::with(&["--http-write-timeout-ms=50"]).await;
    let server = Server::start(&app).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let mut stream = socket.connect(server.address).await.unwrap();
    let requests = "GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(MANY_TIMES);
    // Whoever reads nothing learns of the end by what he cannot write any more.
    let writing = async { while stream.write_all(requests.as_bytes()).await.is_ok() {} };
    soon(writing).await;
    assert_eq!(server.connect().await.get("/healthz").await.body, "ok\n");
}

#[tokio::test]
async fn a_client_that_takes_its_answers_slowly_but_steadily_gets_them_all() {
    let (app, _) = TestApp::with(&["--http-write-timeout-ms=1000"]).await;
    let server = Server::start(&app).await;
    let mut connection = server.connect().await;
    let last = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    connection.send(&("GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(50) + last)).await;
    for _ in 0..50 {
        assert!(connection.answer().await.body.trim_end().ends_with('}'));
    }
    assert_eq!(connection.answer().await.body, "ok\n");
    assert!(connection.is_over().await);
}
