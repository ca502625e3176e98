//! Headers of every answer.

use std::collections::HashSet;

use super::get_with;
use crate::support::TestApp;

/// One path of each kind of answer.
const PATHS: [&str; 14] = [
    "/",
    "/graphql?query={__typename}",
    "/graphql",
    "/api/jobs",
    "/user",
    "/verify?token=x",
    "/nothing",
    "/openapi.json",
    "/app/reject?token=x",
    "/app/jobs",
    "/docs/errors",
    "/app/assets/nothing.js",
    "/healthz",
    "/readyz",
];

#[tokio::test]
async fn f10_every_answer_is_protected_in_browsers() {
    let (_, anon) = TestApp::new().await;
    for path in PATHS {
        for accept in ["*/*", "text/html"] {
            let reply = get_with(&anon, path, &[("accept", accept)]).await;
            assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(reply.header("referrer-policy"), "no-referrer", "{path}");
            assert_eq!(reply.header("x-frame-options"), "DENY", "{path}");
            assert_eq!(reply.header("cross-origin-resource-policy"), "same-origin", "{path}");
            assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin", "{path}");
            assert_eq!(reply.header("strict-transport-security"), "max-age=31536000", "{path}");
            let policy = reply.header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
            assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
            assert!(!policy.contains("unsafe-eval"), "{path}: {policy}");
            assert!(reply.has("cache-control"), "{path}");
        }
    }
}

#[tokio::test]
async fn the_documented_address_of_the_documentation_leads_to_its_page() {
    let (_, anon) = TestApp::new().await;
    let moved = anon.get("/docs.html").await;
    assert_eq!((moved.status.as_u16(), moved.header("location")), (308, "/docs"));
    for path in ["/docs", "/docs/", "/docs/errors", "/docs/graphql/Job"] {
        let page = anon.get(path).await;
        assert!(page.header("content-type").starts_with("text/html"), "{path}: {page:?}");
        assert!(!page.has("x-ratelimit-limit"), "{path} is not counted");
    }
}

#[tokio::test]
async fn f10_answers_about_people_are_never_stored() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    for path in ["/user", "/graphql?query={viewer{id}}", "/verify?token=x", "/app/reject?token=x"] {
        for client in [&ann, &anon] {
            assert_eq!(client.get(path).await.header("cache-control"), "no-store", "{path}");
        }
    }
}

#[tokio::test]
async fn a_harmless_request_id_comes_back_and_any_other_is_replaced() {
    let (_, anon) = TestApp::new().await;
    let longest = "a".repeat(64);
    for id in ["1", "0b9e7a2c-4d1f-4c1e-9a57-0d5b6b6c2f10", &longest] {
        let reply = get_with(&anon, "/healthz", &[("x-request-id", id)]).await;
        assert_eq!(reply.header("x-request-id"), id);
    }
    let too_long = "a".repeat(65);
    let mut ours = HashSet::new();
    for id in ["", "a b", "a\tb", "{\"a\":1}", "../x", "a;b", "é", &too_long] {
        let reply = get_with(&anon, "/healthz", &[("x-request-id", id)]).await;
        let given = reply.header("x-request-id").to_owned();
        assert_eq!(given.len(), 32, "{id}: {given}");
        assert!(given.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}: {given}");
        assert!(ours.insert(given), "each request has its own");
    }
}

#[tokio::test]
async fn every_answer_has_a_request_id() {
    let (_, anon) = TestApp::new().await;
    for path in PATHS {
        assert!(!anon.get(path).await.header("x-request-id").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_refused_credential_is_told_what_to_present() {
    let (_, anon) = TestApp::new().await;
    assert_eq!(anon.get("/user").await.header("www-authenticate"), "Bearer");
    let forged = anon.clone().with_session(1, "x.y.z", None);
    for path in ["/user", "/graphql?query={__typename}"] {
        assert!(forged.get(path).await.header("www-authenticate").starts_with("Bearer"), "{path}");
    }
}

#[tokio::test]
async fn a_gateway_that_drains_or_lost_its_database_is_alive_but_not_ready() {
    let (app, anon) = TestApp::new().await;
    let statuses = async || {
        (anon.get("/healthz").await.status.as_u16(), anon.get("/readyz").await.status.as_u16())
    };
    assert_eq!(statuses().await, (200, 200));
    app.app().gateway.drain();
    assert_eq!(statuses().await, (200, 503));
    let (app, anon) = TestApp::new().await;
    app.services.db.clone().close().await.unwrap();
    assert_eq!(anon.get("/readyz").await.status, 503);
    assert_eq!(anon.get("/healthz").await.status, 200);
}
