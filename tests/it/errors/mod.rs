//! What clients are told when something goes wrong.

mod hostile;
mod masking;
mod nesting;
mod panics;
mod requests;
mod size;
pub(crate) mod table;
mod variables;

use axum::{
    body::Body,
    http::{Method, header},
};
use serde_json::{Value, json};

use crate::{
    rest::jobs::cleaning,
    support::{Client, Reply, TestApp},
};

/// The shape that an answer has, by its door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Graphql,
    Jobs,
    Auth,
}

impl Shape {
    /// The shape that a path's answers have; pages and the like refuse as the jobs API does.
    fn of(path: &str) -> Self {
        match path.split(['/', '?']).nth(1).unwrap_or_default() {
            "graphql" => Self::Graphql,
            "auth" | "register" | "login" | "verify" | "user" | "refresh" | "logout" => Self::Auth,
            _ => Self::Jobs,
        }
    }

    /// Status and code of a refusal that has exactly this shape and speaks the door's language.
    fn refusal(self, reply: &Reply) -> String {
        let json = reply.json();
        let (code, message) = match self {
            Self::Graphql => {
                let error = &json["errors"][0];
                (&error["extensions"]["code"], &error["message"])
            }
            Self::Jobs => {
                assert_eq!(keys(&json), ["error", "success"], "{json}");
                assert_eq!(keys(&json["error"]), ["code", "message"], "{json}");
                (&json["error"]["code"], &json["error"]["message"])
            }
            Self::Auth => {
                assert_eq!(keys(&json), ["error_code", "message", "success"], "{json}");
                (&json["error_code"], &json["message"])
            }
        };
        assert!(self == Self::Graphql || json["success"] == false, "{json}");
        let message = message.as_str().unwrap_or_else(|| panic!("no message: {json}"));
        let is_chinese = message.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert_eq!(is_chinese, self == Self::Auth, "the language of {message:?}");
        format!("{} {}", reply.status.as_u16(), code.as_str().unwrap_or("no code"))
    }
}

fn keys(json: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// A gateway where ann has a session, a key and one published job.
struct World {
    app: TestApp,
    anon: Client,
    ann: Client,
    machine: Client,
}

impl World {
    async fn new(flags: &[&str]) -> Self {
        let (app, anon) = TestApp::with(flags).await;
        let machine = app.machine("ann").await;
        let ann = app.signed_in("ann@example.com").await;
        machine.post("/api/jobs", cleaning()).await;
        Self { app, anon, ann, machine }
    }
}

/// A GraphQL request whose status tells what became of it.
async fn ask(client: &Client, query: &str, variables: Value) -> Reply {
    let request = client
        .request(Method::POST, "/graphql")
        .header(header::ACCEPT, "application/graphql-response+json")
        .header(header::CONTENT_TYPE, "application/json");
    let body = json!({ "query": query, "variables": variables }).to_string();
    client.send(request.body(body.into()).unwrap()).await
}

/// A request without a body.
async fn bare(client: &Client, method: Method, path: &str) -> Reply {
    client.send(client.request(method, path).body(Body::empty()).unwrap()).await
}

/// A request with a body as it stands.
async fn send(client: &Client, path: &str, content_type: Option<&str>, body: Body) -> Reply {
    let mut request = client.request(Method::POST, path);
    if let Some(content_type) = content_type {
        request = request.header(header::CONTENT_TYPE, content_type);
    }
    client.send(request.body(body).unwrap()).await
}
