//! Documents that requests name instead of sending them.

mod introspection;
mod manifest;
mod persisted;
mod queries;
mod trusted;

use axum::http::{Method, header};
use find_helper::graphql::document::DocumentHash;
use serde_json::{Value, json};

use crate::support::{Client, Reply, TestApp, folder};

const STRICT: &str = "application/graphql-response+json";

fn hash(text: &str) -> String {
    DocumentHash::of(text).to_string()
}

/// A gateway with these trusted documents and other settings, and somebody who is not signed in.
pub(crate) async fn trusting(manifest: &Value, flags: &[&str]) -> (TestApp, Client) {
    let folder = folder();
    let file = folder.path().join("manifest.json");
    std::fs::write(&file, manifest.to_string()).unwrap();
    let manifest = format!("--trusted-documents={}", file.display());
    TestApp::with(&[&[manifest.as_str()], flags].concat()).await
}

/// A manifest that names each text by its hash.
pub(crate) fn by_hash(texts: &[&str]) -> Value {
    texts.iter().map(|text| (hash(text), Value::from(*text))).collect()
}

/// What a client of automatic persisted queries sends beside or instead of the text.
fn persisted(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

/// A request as it stands, for an answer of either media type.
async fn post(client: &Client, accept: &str, body: &Value) -> Reply {
    let request = client
        .request(Method::POST, "/graphql")
        .header(header::ACCEPT, accept)
        .header(header::CONTENT_TYPE, "application/json");
    client.send(request.body(body.to_string().into()).unwrap()).await
}

/// The answer to a request: its data, or the code that it was refused with.
async fn answer(client: &Client, body: Value) -> Value {
    let json = post(client, STRICT, &body).await.json();
    match json.get("errors") {
        None => json["data"].clone(),
        Some(errors) => errors[0]["extensions"]["code"].clone(),
    }
}
