//! Which host a request is for, in every version of HTTP.

use axum::http::{Request, StatusCode};
use h2::client;
use tokio::net::TcpStream;

use super::server::Server;
use crate::{account::cookies::Page, support::TestApp};

const QUERY: &str = r#"{"query":"{ viewer { name } }"}"#;

/// A signed-in page asks over HTTP/2 and is answered with this status and text.
async fn over_http2(
    server: &Server,
    (authority, host): (&str, Option<&str>),
    (origin, cookies): (&str, &[&str]),
) -> (StatusCode, String) {
    let stream = TcpStream::connect(server.address).await.unwrap();
    let (requests, connection) = client::handshake(stream).await.unwrap();
    tokio::spawn(connection);
    let mut requests = requests.ready().await.unwrap();
    let mut request = Request::post(format!("https://{authority}/graphql"))
        .header("content-type", "application/json")
        .header("origin", origin);
    for cookie in cookies {
        request = request.header("cookie", *cookie);
    }
    if let Some(host) = host {
        request = request.header("host", host);
    }
    let (answer, mut body) = requests.send_request(request.body(()).unwrap(), false).unwrap();
    body.send_data(QUERY.into(), true).unwrap();
    let (parts, mut body) = answer.await.unwrap().into_parts();
    let mut text = Vec::new();
    while let Some(bytes) = body.data().await {
        text.extend(bytes.unwrap());
    }
    (parts.status, String::from_utf8(text).unwrap())
}

#[tokio::test]
async fn f10_the_authority_of_http_2_is_the_own_origin_as_host_is() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    let server = Server::start(&app).await;
    let address = server.address.to_string();
    let own = format!("https://{address}");
    let page = Page::signed_in(&app).await;
    let cookie = page.cookie();
    // As browsers do: a line for each cookie.
    let cookies: Vec<&str> = cookie.split("; ").collect();
    assert_eq!(cookies.len(), 2);
    for (authority, host, origin) in [
        (address.as_str(), None, own.as_str()),
        (&address, Some(address.as_str()), &own),
        ("gateway.example", None, "https://gateway.example"),
        ("GATEWAY.example:443", None, "https://gateway.example"),
        ("LOCALHOST:443", None, "https://localhost"),
    ] {
        let (status, text) = over_http2(&server, (authority, host), (origin, &cookies)).await;
        assert_eq!(status, 200, "{authority} {host:?} {origin}: {text}");
        assert!(text.contains("ann 測試"), "{text}");
    }
    for (authority, host, origin) in [
        (address.as_str(), None, "https://evil.example"),
        ("evil.example", Some(address.as_str()), own.as_str()),
        (&address, Some("evil.example"), &own),
        (&address, Some("evil.example"), "https://evil.example"),
        (&address, None, &own.replace("https", "http")),
    ] {
        let (status, text) = over_http2(&server, (authority, host), (origin, &cookies)).await;
        assert_eq!(status, 403, "{authority} {host:?} {origin}: {text}");
    }
}

#[tokio::test]
async fn f10_hosts_of_http_1_that_contradict_each_other_are_none() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    let server = Server::start(&app).await;
    let (page, address) = (Page::signed_in(&app).await, server.address.to_string());
    let ask = async |target: &str, hosts: &[&str]| {
        let hosts =
            hosts.iter().map(|host| format!("Host: {host}\r\n")).collect::<Vec<_>>().concat();
        let (cookie, length) = (page.cookie(), QUERY.len());
        let head = format!(
            "POST {target} HTTP/1.1\r\n{hosts}Origin: https://{address}\r\nCookie: {cookie}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{QUERY}"
        );
        let mut connection = server.connect().await;
        connection.send(&head).await;
        connection.answer().await.status
    };
    let absolute = format!("https://{address}/graphql");
    assert_eq!(ask("/graphql", &[&address]).await, "HTTP/1.1 200 OK");
    assert_eq!(ask(&absolute, &[&address]).await, "HTTP/1.1 200 OK");
    for (target, hosts) in [
        ("/graphql", &[address.as_str(), "evil.example"][..]),
        ("/graphql", &["evil.example", &address]),
        ("/graphql", &[&format!("evil@{address}")]),
        (&absolute, &["evil.example"]),
        ("https://evil.example/graphql", &[&address]),
    ] {
        assert_eq!(ask(target, hosts).await, "HTTP/1.1 403 Forbidden", "{target} {hosts:?}");
    }
}
