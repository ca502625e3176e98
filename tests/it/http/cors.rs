//! Which scripts of other origins may read what.

use axum::http::Method;

use super::{get_with, with};
use crate::support::{Reply, TestApp};

const ORIGIN: (&str, &str) = ("origin", "https://app.example.org");

const EXPOSED: [&str; 8] = [
    "link",
    "ratelimit",
    "ratelimit-policy",
    "retry-after",
    "x-api-key-expires",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
];

/// A preflight request for a POST with the headers that clients send.
fn preflight(method: &'static str) -> [(&'static str, &'static str); 3] {
    let headers = "authorization,content-type,x-api-key,x-api-secret";
    [ORIGIN, ("access-control-request-method", method), ("access-control-request-headers", headers)]
}

fn list(reply: &Reply, name: &str) -> Vec<String> {
    let values = reply.headers.get_all(name).iter().map(|value| value.to_str().unwrap());
    values.flat_map(|value| value.split(',')).map(|item| item.trim().to_lowercase()).collect()
}

#[tokio::test]
async fn f9_rest_answers_every_origin_without_credentials_and_shows_its_headers() {
    let (app, anon) = TestApp::new().await;
    let machine = app.machine("ann").await;
    for (client, path) in
        [(&machine, "/api/jobs"), (&anon, "/api/jobs"), (&anon, "/user"), (&anon, "/openapi.json")]
    {
        let reply = get_with(client, path, &[ORIGIN]).await;
        assert_eq!(reply.header("access-control-allow-origin"), "*", "{path}");
        assert!(!reply.has("access-control-allow-credentials"), "{path}");
        let exposed = list(&reply, "access-control-expose-headers");
        for name in EXPOSED {
            assert!(exposed.iter().any(|exposed| exposed == name), "{path}: {name}");
        }
    }
}

#[tokio::test]
async fn scripts_can_read_that_a_path_or_method_is_unknown() {
    let (app, anon) = TestApp::new().await;
    let machine = app.machine("ann").await;
    for (client, method, path, status) in [
        (&machine, Method::GET, "/api/nothing", 404),
        (&machine, Method::GET, "/api/jobs/9", 404),
        (&anon, Method::GET, "/auth/nothing", 404),
        (&machine, Method::DELETE, "/api/jobs", 405),
        (&machine, Method::PUT, "/api/jobs/1", 405),
        (&anon, Method::DELETE, "/login", 405),
    ] {
        let reply = with(client, method, path, &[ORIGIN], "").await;
        assert_eq!(reply.status, status, "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), "*", "{path}");
        let exposed = list(&reply, "access-control-expose-headers");
        assert!(exposed.contains(&"x-ratelimit-remaining".into()), "{path}: {exposed:?}");
    }
}

#[tokio::test]
async fn rest_allows_what_the_documented_samples_send_from_browsers() {
    let (_, anon) = TestApp::new().await;
    for (path, method) in [
        ("/api/jobs", "POST"),
        ("/api/jobs/1", "PATCH"),
        ("/login", "POST"),
        ("/auth/login", "POST"),
    ] {
        let reply = with(&anon, Method::OPTIONS, path, &preflight(method), "").await;
        assert!(reply.status.is_success(), "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), "*");
        assert!(!reply.has("access-control-allow-credentials"));
        assert!(list(&reply, "access-control-allow-methods").contains(&method.to_lowercase()));
        let allowed = list(&reply, "access-control-allow-headers");
        for name in ["authorization", "content-type", "x-api-key", "x-api-secret"] {
            assert!(allowed.iter().any(|allowed| allowed == name), "{path}: {name}");
        }
    }
}

#[tokio::test]
async fn f9_graphql_answers_scripts_of_its_own_origin_only_unless_told_otherwise() {
    let (_, anon) = TestApp::new().await;
    let reply = get_with(&anon, "/graphql?query={__typename}", &[ORIGIN]).await;
    assert!(!reply.has("access-control-allow-origin"), "{reply:?}");
    let asked = with(&anon, Method::OPTIONS, "/graphql", &preflight("POST"), "").await;
    assert!(!asked.has("access-control-allow-origin"), "{asked:?}");
}

#[tokio::test]
async fn f9_graphql_answers_the_allowed_origins_with_credentials_and_no_other() {
    let flags = ["--allowed-origins=https://app.example.org,https://other.example.org"];
    let (_, anon) = TestApp::with(&flags).await;
    for origin in ["https://app.example.org", "https://other.example.org"] {
        let headers = [("origin", origin)];
        let reply = get_with(&anon, "/graphql?query={__typename}", &headers).await;
        assert_eq!(reply.header("access-control-allow-origin"), origin);
        assert_eq!(reply.header("access-control-allow-credentials"), "true");
        assert!(list(&reply, "vary").contains(&"origin".into()), "{reply:?}");
        assert!(list(&reply, "vary").contains(&"accept".into()), "{reply:?}");
    }
    for origin in [
        "https://evil.example.org",
        "http://app.example.org",
        "https://app.example.org.evil",
        "null",
    ] {
        let headers = [("origin", origin)];
        let reply = get_with(&anon, "/graphql?query={__typename}", &headers).await;
        assert!(!reply.has("access-control-allow-origin"), "{origin}");
    }
    let asked = with(&anon, Method::OPTIONS, "/graphql", &preflight("POST"), "").await;
    assert_eq!(asked.header("access-control-allow-origin"), "https://app.example.org");
    assert_eq!(asked.header("access-control-allow-credentials"), "true");
}

#[tokio::test]
async fn pages_answer_no_other_origin() {
    let (_, anon) = TestApp::with(&["--allowed-origins=https://app.example.org"]).await;
    for path in ["/app/reject?token=x", "/healthz", "/readyz"] {
        let reply = get_with(&anon, path, &[ORIGIN]).await;
        assert!(!reply.has("access-control-allow-origin"), "{path}");
    }
}
