//! HTTP/2 without TLS: what one connection may do to the gateway.

use axum::http::Request;
use h2::{Reason, client};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::server::{PROMPT, Server, soon};
use crate::support::TestApp;

/// RFC 9113 §3.4: the preface and empty settings.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
/// Types of frames (RFC 9113 §6) and flags of HEADERS.
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const GOAWAY: u8 = 7;
const CONTINUATION: u8 = 9;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let mut bytes = vec![length[1], length[2], length[3], kind, flags];
    bytes.extend(stream.to_be_bytes());
    bytes.extend(payload);
    bytes
}

/// GET `/healthz` of host x in HPACK, by the static table (RFC 7541 appendix A).
fn get() -> Vec<u8> {
    [&[0x82, 0x86, 0x04, 8], &b"/healthz"[..], &[0x01, 1, b'x']].concat()
}

/// The reason in the GOAWAY frame that ends the connection; none if it just ends.
async fn goodbye(stream: &mut TcpStream) -> Option<Reason> {
    let mut reason = None;
    let mut head = [0; 9];
    while stream.read_exact(&mut head).await.is_ok() {
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; length as usize];
        if stream.read_exact(&mut payload).await.is_err() {
            break;
        }
        if head[3] == GOAWAY {
            reason = Some(u32::from_be_bytes(payload[4..8].try_into().unwrap()).into());
        }
    }
    reason
}

#[tokio::test]
async fn streams_that_are_opened_and_reset_in_a_row_end_the_connection() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    let mut bytes = PREFACE.to_vec();
    for stream in (1..2_000).step_by(2) {
        bytes.extend(frame(HEADERS, END_STREAM | END_HEADERS, stream, &get()));
        bytes.extend(frame(RST_STREAM, 0, stream, &8_u32.to_be_bytes()));
    }
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    // The gateway may hang up before all is written.
    drop(stream.write_all(&bytes).await);
    assert_eq!(soon(goodbye(&mut stream)).await, Some(Reason::ENHANCE_YOUR_CALM));
    assert_eq!(server.connect().await.get("/healthz").await.body, "ok\n");
}

#[tokio::test]
async fn a_head_without_an_end_ends_the_connection() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    let mut bytes = [PREFACE, &frame(HEADERS, END_STREAM, 1, &get())].concat();
    // A literal field `a: aa…` without indexing, again and again.
    let field = [&[0, 1, b'a', 100], &[b'a'; 100][..]].concat();
    for _ in 0..2_000 {
        bytes.extend(frame(CONTINUATION, 0, 1, &field.repeat(100)));
    }
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    drop(stream.write_all(&bytes).await);
    let reason = soon(goodbye(&mut stream)).await;
    assert!(matches!(reason, None | Some(Reason::ENHANCE_YOUR_CALM)), "{reason:?}");
    assert_eq!(server.connect().await.get("/healthz").await.body, "ok\n");
}

#[tokio::test]
async fn a_stream_whose_data_nobody_takes_ends_the_connection() {
    let (app, _) = TestApp::with(&["--http-write-timeout-ms=50"]).await;
    let server = Server::start(&app).await;
    let stream = TcpStream::connect(server.address).await.unwrap();
    let mut builder = client::Builder::new();
    let (mut requests, connection) =
        builder.initial_window_size(0).handshake::<_, &[u8]>(stream).await.unwrap();
    let connection = tokio::spawn(connection);
    let request = Request::get("http://x/openapi.json").body(()).unwrap();
    let (answer, _) = requests.send_request(request, true).unwrap();
    let answer = answer.await.unwrap();
    assert_eq!(answer.status(), 200);
    soon(connection).await.unwrap().ok();
    assert_eq!(server.connect().await.get("/healthz").await.body, "ok\n");
}

#[tokio::test]
async fn a_connection_says_how_many_streams_and_which_heads_it_takes() {
    let (app, _) = TestApp::with(&["--http-streams=7", "--http-header-bytes=9000"]).await;
    let server = Server::start(&app).await;
    let stream = TcpStream::connect(server.address).await.unwrap();
    let (requests, connection) = client::handshake(stream).await.unwrap();
    tokio::spawn(connection);
    let mut requests = requests.ready().await.unwrap();
    let get = || Request::get("http://x/healthz");
    let (answer, _) = requests.send_request(get().body(()).unwrap(), true).unwrap();
    assert_eq!(answer.await.unwrap().status(), 200);
    assert_eq!(requests.current_max_send_streams(), 7);
    let mut requests = requests.ready().await.unwrap();
    let large = get().header("a", "a".repeat(10_000)).body(()).unwrap();
    let (answer, _) = requests.send_request(large, true).unwrap();
    assert_eq!(answer.await.unwrap().status(), 431);
}

#[tokio::test]
async fn an_idle_connection_is_told_to_go_and_may_not_stay() {
    let flags = ["--http-idle-timeout-ms=50", "--http-header-timeout-ms=50"];
    let (app, _) = TestApp::with(&flags).await;
    let server = Server::start(&app).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let request = frame(HEADERS, END_STREAM | END_HEADERS, 1, &get());
    stream.write_all(&[PREFACE, &request].concat()).await.unwrap();
    // Never confirms a ping, as a polite client would: the gateway does not wait for it.
    assert_eq!(soon(goodbye(&mut stream)).await, Some(Reason::NO_ERROR));
}

#[tokio::test]
async fn at_the_end_a_stream_in_flight_is_answered_and_no_other_begins() {
    let (app, _) = TestApp::with(&[PROMPT]).await;
    let server = Server::start(&app).await;
    let stream = TcpStream::connect(server.address).await.unwrap();
    let (requests, connection) = client::handshake(stream).await.unwrap();
    let connection = tokio::spawn(connection);
    let mut requests = requests.ready().await.unwrap();
    let post = Request::post("http://x/graphql").header("content-type", "application/json");
    let (answer, mut body) = requests.send_request(post.body(()).unwrap(), false).unwrap();
    body.send_data(axum::body::Bytes::from_static(br#"{"query":"{ __"#), false).unwrap();
    let mut requests = requests.ready().await.unwrap();
    let get = Request::get("http://x/healthz").body(()).unwrap();
    let (other, _) = requests.send_request(get, true).unwrap();
    // Answered on the same connection: the first one has arrived as well.
    assert_eq!(other.await.unwrap().status(), 200);
    server.stop.send(()).unwrap();
    body.send_data(axum::body::Bytes::from_static(br#"typename }"}"#), true).unwrap();
    assert_eq!(answer.await.unwrap().status(), 200);
    soon(connection).await.unwrap().unwrap();
    soon(server.ended).await.unwrap().unwrap();
    assert!(requests.ready().await.is_err());
}
