//! Bodies of requests that are not read, or do not end.

use super::server::{Answer, Connection, QUERY, Server, soon};
use crate::support::{Client, TestApp, client::Proof};

/// The head of a request whose body is to come, as a client of this address behind a proxy.
fn head(path: &str, client: &Client, address: &str, length: usize) -> String {
    let proof = match client.proof() {
        Proof::None => String::new(),
        Proof::Bearer(token) => format!("Authorization: Bearer {token}\r\n"),
        Proof::ApiKey { key, secret } => format!("X-API-Key: {key}\r\nX-API-Secret: {secret}\r\n"),
    };
    format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{proof}\
         X-Forwarded-For: {address}\r\nContent-Length: {length}\r\n\r\n"
    )
}

/// The answer to a head alone.
async fn answer(server: &Server, head: &str) -> Answer {
    let mut connection = server.connect().await;
    connection.send(head).await;
    soon(connection.answer()).await
}

#[tokio::test]
async fn s14_whoever_has_no_request_left_is_refused_before_the_body_is_read() {
    let flags = [
        "--limit-general-per-minute=1",
        "--limit-reading-per-minute=1",
        "--limit-login-per-minute=1",
        "--limit-register-per-hour=1",
        "--limit-key-per-minute=1",
        "--limit-graphql-per-minute=1",
        // Whoever waited for the body would wait for longer than the test.
        "--http-body-timeout-ms=600000",
    ];
    let (app, anon) = TestApp::with(&flags).await;
    let member = app.member("ann").await;
    let machine = app.key(&member, find_helper::domain::viewer::Scope::ALL).await;
    let server = Server::start(&app).await;
    for (path, client) in [
        ("/graphql", &anon),
        ("/graphql", &member),
        ("/graphql", &machine),
        ("/api/jobs", &machine),
        ("/login", &anon),
        ("/register", &anon),
        ("/refresh", &anon),
        ("/app/reset", &anon),
    ] {
        if path == "/graphql" {
            // Visitors have a limit of its own for reading.
            let reading = head(path, client, "", QUERY.len()) + QUERY;
            while answer(&server, &reading).await.status != "HTTP/1.1 429 Too Many Requests" {}
        }
        // What is left is used up by requests with a body that is no use.
        let used = head(path, client, "", 2) + "{}";
        while answer(&server, &used).await.status != "HTTP/1.1 429 Too Many Requests" {}
        let refused = answer(&server, &head(path, client, "", 60_000)).await;
        assert_eq!(refused.status, "HTTP/1.1 429 Too Many Requests", "{path}");
        assert!(refused.headers.contains_key("retry-after"), "{path}");
        assert_eq!(refused.headers["x-ratelimit-limit"], "1", "{path}");
    }
    assert_eq!(app.services.requests.held(), 0);
}

#[tokio::test]
async fn s14_bodies_that_do_not_end_are_bounded_and_hurt_nobody_else() {
    let flags = ["--trusted-proxies=127.0.0.0/8", "--http-request-bytes-per-address=200000"];
    let (app, anon) = TestApp::with(&flags).await;
    let server = Server::start(&app).await;
    let held = || app.services.requests.held();
    let mut endless = Vec::new();
    for path in ["/graphql", "/login", "/graphql"] {
        let mut connection = server.connect().await;
        connection.send(&(head(path, &anon, "203.0.113.7", 65_536) + &"x".repeat(60_000))).await;
        endless.push(connection);
    }
    soon(until(|| held() > 180_000)).await;
    let more = head("/graphql", &anon, "203.0.113.7", 65_536) + &"x".repeat(60_000);
    let mut connection = server.connect().await;
    connection.send(&more).await;
    assert_eq!(soon(connection.answer()).await.status, "HTTP/1.1 429 Too Many Requests");
    let query = |address| head("/graphql", &anon, address, QUERY.len()) + QUERY;
    let from_elsewhere = answer(&server, &query("198.51.100.1")).await;
    assert_eq!(from_elsewhere.status, "HTTP/1.1 200 OK");
    let small = answer(&server, &query("203.0.113.7")).await;
    assert_eq!(small.status, "HTTP/1.1 200 OK", "there is room for a small one");
    drop::<Vec<Connection>>(endless);
    soon(until(|| held() == 0)).await;
}

/// Waits for what other tasks do.
async fn until(happened: impl Fn() -> bool) {
    while !happened() {
        tokio::task::yield_now().await;
    }
}
