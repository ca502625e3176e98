//! Requests that are wrong before anybody looks at what they ask for.

use std::collections::BTreeMap;

use axum::{
    body::{Body, Bytes},
    http::{Method, header},
};
use find_helper::rest::routes::routes;
use futures_util::stream;
use serde_json::json;

use super::{Shape, World, bare, send};
use crate::support::{Client, Reply, TestApp};

const LIMIT: usize = 65_536;

/// Every path of the gateway with its methods; a job's number stands for `{id}`.
fn paths() -> BTreeMap<String, Vec<Method>> {
    let mut paths: BTreeMap<String, Vec<Method>> = BTreeMap::new();
    for route in routes() {
        for path in route.paths() {
            paths.entry(path.replace("{id}", "1")).or_default().push(route.method.clone());
        }
    }
    for path in ["/", "/healthz", "/readyz", "/openapi.json", "/app/assets/x.js"] {
        paths.insert(path.into(), vec![Method::GET]);
    }
    for path in ["/graphql", "/app/reject"] {
        paths.insert(path.into(), vec![Method::GET, Method::POST]);
    }
    paths
}

#[tokio::test]
async fn every_path_refuses_other_methods_and_names_its_own() {
    let (app, anon) = TestApp::with(&["--limit-general-per-minute=1000"]).await;
    for (path, methods) in paths() {
        for method in [Method::DELETE, Method::PUT, Method::PATCH, Method::POST, Method::GET] {
            if methods.contains(&method) {
                continue;
            }
            let reply = bare(&anon.at(&app.anon().address().to_string()), method, &path).await;
            let refusal = Shape::of(&path).refusal(&reply);
            assert_eq!(refusal, "405 METHOD_NOT_ALLOWED", "{path}");
            let allowed: Vec<&str> = reply.header("allow").split(',').map(str::trim).collect();
            for method in &methods {
                assert!(allowed.contains(&method.as_str()), "{method} {path}: {allowed:?}");
            }
            assert!(!allowed.contains(&"DELETE"), "{path}: {allowed:?}");
        }
    }
}

#[tokio::test]
async fn an_unknown_path_answers_in_the_shape_of_the_api_that_was_meant() {
    let (_, anon) = TestApp::new().await;
    for path in ["/api", "/api/", "/api/nothing", "/api/jobs/1/nothing", "/api/jobs/", "/nothing"] {
        assert_eq!(anon.get(path).await.jobs_error(), "404 NOT_FOUND", "{path}");
    }
    for path in ["/auth", "/auth/nothing", "/login/", "/user/1", "/register/x", "/auth/login/"] {
        assert_eq!(anon.get(path).await.auth_error(), "404 NOT_FOUND", "{path}");
    }
}

