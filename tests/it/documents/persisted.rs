//! Automatic persisted queries: the text once, its hash from then on.

use axum::http::{Method, header};
use serde_json::{Value, json};

use super::{STRICT, answer, hash, persisted, post};
use crate::support::{Client, Reply, TestApp};

const QUERY: &str = "query Hello { hello: __typename }";

/// Asks by GET, as clients do that want answers to be cached.
async fn get(client: &Client, parameters: &[(&str, &str)]) -> Reply {
    let query =
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    client.get(&format!("/graphql?{query}")).await
}

#[tokio::test]
async fn a_text_sent_once_is_known_to_everybody_by_its_hash() {
    let (app, anon) = TestApp::new().await;
    let by_hash = json!({ "extensions": persisted(&hash(QUERY)) });
    let with_text = json!({ "query": QUERY, "extensions": persisted(&hash(QUERY)) });
    let hello = json!({ "hello": "Query" });
    assert_eq!(answer(&anon, by_hash.clone()).await, "PERSISTED_QUERY_NOT_FOUND");
    assert_eq!(answer(&anon, with_text).await, hello);
    assert_eq!(answer(&anon, by_hash.clone()).await, hello);
    assert_eq!(answer(&app.member("ann").await, by_hash).await, hello);
    let shouted = json!({ "query": "", "extensions": persisted(&hash(QUERY).to_uppercase()) });
    assert_eq!(answer(&anon, shouted).await, hello);
}

#[tokio::test]
async fn clients_are_told_of_an_unknown_hash_in_the_words_and_with_the_status_they_look_for() {
    let (_, anon) = TestApp::new().await;
    for (version, message) in [(1, "PersistedQueryNotFound"), (2, "PersistedQueryNotSupported")] {
        for (accept, status) in [("application/json", 200), (STRICT, 400)] {
            let mut extensions = persisted(&hash(QUERY));
            extensions["persistedQuery"]["version"] = version.into();
            let body = json!({ "query": null, "extensions": extensions });
            let reply = post(&anon, accept, &body).await;
            assert_eq!(reply.status, status, "{accept}");
            assert_eq!(reply.json()["errors"][0]["message"], message);
            assert_eq!(reply.json().get("data"), None);
            assert_eq!(reply.header("cache-control"), "no-store");
        }
    }
}

#[tokio::test]
async fn the_words_are_the_same_in_every_language() {
    let (_, anon) = TestApp::new().await;
    let request = anon
        .request(Method::POST, "/graphql")
        .header(header::ACCEPT_LANGUAGE, "zh-TW")
        .header(header::CONTENT_TYPE, "application/json");
    let body = json!({ "extensions": persisted(&hash(QUERY)) }).to_string();
    let reply = anon.send(request.body(body.into()).unwrap()).await;
    assert_eq!(reply.json()["errors"][0]["message"], "PersistedQueryNotFound");
}

