//! Whose address counts.

use axum::{
    body::Body,
    http::{Method, Request},
};
use find_helper::http::Peer;
use tower::ServiceExt;

use super::standing;
use crate::support::{Client, Reply, TestApp};

/// A request by `peer` that says it forwards for others.
async fn forwarded(app: &TestApp, peer: &str, forwarded_for: &[&str]) -> u32 {
    let mut request = Request::builder().method(Method::GET).uri("/user");
    for value in forwarded_for {
        request = request.header("X-Forwarded-For", *value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(Peer((peer.parse::<std::net::IpAddr>().unwrap(), 9).into()));
    let response = app.router.clone().oneshot(request).await.unwrap();
    response.headers()["x-ratelimit-remaining"].to_str().unwrap().parse().unwrap()
}

async fn remaining(client: &Client, address: &str) -> u32 {
    let reply: Reply = client.at(address).get("/user").await;
    standing(&reply).1
}

#[tokio::test]
async fn a_network_of_64_bits_is_one_client() {
    let (_, anon) = TestApp::new().await;
    assert_eq!(remaining(&anon, "2001:db8::1").await, 59);
    assert_eq!(remaining(&anon, "2001:db8::ffff:ffff:ffff:ffff").await, 58);
    assert_eq!(remaining(&anon, "2001:db8:0:1::1").await, 59);
    assert_eq!(remaining(&anon, "198.51.100.1").await, 59);
    assert_eq!(remaining(&anon, "::ffff:198.51.100.1").await, 58, "IPv4 written as IPv6");
    assert_eq!(remaining(&anon, "198.51.100.2").await, 59);
}

#[tokio::test]
async fn without_trusted_proxies_nobody_speaks_for_others() {
    let (app, _) = TestApp::new().await;
    for (number, claimed) in ["198.51.100.1", "198.51.100.2", "127.0.0.1"].iter().enumerate() {
        let expected = 59 - u32::try_from(number).unwrap();
        assert_eq!(forwarded(&app, "203.0.113.7", &[claimed]).await, expected);
    }
}

#[tokio::test]
async fn a_trusted_proxy_is_believed_about_the_last_hop_only() {
    let (app, _) = TestApp::with(&["--trusted-proxies=10.0.0.0/8"]).await;
    assert_eq!(forwarded(&app, "10.0.0.1", &["198.51.100.1"]).await, 59);
    assert_eq!(forwarded(&app, "10.0.0.2", &["192.0.2.5, 198.51.100.1"]).await, 58, "a forged hop");
    assert_eq!(forwarded(&app, "10.0.0.2", &["192.0.2.6", "198.51.100.1"]).await, 57);
    assert_eq!(forwarded(&app, "10.0.0.2", &["198.51.100.1, 10.0.0.3"]).await, 56, "two proxies");
    assert_eq!(forwarded(&app, "10.0.0.1", &["192.0.2.5"]).await, 59, "another client");
    assert_eq!(forwarded(&app, "203.0.113.7", &["198.51.100.1"]).await, 59, "a stranger forges");
    assert_eq!(forwarded(&app, "203.0.113.7", &["198.51.100.9"]).await, 58);
}
