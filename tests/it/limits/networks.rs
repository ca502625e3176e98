//! Whoever has many networks has them next to each other.

use serde_json::json;

use super::{person, standing};
use crate::support::{Client, Reply, Server, Socket, TestApp, socket::PROTOCOL};

/// An address in a network of 64 bits; 256 of them in a row are one of 56.
fn address(network: usize) -> String {
    format!("2001:db8:1:{network:x}::1")
}

async fn wrong_login(anon: &Client, address: &str, number: usize) -> Reply {
    let email = format!("nobody-{number}@example.com");
    let wrong = json!({ "email": email, "password": "wrong password" });
    anon.at(address).post("/login", wrong).await
}

#[tokio::test]
async fn s07_sign_ins_from_many_networks_of_one_owner_are_stopped() {
    let (_, anon) = TestApp::new().await;
    let mut looked_at = 0;
    for network in 0..=20 {
        let reply = wrong_login(&anon, &address(network), network).await;
        looked_at += usize::from(reply.status == 401);
    }
    assert_eq!(looked_at, 20, "of one network of 56 bits, four times what an address has");
    for network in 0..=60 {
        let reply = wrong_login(&anon, &address((network + 1) << 8), network).await;
        looked_at += usize::from(reply.status == 401);
    }
    assert_eq!(looked_at, 80, "of one network of 48 bits, sixteen times");
    let refused = wrong_login(&anon, &address(0xff00), 0).await;
    assert_eq!(refused.status, 429);
    assert_eq!((standing(&refused).0, standing(&refused).1), (80, 0));
    assert!(refused.header("ratelimit").contains("\"network\";r=0"), "{refused:?}");
    assert!(refused.has("retry-after"));
    let other = wrong_login(&anon, "2001:db8:2::1", 0).await;
    assert_eq!(other.status, 401, "of another network");
    assert_eq!((standing(&other).0, standing(&other).1), (5, 4), "told as ever");
    assert!(!other.header("ratelimit").contains("network"));
}

#[tokio::test]
async fn s07_so_are_registrations_and_all_other_requests() {
    let flags = ["--limit-register-per-hour=1", "--limit-general-per-minute=1"];
    let (_, anon) = TestApp::with(&flags).await;
    for network in 0..5 {
        let visitor = anon.at(&address(network));
        let (registered, read) = (visitor.post("/register", person(network)), visitor.get("/user"));
        let statuses = (registered.await.status.as_u16(), read.await.status.as_u16());
        let expected = if network < 4 { (200, 401) } else { (429, 429) };
        assert_eq!(statuses, expected, "{network}");
    }
}

#[tokio::test]
async fn s07_so_are_sockets() {
    let flags = ["--limit-sockets-per-address=1", "--trusted-proxies=127.0.0.0/8"];
    let (app, _) = TestApp::with(&flags).await;
    let server = Server::start(&app).await;
    let mut open = Vec::new();
    for network in 0..5 {
        let from = address(network);
        let headers = [("sec-websocket-protocol", PROTOCOL), ("x-forwarded-for", &from)];
        open.push(Socket::upgrade(server.address, &headers).await);
    }
    let refused: Vec<Option<u16>> = open.iter().map(|it| it.as_ref().err().copied()).collect();
    assert_eq!(refused, [None, None, None, None, Some(429)]);
}
