//! What changes something takes its parameters from a JSON body.

use axum::{body::Body, http::Method};
use find_helper::rest::{Envelope, Route, routes::routes};
use serde_json::{Value, json};

use super::jobs::cleaning;
use crate::support::{Client, PASSWORD, Reply, TestApp};

const FORM: &str = "application/x-www-form-urlencoded";

fn writes() -> impl Iterator<Item = Route> {
    routes().into_iter().filter(|route| route.method != Method::GET)
}

/// What a write needs, and the fields without which it is refused.
fn parameters(route: &Route) -> (Value, &'static [&'static str]) {
    let person = json!({ "name": "張三", "email": "zhang@example.com", "password": PASSWORD });
    let login = json!({ "email": "ann@example.com", "password": PASSWORD });
    match route.path {
        "/api/jobs" => (cleaning(), &["title", "jobType", "city", "address", "estimatedAmount"]),
        "/api/jobs/{id}" => (json!({ "title": "別的工作" }), &[]),
        "/register" => (person, &["name", "email", "password"]),
        "/login" => (login, &["email", "password"]),
        "/refresh" => (json!({ "refresh_token": "fhr_x" }), &["refresh_token"]),
        "/api/jobs/{id}/cancel" | "/logout" => (json!({}), &[]),
        path => panic!("no case for {path}"),
    }
}

/// The path with the parameters as its query string.
fn addressed(route: &Route, parameters: &Value) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in parameters.as_object().unwrap() {
        query.append_pair(name, value.as_str().unwrap_or(&value.to_string()));
    }
    format!("{}?{}", route.path.replace("{id}", "1"), query.finish())
}

async fn send(client: &Client, route: &Route, path: &str, media_type: &str, body: &str) -> Reply {
    let request = client.request(route.method.clone(), path).header("content-type", media_type);
    client.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

fn error(route: &Route, reply: &Reply) -> String {
    match route.envelope {
        Envelope::Jobs => reply.jobs_error(),
        Envelope::Auth => reply.auth_error(),
    }
}

/// A gateway with a job, and whoever may call the route there.
async fn world(route: &Route) -> (TestApp, Client) {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let machine = app.key(&ann, find_helper::domain::viewer::Scope::ALL).await;
    machine.post("/api/jobs", cleaning()).await;
    let client = match (route.envelope, route.ignores_credentials) {
        (Envelope::Jobs, _) => machine,
        (_, true) => app.anon(),
        (_, false) => ann,
    };
    (app, client)
}

#[tokio::test]
async fn s17_a_query_string_on_a_write_is_ignored_on_every_route() {
    for route in writes() {
        let (_, client) = world(&route).await;
        let (parameters, required) = parameters(&route);
        let path = addressed(&route, &parameters);
        let reply = send(&client, &route, &path, FORM, "").await;
        if required.is_empty() {
            assert!(reply.status.is_success(), "{path}: {}", reply.text);
            assert!(!reply.text.contains("別的"), "{path}: {}", reply.text);
        } else {
            assert_eq!(error(&route, &reply), "400 INVALID_REQUEST", "{path}");
        }
    }
    let (app, anon) = TestApp::new().await;
    app.member("ann").await;
    let login = json!({ "email": "ann@example.com", "password": PASSWORD });
    let reply = anon.post("/login?password=another+one&email=bob%40example.com", login).await;
    assert_eq!(reply.status, 200, "the body counts: {}", reply.text);
}

#[tokio::test]
async fn s17_a_write_without_a_body_names_the_fields_that_are_missing() {
    for route in writes() {
        let (_, client) = world(&route).await;
        let (parameters, required) = parameters(&route);
        for path in [addressed(&route, &json!({})), addressed(&route, &parameters)] {
            let request = client.request(route.method.clone(), &path).body(Body::empty());
            let reply = client.send(request.unwrap()).await;
            if required.is_empty() {
                continue;
            }
            assert_eq!(error(&route, &reply), "400 INVALID_REQUEST", "{path}");
            for field in required {
                assert!(reply.text.contains(field), "{path}: {field}: {}", reply.text);
            }
        }
    }
}

#[tokio::test]
async fn s17_forms_of_other_sites_execute_no_route() {
    for route in writes() {
        for media_type in [FORM, "text/plain", "multipart/form-data; boundary=x", "json", ""] {
            let (_, client) = world(&route).await;
            let (parameters, _) = parameters(&route);
            let path = addressed(&route, &parameters);
            for body in [parameters.to_string(), path.split_once('?').unwrap().1.to_owned() + "&"] {
                let reply = send(&client, &route, &path, media_type, &body).await;
                assert_eq!(reply.status, 415, "{path} {media_type}: {}", reply.text);
            }
        }
    }
}
