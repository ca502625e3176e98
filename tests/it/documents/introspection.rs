//! Questions about the schema itself.

use axum::{
    body::Body,
    http::{Method, header},
};
use serde_json::{Value, json};

use super::{STRICT, answer, hash, persisted};
use crate::{
    jobs::steps::UNLIMITED,
    support::{Client, Server, Socket, TestApp},
};

const QUESTIONS: &[&str] = &[
    "{ __schema { queryType { name } } }",
    "{ __type(name: \"Job\") { name } }",
    "{ __typename harmless: __schema { types { name } } }",
    "{ ...F } fragment F on Query { ... on Query { __type(name: \"User\") { fields { name } } } }",
    "query($yes: Boolean = true) { __schema @include(if: $yes) { types { name } } }",
];

/// The same lists of fields and types over and over.
const CIRCULAR: &[&str] = &[
    "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
    "{ __type(name: \"Job\") { interfaces { possibleTypes { interfaces { name } } } } }",
    "{ __type(name: \"Job\") { ...A } } fragment A on __Type { fields { type { ...B } } }
        fragment B on __Type { fields { type { ...C } } }
        fragment C on __Type { fields { name } }",
];

async fn by_get(client: &Client, query: &str) -> Value {
    let query = url::form_urlencoded::byte_serialize(query.as_bytes()).collect::<String>();
    let request = client.request(Method::GET, &format!("/graphql?query={query}"));
    let request = request.header(header::ACCEPT, STRICT).body(Body::empty());
    let reply = client.send(request.unwrap()).await;
    assert_eq!(reply.json().get("data"), None, "{}", reply.text);
    reply.json()["errors"][0]["extensions"]["code"].clone()
}

#[tokio::test]
async fn a13_introspection_that_is_off_is_off_for_everybody_over_http() {
    let (app, anon) = TestApp::with(&[UNLIMITED, &["--introspection=false"]].concat()).await;
    let clients = [anon, app.machine("ann").await, app.member("bob").await, app.admin("zoe").await];
    for client in &clients {
        for question in QUESTIONS {
            assert_eq!(answer(client, json!({ "query": question })).await, "FORBIDDEN");
            assert_eq!(by_get(client, question).await, "FORBIDDEN", "{question}");
            // By now the text is known by its hash.
            let by_hash = json!({ "extensions": persisted(&hash(question)) });
            assert_eq!(answer(client, by_hash).await, "FORBIDDEN", "{question}");
        }
        let query = json!({ "query": "{ __typename jobs { __typename } }" });
        let names = json!({ "__typename": "Query", "jobs": { "__typename": "JobConnection" } });
        assert_eq!(answer(client, query).await, names, "the name of a type is no introspection");
    }
}

#[tokio::test]
async fn a13_introspection_that_is_off_is_off_on_a_socket() {
    let (app, anon) = TestApp::with(&["--introspection=false"]).await;
    let server = Server::start(&app).await;
    for client in [&anon, &app.machine("ann").await] {
        let (mut socket, here) = Socket::of(server.address, client).await;
        for question in QUESTIONS {
            socket.subscribe("1", question, &here).await;
            let refused = socket.hear().await;
            assert_eq!(refused["type"], "error", "{refused}");
            assert_eq!(refused["payload"][0]["extensions"]["code"], "FORBIDDEN", "{question}");
        }
    }
}

#[tokio::test]
async fn a13_circular_introspection_is_too_complex_over_http_and_on_a_socket() {
    let (app, anon) = TestApp::new().await;
    let server = Server::start(&app).await;
    let (mut socket, here) = Socket::of(server.address, &anon).await;
    for circular in CIRCULAR {
        let refused = answer(&anon, json!({ "query": circular })).await;
        assert_eq!(refused, "QUERY_TOO_COMPLEX", "{circular}");
        assert_eq!(by_get(&anon, circular).await, "QUERY_TOO_COMPLEX", "{circular}");
        socket.subscribe("1", circular, &here).await;
        let refused = socket.hear().await;
        assert_eq!(refused["payload"][0]["extensions"]["code"], "QUERY_TOO_COMPLEX", "{refused}");
    }
    let once = json!({ "query": "{ __schema { types { fields { type { name } } } } }" });
    assert!(answer(&anon, once).await["__schema"]["types"].is_array());
}
