//! Requests on the wire: where one ends and the next begins, and what is too large or too old.

use super::server::{QUERY, READY, Server, post};
use crate::support::TestApp;

const JSON: &str = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
/// A request that somebody tries to hide in the body of another.
const HIDDEN: &str = "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n";

/// Sends this and returns all that is answered until the connection is closed.
async fn answered(server: &Server, text: &str) -> String {
    use tokio::io::AsyncReadExt;
    let mut connection = server.connect().await;
    connection.send(text).await;
    let mut answer = Vec::new();
    // A connection that is reset has said what it had to say.
    drop(connection.0.read_to_end(&mut answer).await);
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn a_body_whose_length_is_not_clear_is_refused_and_nothing_in_it_is_a_request() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    for framing in [
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "Content-Length: 5, 6\r\n\r\nhello",
        "Content-Length: +5\r\n\r\nhello",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: 0x5\r\n\r\nhello",
        "Content-Length: 99999999999999999999\r\n\r\n",
        "Transfer-Encoding: gzip\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Content-Length : 5\r\n\r\nhello",
        "Content-Length: 5\r\n folded\r\n\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5;\nhello",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-1\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n",
    ] {
        let answer = answered(&server, &format!("{JSON}{framing}{HIDDEN}")).await;
        assert!(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{framing:?}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{framing:?}: {answer}");
    }
}

#[tokio::test]
async fn with_both_lengths_the_chunks_count_and_nothing_follows_them() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    let chunked = format!("{:x}\r\n{QUERY}\r\n0\r\n\r\n", QUERY.len());
    for lengths in [
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
    ] {
        let answer = answered(&server, &format!("{JSON}{lengths}\r\n{chunked}{HIDDEN}")).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{lengths:?}: {answer}");
        assert!(answer.contains(r#"{"data":{"__typename":"Query"},"#), "{lengths:?}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{lengths:?}: {answer}");
    }
}

#[tokio::test]
async fn a_chunked_body_is_read_with_extensions_and_trailers() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    let (one, two) = QUERY.split_at(7);
    let body = format!("7;a=b\r\n{one}\r\n{:X}\r\n{two}\r\n0\r\nTrailer: x\r\n\r\n", two.len());
    let mut connection = server.connect().await;
    connection.send(&format!("{JSON}Transfer-Encoding: chunked\r\n\r\n{body}")).await;
    assert!(connection.answer().await.body.starts_with(r#"{"data":{"__typename":"Query"},"#));
    assert_eq!(connection.get("/healthz").await.body, "ok\n", "the next request is found");
}

#[tokio::test]
async fn requests_sent_at_once_are_answered_in_their_order() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    let mut connection = server.connect().await;
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
    let all = [get("/healthz"), post("") + QUERY, get("/readyz"), get("/nothing")].concat();
    connection.send(&all).await;
    assert_eq!(connection.answer().await.body, "ok\n");
    assert!(connection.answer().await.body.starts_with(r#"{"data":{"__typename":"Query"},"#));
    assert!(connection.answer().await.body.starts_with(READY));
    assert_eq!(connection.answer().await.status, "HTTP/1.1 404 Not Found");
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let (app, _) = TestApp::with(&["--http-header-bytes=16384"]).await;
    let server = Server::start(&app).await;
    let large = "a".repeat(20_000);
    let many = "X: 1\r\n".repeat(200);
    for (head, status) in [
        (format!("GET /healthz HTTP/1.1\r\nHost: x\r\nA: {large}\r\n\r\n"), "431"),
        (format!("GET /healthz HTTP/1.1\r\nHost: x\r\n{many}\r\n"), "431"),
        (format!("GET /healthz?{large} HTTP/1.1\r\nHost: x\r\n\r\n"), "431"),
        (format!("GET /healthz HTTP/1.1\r\nHost: x\r\nA: {}\r\n\r\n", "a".repeat(15_000)), "200"),
    ] {
        let head = head.replace("Host: x\r\n", "Host: x\r\nConnection: close\r\n");
        let answer = answered(&server, &head).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
    }
}

#[tokio::test]
async fn what_is_no_header_or_no_version_is_refused() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    for head in [
        "GET /healthz HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: x\r\nA: \u{0}\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n Host: x\r\n\r\n",
        "GET /healthz HTTP/3.7\r\nHost: x\r\n\r\n",
        "GET  /healthz  HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /healthz\r\n\r\n",
    ] {
        let answer = answered(&server, head).await;
        assert!(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{head:?}: {answer}");
    }
}

#[tokio::test]
async fn http_1_0_is_answered_and_closed_unless_asked_to_stay() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    let answer = answered(&server, "GET /healthz HTTP/1.0\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.0 200 OK\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\nok\n"), "{answer}");
    let mut connection = server.connect().await;
    for _ in 0..2 {
        connection.send("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").await;
        assert_eq!(connection.answer().await.body, "ok\n");
    }
}

#[tokio::test]
async fn head_has_the_headers_of_get_and_no_body() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    for path in ["/healthz", "/openapi.json", "/nothing", "/graphql?query={__typename}"] {
        let mut connection = server.connect().await;
        let get = connection.get(path).await;
        connection.send(&format!("HEAD {path} HTTP/1.1\r\nHost: x\r\n\r\n")).await;
        assert_eq!(connection.line().await, get.status, "{path}");
        let mut length = None;
        while let Some((name, value)) = connection.line().await.split_once(": ") {
            if name.eq_ignore_ascii_case("content-length") {
                length = Some(value.to_owned());
            }
        }
        assert_eq!(length.as_ref(), get.headers.get("content-length"), "{path}");
        assert_eq!(connection.get("/healthz").await.body, "ok\n", "{path}: no byte too many");
    }
}

#[tokio::test]
async fn a_body_is_asked_for_only_if_it_is_wanted() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    let mut wanted = server.connect().await;
    wanted.send(&post("Expect: 100-continue\r\n")).await;
    assert_eq!(wanted.line().await, "HTTP/1.1 100 Continue");
    let mut unwanted = server.connect().await;
    unwanted
        .send("POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n")
        .await;
    let answer = unwanted.answer().await;
    assert_eq!(answer.status, "HTTP/1.1 415 Unsupported Media Type");
    assert!(unwanted.is_over().await);
}