#[tokio::test]
async fn a_known_hash_may_come_by_get_even_from_a_browser() {
    let (_, anon) = TestApp::new().await;
    let query = "query Add($n: Int) { jobs(first: $n) { totalCount } }";
    let extensions = persisted(&hash(query)).to_string();
    let named =
        [("extensions", &*extensions), ("variables", r#"{"n":1}"#), ("operationName", "Add")];
    assert_eq!(get(&anon, &named).await.json()["errors"][0]["message"], "PersistedQueryNotFound");
    let with_text = [("query", query), ("extensions", &extensions)];
    assert_eq!(get(&anon, &with_text).await.status, 200);
    assert_eq!(get(&anon, &named).await.text, r#"{"data":{"jobs":{"totalCount":0}}}"#);
    let uri = format!("/graphql?documentId=sha256:{}", hash(query));
    let request = anon.request(Method::GET, &uri).header(header::ACCEPT, "text/html,*/*;q=0.8");
    let reply = anon.send(request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(reply.text, r#"{"data":{"jobs":{"totalCount":0}}}"#);
}

#[tokio::test]
async fn a_mutation_named_by_get_is_refused() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let mutation = "mutation { logout { ok } }";
    let body = json!({ "query": mutation, "operationName": "nothing" });
    assert_eq!(answer(&ann, body).await, "INVALID_REQUEST");
    let extensions = persisted(&hash(mutation)).to_string();
    assert_eq!(get(&ann, &[("extensions", &extensions)]).await.status, 405);
}

#[tokio::test]
async fn a18_a_hash_of_another_text_is_refused_and_neither_becomes_known() {
    let (_, anon) = TestApp::new().await;
    for wrong in [hash("{ __typename }"), "abc".into(), String::new()] {
        let reply = post(
            &anon,
            "application/json",
            &json!({ "query": QUERY, "extensions": persisted(&wrong) }),
        )
        .await;
        let error = &reply.json()["errors"][0]["extensions"];
        assert_eq!((reply.status.as_u16(), &error["code"]), (400, &json!("INVALID_REQUEST")));
        assert_eq!(error["fields"][0]["path"], "extensions.persistedQuery.sha256Hash");
        for hash in [&wrong, &hash(QUERY)] {
            let by_hash = json!({ "extensions": persisted(hash) });
            assert_eq!(answer(&anon, by_hash).await, "PERSISTED_QUERY_NOT_FOUND");
        }
    }
}

#[tokio::test]
async fn a_text_that_is_not_admitted_does_not_become_known() {
    let (_, anon) = TestApp::new().await;
    let text = "{ nothing }";
    let with_text = json!({ "query": text, "extensions": persisted(&hash(text)) });
    assert_eq!(answer(&anon, with_text).await, "GRAPHQL_VALIDATION_FAILED");
    let by_hash = json!({ "extensions": persisted(&hash(text)) });
    assert_eq!(answer(&anon, by_hash).await, "PERSISTED_QUERY_NOT_FOUND");
}

#[tokio::test]
async fn members_that_name_a_document_have_their_types() {
    let (_, anon) = TestApp::new().await;
    let hash = hash(QUERY);
    for (extensions, code) in [
        (json!({ "persistedQuery": null }), "INVALID_REQUEST"),
        (json!({ "persistedQuery": [] }), "INVALID_REQUEST"),
        (json!({ "persistedQuery": hash }), "INVALID_REQUEST"),
        (json!({ "persistedQuery": {} }), "PERSISTED_QUERY_NOT_SUPPORTED"),
        (json!({ "persistedQuery": { "sha256Hash": hash } }), "PERSISTED_QUERY_NOT_SUPPORTED"),
        (
            json!({ "persistedQuery": { "version": "1", "sha256Hash": hash } }),
            "PERSISTED_QUERY_NOT_SUPPORTED",
        ),
        (json!({ "persistedQuery": { "version": 1 } }), "INVALID_REQUEST"),
        (json!({ "persistedQuery": { "version": 1, "sha256Hash": 1 } }), "INVALID_REQUEST"),
    ] {
        assert_eq!(answer(&anon, json!({ "extensions": extensions })).await, code, "{extensions}");
    }
    for id in [json!(1), json!({}), json!(null)] {
        assert_eq!(answer(&anon, json!({ "documentId": id })).await, "INVALID_REQUEST", "{id}");
    }
    // Beside a text an id means nothing: other protocols number their messages with it.
    let numbered = json!({ "query": QUERY, "id": 1 });
    assert_eq!(answer(&anon, numbered).await, json!({ "hello": "Query" }));
}

#[tokio::test]
async fn a_request_by_an_unknown_hash_counts_like_any_other() {
    let (_, anon) = TestApp::with(&["--limit-general-per-minute=2"]).await;
    let by_hash = json!({ "extensions": persisted(&hash(QUERY)) });
    let mut codes: Vec<Value> = Vec::new();
    for _ in 0..3 {
        codes.push(answer(&anon, by_hash.clone()).await);
    }
    assert_eq!(codes[1..], ["PERSISTED_QUERY_NOT_FOUND", "RATE_LIMIT_EXCEEDED"]);
}

#[tokio::test]
async fn a18_a_flood_of_unknown_hashes_pushes_no_known_document_out() {
    let (_, anon) = TestApp::with(&["--limit-general-per-minute=100000"]).await;
    let by_hash = json!({ "extensions": persisted(&hash(QUERY)) });
    let with_text = json!({ "query": QUERY, "extensions": persisted(&hash(QUERY)) });
    answer(&anon, with_text).await;
    for number in 0..2_000 {
        let unknown = json!({ "extensions": persisted(&hash(&number.to_string())) });
        assert_eq!(answer(&anon, unknown).await, "PERSISTED_QUERY_NOT_FOUND");
    }
    assert_eq!(answer(&anon, by_hash).await, json!({ "hello": "Query" }));
}
