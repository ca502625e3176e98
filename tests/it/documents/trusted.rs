//! What runs beside the documents of the manifest, by mode and by key.

use std::{
    io,
    sync::{Arc, Mutex},
};

use axum::http::header;
use serde_json::json;

use super::{STRICT, answer, by_hash, hash, persisted, post, trusting};
use crate::{
    rest::jobs::cleaning,
    support::{PASSWORD, TestApp},
};

const TRUSTED: &str = "query Trusted { trusted: __typename }";
const OTHER: &str = "query Other { other: __typename }";
const ENFORCE: &str = "--trusted-documents-mode=enforce";
const AUDIT: &str = "--trusted-documents-mode=audit";

#[tokio::test]
async fn with_a_manifest_alone_everything_runs_as_without() {
    let (_, anon) = trusting(&by_hash(&[TRUSTED]), &[]).await;
    let other = json!({ "other": "Query" });
    assert_eq!(answer(&anon, json!({ "documentId": hash(TRUSTED) })).await["trusted"], "Query");
    assert_eq!(
        answer(&anon, json!({ "documentId": hash(OTHER) })).await,
        "PERSISTED_QUERY_NOT_FOUND"
    );
    assert_eq!(answer(&anon, json!({ "query": OTHER })).await, other);
    assert_eq!(answer(&anon, json!({ "documentId": hash(OTHER) })).await, other);
}

#[tokio::test]
async fn enforced_nothing_runs_that_is_not_of_the_manifest() {
    let (app, anon) = trusting(&by_hash(&[TRUSTED]), &[ENFORCE]).await;
    let own = include_str!("../../../src/rest/operations/jobs/list_jobs.graphql");
    for client in
        [&anon, &app.member("ann").await, &app.admin("root").await, &app.machine("bob").await]
    {
        for request in [
            json!({ "query": OTHER }),
            json!({ "query": OTHER, "extensions": persisted(&hash(OTHER)) }),
            json!({ "extensions": persisted(&hash(OTHER)) }),
            json!({ "query": format!("{TRUSTED} ") }),
            json!({ "query": "{ nothing }" }),
            json!({ "query": "{" }),
            json!({ "documentId": "unknown" }),
            // A document of the gateway's own, which it has admitted.
            json!({ "documentId": hash(own) }),
        ] {
            for accept in [STRICT, "application/json"] {
                let reply = post(client, accept, &request).await;
                assert_eq!(reply.status, 400, "{request}");
                let code = &reply.json()["errors"][0]["extensions"]["code"];
                assert_eq!(code, "DOCUMENT_NOT_TRUSTED", "{request}");
            }
        }
        for request in [json!({ "query": TRUSTED }), json!({ "documentId": hash(TRUSTED) })] {
            assert_eq!(answer(client, request).await, json!({ "trusted": "Query" }));
        }
    }
}

#[tokio::test]
async fn enforced_by_get_as_well() {
    let (_, anon) = trusting(&by_hash(&[TRUSTED]), &[ENFORCE]).await;
    assert_eq!(anon.get("/graphql?query={other:__typename}").await.status, 400);
    let reply = anon.get(&format!("/graphql?documentId={}", hash(TRUSTED))).await;
    assert_eq!(reply.text, r#"{"data":{"trusted":"Query"}}"#);
}

#[tokio::test]
async fn the_gateway_s_own_documents_run_whatever_is_enforced() {
    let (app, anon) = trusting(&by_hash(&[TRUSTED]), &[ENFORCE]).await;
    let new = json!({ "name": "安安", "email": "new@example.com", "password": PASSWORD });
    assert_eq!(anon.post("/register", new).await.status, 200);
    let machine = app.trusted_machine("ann").await;
    assert_eq!(machine.post("/api/jobs", cleaning()).await.status, 201);
    assert_eq!(machine.get("/api/jobs").await.json()["data"][0]["title"], cleaning()["title"]);
    let request = anon
        .request(axum::http::Method::POST, "/app/reject")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let reply = anon.send(request.body("token=x".into()).unwrap()).await;
    assert!(reply.text.contains("此連結無效"), "{}", reply.text);
}

#[tokio::test]
async fn a_key_can_be_bound_to_trusted_documents_whatever_the_mode() {
    let (app, _) = trusting(&by_hash(&[TRUSTED]), &[]).await;
    let ann = app.member("ann").await;
    let create = "mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) {
        secret apiKey { key documents } } }";
    let mut input = json!({ "name": "widget", "scopes": ["JOBS_READ"] });
    let mut made = Vec::new();
    for documents in ["TRUSTED_ONLY", "ANY"] {
        input["documents"] = documents.into();
        let payload = ann.data(create, json!({ "input": input })).await["createApiKey"].take();
        assert_eq!(payload["apiKey"]["documents"], documents);
        let key = payload["apiKey"]["key"].as_str().unwrap();
        made.push(app.anon().with_key(1, key, payload["secret"].as_str().unwrap()));
    }
    let [bound, free] = &made[..] else { panic!("two keys") };
    for request in [json!({ "query": OTHER }), json!({ "documentId": hash(OTHER) })] {
        assert_eq!(answer(free, json!({ "query": OTHER })).await["other"], "Query");
        assert_eq!(answer(free, request.clone()).await["other"], "Query");
        assert_eq!(answer(bound, request).await, "DOCUMENT_NOT_TRUSTED");
    }
    assert_eq!(answer(bound, json!({ "documentId": hash(TRUSTED) })).await["trusted"], "Query");
    assert_eq!(bound.get("/q/Trusted").await.text, r#"{"data":{"trusted":"Query"}}"#);
    assert_eq!(bound.get("/api/jobs").await.status, 200);
}

#[tokio::test]
async fn a_key_is_free_unless_it_is_asked_to_be_bound() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let create = "mutation { createApiKey(input: {name: \"x\", scopes: [JOBS_READ]}) {
        apiKey { documents } } }";
    ann.data(create, json!({})).await;
    let keys = ann.data("{ apiKeys { nodes { documents } } }", json!({})).await;
    assert_eq!(keys["apiKeys"]["nodes"], json!([{ "documents": "ANY" }]));
}

/// What is logged in this thread while the guard lives.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn lines_with(&self, text: &str) -> usize {
        let log = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        log.lines().filter(|line| line.contains(text)).count()
    }
}

#[tokio::test]
async fn the_audit_lets_everything_run_and_tells_of_each_document_once() {
    let (_, anon) = trusting(&by_hash(&[TRUSTED]), &[AUDIT]).await;
    let log = Log::default();
    let writer = log.clone();
    let subscriber =
        tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    for _ in 0..3 {
        for request in [
            json!({ "query": OTHER }),
            json!({ "documentId": hash(OTHER) }),
            json!({ "query": "query Third { other: __typename }" }),
        ] {
            assert_eq!(answer(&anon, request).await, json!({ "other": "Query" }));
        }
        assert_eq!(answer(&anon, json!({ "query": TRUSTED })).await["trusted"], "Query");
        assert_eq!(
            answer(&anon, json!({ "query": "{ nothing }" })).await,
            "GRAPHQL_VALIDATION_FAILED"
        );
    }
    assert_eq!(log.lines_with("untrusted document requested"), 2);
    assert_eq!(log.lines_with(&hash(OTHER)), 1);
    assert_eq!(log.lines_with("operation=\"Third\""), 1);
    assert_eq!(log.lines_with(&hash(TRUSTED)), 0);
}
