//! Whose address counts.

use axum::{
    body::Body,
    http::{HeaderValue, Method, Request, header},
};
use find_helper::http::Peer;
use tower::ServiceExt;

use super::{standing, wrong_login};
use crate::support::{Client, Reply, TestApp};

/// A request by `peer` that says it forwards for others.
async fn forwarded(app: &TestApp, peer: &str, forwarded_for: &[&str]) -> u32 {
    let headers: Vec<_> = forwarded_for.iter().map(|value| ("X-Forwarded-For", *value)).collect();
    with_headers(app, peer, &headers).await
}

/// What is left to a request by `peer` with these headers.
async fn with_headers(app: &TestApp, peer: &str, headers: &[(&str, &str)]) -> u32 {
    let mut request = Request::builder().method(Method::GET).uri("/user");
    for (name, value) in headers {
        request = request.header(*name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(Peer((peer.parse::<std::net::IpAddr>().unwrap(), 9).into()));
    let response = app.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), 401, "as for everybody");
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
async fn b4_without_trusted_proxies_nobody_speaks_for_others() {
    let (app, _) = TestApp::new().await;
    for (number, claimed) in ["198.51.100.1", "198.51.100.2", "127.0.0.1"].iter().enumerate() {
        let expected = 59 - u32::try_from(number).unwrap();
        assert_eq!(forwarded(&app, "203.0.113.7", &[claimed]).await, expected);
    }
}

#[tokio::test]
async fn b5_a_trusted_proxy_is_believed_about_the_last_hop_only() {
    let (app, _) = TestApp::with(&["--trusted-proxies=10.0.0.0/8"]).await;
    assert_eq!(forwarded(&app, "10.0.0.1", &["198.51.100.1"]).await, 59);
    assert_eq!(forwarded(&app, "10.0.0.2", &["192.0.2.5, 198.51.100.1"]).await, 58, "a forged hop");
    assert_eq!(forwarded(&app, "10.0.0.2", &["192.0.2.6", "198.51.100.1"]).await, 57);
    assert_eq!(forwarded(&app, "10.0.0.2", &["198.51.100.1, 10.0.0.3"]).await, 56, "two proxies");
    assert_eq!(forwarded(&app, "10.0.0.1", &["192.0.2.5"]).await, 59, "another client");
    assert_eq!(forwarded(&app, "203.0.113.7", &["198.51.100.1"]).await, 59, "a stranger forges");
    assert_eq!(forwarded(&app, "203.0.113.7", &["198.51.100.9"]).await, 58);
}

/// Headers that some proxy or other tells a client's address with.
const OTHER_HEADERS: &[&str] = &[
    "X-Real-IP",
    "Forwarded",
    "CF-Connecting-IP",
    "CF-Connecting-IPv6",
    "True-Client-IP",
    "X-Client-IP",
    "X-Cluster-Client-IP",
    "X-Originating-IP",
    "X-Remote-Addr",
    "Fastly-Client-IP",
    "Fly-Client-IP",
    "Client-IP",
    "Via",
];

#[tokio::test]
async fn b4_no_header_of_a_stranger_buys_a_further_sign_in() {
    let (app, anon) = TestApp::with(&["--trusted-proxies=10.255.0.0/16"]).await;
    let login = async |name: &str, claimed: &str| {
        let value = if name == "Forwarded" { format!("for={claimed}") } else { claimed.into() };
        let request = anon.request(Method::POST, "/login").header(name, value);
        let request = request.header(header::CONTENT_TYPE, "application/json");
        anon.send(request.body(wrong_login().to_string().into()).unwrap()).await
    };
    for number in 1..=5 {
        assert_eq!(login("X-Forwarded-For", &format!("198.51.100.{number}")).await.status, 401);
    }
    let runs = app.services.passwords.runs();
    for name in OTHER_HEADERS.iter().chain(&["X-Forwarded-For", "x-forwarded-for"]) {
        for claimed in ["198.51.100.9", "10.255.0.1", "127.0.0.1", "::1"] {
            assert_eq!(login(name, claimed).await.status, 429, "{name}: {claimed}");
        }
    }
    assert_eq!(app.services.passwords.runs(), runs);
}

#[tokio::test]
async fn b4_of_a_trusted_proxy_one_header_counts_and_no_other() {
    let (app, _) = TestApp::with(&["--trusted-proxies=10.0.0.0/8"]).await;
    let real = ("X-Forwarded-For", "198.51.100.1");
    for (number, name) in OTHER_HEADERS.iter().enumerate() {
        let left = 59 - u32::try_from(number).unwrap();
        assert_eq!(with_headers(&app, "10.0.0.1", &[real, (name, "192.0.2.5")]).await, left);
        assert_eq!(with_headers(&app, "10.0.0.9", &[(name, "192.0.2.5")]).await, left, "{name}");
    }
}

#[tokio::test]
async fn b5_whatever_a_trusted_proxy_passes_on_the_nearest_stranger_is_charged() {
    let (app, _) =
        TestApp::with(&["--trusted-proxies=10.0.0.0/8", "--limit-general-per-minute=1000"]).await;
    let many = "192.0.2.5, ".repeat(10_000) + "198.51.100.1";
    let proxies = "198.51.100.1".to_owned() + &", 10.0.0.7".repeat(10_000);
    let told_well: &[&[&str]] = &[
        &["198.51.100.1"],
        &["1.2.3.4, 198.51.100.1"],
        &["1.2.3.4", "198.51.100.1"],
        &["198.51.100.1, 10.0.0.7", "10.0.0.8"],
        &["evil, 198.51.100.1"],
        &["\u{e9}\u{1f4a9}", "198.51.100.1"],
        &["1.2.3.4:5, 198.51.100.1:6"],
        &["  198.51.100.1\t"],
        &[",,, ,198.51.100.1"],
        &["::ffff:198.51.100.1"],
        &["[::ffff:198.51.100.1]:5"],
        &[&many],
        &[&proxies],
    ];
    for (number, values) in told_well.iter().enumerate() {
        let left = forwarded(&app, "10.0.0.1", values).await;
        assert_eq!(left, 999 - u32::try_from(number).unwrap(), "{values:.60?}");
    }
    assert_eq!(forwarded(&app, "10.0.0.1", &["[2001:db8::1]:5"]).await, 999);
    assert_eq!(forwarded(&app, "10.0.0.1", &["2001:db8::1"]).await, 998);
    assert_eq!(forwarded(&app, "10.0.0.1", &["[::1]:5"]).await, 999, "an address like any other");
}

#[tokio::test]
async fn b5_all_whom_proxies_do_not_name_share_a_limit_that_is_not_the_proxy_s() {
    let (app, _) = TestApp::with(&["--trusted-proxies=10.0.0.0/8"]).await;
    let garbage = [
        "evil",
        "",
        ",",
        "198.51.100.1, evil",
        "198.51.100.1,",
        "198.51.100.256",
        "198.51.100.1:99999",
        "[::1",
        "[::1]:x",
        "0x7f.1",
        "127.1",
        "198.51.100.01",
        "unknown",
        "_hidden",
        "for=198.51.100.1",
        "198.51.100.1;",
        "198.51.100.1/32",
        "fe80::1%eth0",
        "\u{ff11}98.51.100.1",
    ];
    for (number, value) in garbage.iter().enumerate() {
        let left = 59 - u32::try_from(number).unwrap();
        let proxy = if number % 2 == 0 { "10.0.0.1" } else { "10.0.0.2" };
        assert_eq!(forwarded(&app, proxy, &[value]).await, left, "{value:?}");
    }
    assert_eq!(forwarded(&app, "10.0.0.1", &["10.0.0.1"]).await, 59, "a proxy that names itself");
}

#[tokio::test]
async fn f13_bracketed_addresses_and_ports_are_addresses() {
    let (app, _) = TestApp::with(&["--trusted-proxies=10.0.0.0/8"]).await;
    let client = ["203.0.113.7", "203.0.113.7:4711", "::ffff:203.0.113.7", "[::ffff:203.0.113.7]"];
    for (left, form) in (0..60).rev().zip(client) {
        assert_eq!(forwarded(&app, "10.0.0.1", &[form]).await, left, "{form}");
    }
    let client = ["2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:443", "[2001:db8::2]"];
    for (left, form) in (0..60).rev().zip(client) {
        assert_eq!(forwarded(&app, "10.0.0.1", &[form]).await, left, "{form}");
    }
}