/// A client and a path of each API that takes a body.
fn takers(world: &World) -> [(&Client, &'static str); 3] {
    [(&world.anon, "/graphql"), (&world.machine, "/api/jobs"), (&world.anon, "/login")]
}

fn refusal(path: &str, reply: &Reply) -> String {
    Shape::of(path).refusal(reply)
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_whether_its_length_is_told_or_not() {
    let world = World::new(&[]).await;
    let told = || Body::from(" ".repeat(LIMIT + 1));
    let untold = || {
        let chunks =
            (0..=LIMIT / 1024).map(|_| Ok::<_, std::io::Error>(Bytes::from(" ".repeat(1024))));
        Body::from_stream(stream::iter(chunks))
    };
    for (client, path) in takers(&world) {
        for body in [told(), untold()] {
            let reply = send(client, path, Some("application/json"), body).await;
            assert_eq!(refusal(path, &reply), "413 PAYLOAD_TOO_LARGE", "{path}");
        }
        let filled = Body::from(" ".repeat(LIMIT - 2) + "{}");
        let reply = send(client, path, Some("application/json"), filled).await;
        assert_eq!(refusal(path, &reply), "400 INVALID_REQUEST", "{path}: just within the limit");
    }
}

#[tokio::test]
async fn only_json_is_read() {
    let world =
        World::new(&["--limit-general-per-minute=100", "--limit-login-per-minute=100"]).await;
    let types = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x"];
    for (client, path) in takers(&world) {
        for content_type in types {
            let reply = send(client, path, Some(content_type), "{}".into()).await;
            assert_eq!(
                refusal(path, &reply),
                "415 UNSUPPORTED_MEDIA_TYPE",
                "{path} {content_type}"
            );
        }
        for content_type in ["application/json; charset=utf-8", "Application/JSON"] {
            let reply = send(client, path, Some(content_type), "{}".into()).await;
            assert_eq!(refusal(path, &reply), "400 INVALID_REQUEST", "{path} {content_type}");
        }
        let reply = send(client, path, None, "{}".into()).await;
        let expected = match path {
            "/graphql" => "415 UNSUPPORTED_MEDIA_TYPE",
            _ => "400 INVALID_REQUEST",
        };
        assert_eq!(refusal(path, &reply), expected, "{path} without a content type");
    }
}

#[tokio::test]
async fn what_is_not_a_json_object_is_an_invalid_request() {
    let world =
        World::new(&["--limit-general-per-minute=100", "--limit-login-per-minute=100"]).await;
    let nested = "[".repeat(10_000);
    let bodies = [
        "{",
        "",
        "[{}]",
        "\"text\"",
        "1",
        "null",
        "{\"a\":1,}",
        "{'a':1}",
        "{\"a\":\"\\ud800\"}",
        "{} {}",
        &nested,
    ];
    for (client, path) in takers(&world) {
        for body in bodies {
            let reply = send(client, path, Some("application/json"), body.to_owned().into()).await;
            assert_eq!(refusal(path, &reply), "400 INVALID_REQUEST", "{path} {body:.20}");
        }
        let latin = Body::from(&b"{\"a\":\"\xe9\"}"[..]);
        let reply = send(client, path, Some("application/json"), latin).await;
        assert_eq!(refusal(path, &reply), "400 INVALID_REQUEST", "{path}: not UTF-8");
    }
}

#[tokio::test]
async fn a_request_without_a_body_needs_no_content_type() {
    let world = World::new(&[]).await;
    let cancelled = bare(&world.machine, Method::POST, "/api/jobs/1/cancel").await;
    assert_eq!(cancelled.status, 200, "{}", cancelled.text);
    assert_eq!(bare(&world.ann, Method::POST, "/logout").await.status, 200);
}

#[tokio::test]
async fn two_kinds_of_credentials_at_once_are_an_invalid_request() {
    let World { app, ann, machine, .. } = World::new(&[]).await;
    let token = ann.request(Method::GET, "/").body(()).unwrap();
    let token = token.headers()[header::AUTHORIZATION].clone();
    for path in ["/graphql?query={__typename}", "/api/jobs", "/user"] {
        let request = machine.request(Method::GET, path).header(header::AUTHORIZATION, &token);
        let reply = machine.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(refusal(path, &reply), "400 INVALID_REQUEST", "{path}");
    }
    let runs = app.services.passwords.runs();
    let request = machine.request(Method::POST, "/login").header(header::AUTHORIZATION, &token);
    let login = json!({ "email": "ann@example.com", "password": crate::support::PASSWORD });
    let request = request.header(header::CONTENT_TYPE, "application/json");
    let reply = machine.send(request.body(login.to_string().into()).unwrap()).await;
    assert_eq!(reply.status, 200, "signing in ignores credentials: {}", reply.text);
    assert_eq!(app.services.passwords.runs(), runs + 1);
}

#[tokio::test]
async fn credentials_that_are_not_whole_or_not_single_speak_for_nobody() {
    let World { ann, machine, .. } = World::new(&["--limit-general-per-minute=100"]).await;
    let key = machine.request(Method::GET, "/").body(()).unwrap().headers().clone();
    let token = ann.request(Method::GET, "/").body(()).unwrap().headers().clone();
    let bearer = token[header::AUTHORIZATION].to_str().unwrap();
    let (id, secret) = (key["x-api-key"].to_str().unwrap(), key["x-api-secret"].to_str().unwrap());
    let token = bearer.strip_prefix("Bearer ").unwrap();
    let half_and_double: &[&[(&str, &str)]] = &[
        &[("x-api-key", id)],
        &[("x-api-secret", secret)],
        &[("x-api-key", id), ("x-api-key", id), ("x-api-secret", secret)],
        &[("authorization", bearer), ("authorization", bearer)],
        &[("authorization", token)],
        &[("authorization", &format!("Basic {token}"))],
        &[("authorization", &format!("Bearer {token},{token}"))],
        &[("authorization", "Bearer ")],
        &[("authorization", "")],
    ];
    let anon = ann.without_proof();
    for path in ["/graphql?query={__typename}", "/api/jobs", "/user"] {
        for headers in half_and_double {
            let mut request = anon.request(Method::GET, path);
            for (name, value) in *headers {
                request = request.header(*name, *value);
            }
            let reply = anon.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(refusal(path, &reply), "401 UNAUTHORIZED", "{path} {headers:?}");
        }
    }
}
