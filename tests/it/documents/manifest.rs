//! Manifests in the forms that the tools write, and those that stop the start.

use find_helper::{config::ConfigError, graphql::persisted::Documents};
use serde_json::{Value, json};

use super::{answer, hash, persisted, trusting};
use crate::support::{config::config, folder};

const HELLO: &str = "query Hello { hello: __typename }";
const MD5: &str = "6f5902ac237024bdd0c176cb93063dc4";

/// The same document in the forms of Apollo's manifest, and of Relay's and GraphQL Codegen's.
fn forms(id: &str, text: &str) -> [Value; 2] {
    let operation = json!({ "id": id, "name": "Hello", "type": "query", "body": text });
    [
        json!({
            "format": "apollo-persisted-query-manifest",
            "version": 1,
            "operations": [operation],
        }),
        json!({ id: text }),
    ]
}

/// What the operator reads of a manifest.
fn refusal(manifest: &str) -> String {
    let folder = folder();
    let file = folder.path().join("manifest.json");
    std::fs::write(&file, manifest).unwrap();
    let config = config(&[format!("--trusted-documents={}", file.display())]);
    let error = Documents::load(&config).expect_err(manifest);
    let told = std::error::Error::source(&error).unwrap().to_string();
    let begin = format!("TRUSTED_DOCUMENTS {} cannot be used: ", file.display());
    told.strip_prefix(&begin).unwrap_or_else(|| panic!("{told}")).to_owned()
}

#[tokio::test]
async fn a_document_is_known_by_the_manifest_s_id_and_by_its_hash_in_every_form_of_request() {
    for manifest in forms(MD5, HELLO) {
        let (_, anon) = trusting(&manifest, &[]).await;
        for request in [
            json!({ "documentId": MD5 }),
            json!({ "documentId": format!("sha256:{}", hash(HELLO)) }),
            json!({ "id": MD5 }),
            json!({ "doc_id": MD5, "query": null }),
            json!({ "extensions": persisted(MD5) }),
            json!({ "extensions": persisted(&hash(HELLO)), "operationName": "Hello" }),
            json!({ "query": HELLO, "extensions": persisted(MD5) }),
            json!({ "query": HELLO }),
        ] {
            assert_eq!(
                answer(&anon, request.clone()).await,
                json!({ "hello": "Query" }),
                "{request}"
            );
        }
        let other = json!({ "query": "{ __typename }", "extensions": persisted(MD5) });
        assert_eq!(answer(&anon, other).await, "INVALID_REQUEST");
    }
}

#[test]
fn a_document_that_is_not_admitted_stops_the_start_and_is_named() {
    for (text, problem) in [
        ("query Hello { nothing }", "type `Query` does not have a field `nothing`"),
        ("query Hello {", "syntax error"),
        ("query Hello { a: __typename } query B { __typename }", "exactly one operation"),
        ("fragment Hello on Query { __typename }", "must be used"),
        ("", "syntax error"),
    ] {
        for manifest in forms("doc-7", text) {
            let told = refusal(&manifest.to_string());
            assert!(told.starts_with("document doc-7"), "{told}");
            assert!(told.contains(problem), "{problem}: {told}");
            let named = text.starts_with("query Hello {") && !text.contains("query B");
            assert_eq!(told.contains("(Hello)"), named, "{told}");
        }
    }
}

#[test]
fn a_file_that_is_no_manifest_stops_the_start() {
    let apollo = |format: &str, version: u32| {
        json!({ "format": format, "version": version, "operations": [] }).to_string()
    };
    let twice = |body: &str| json!({ "id": "1", "body": body });
    for (manifest, problem) in [
        ("{".to_owned(), "not JSON"),
        ("[]".into(), "a JSON object"),
        (json!({ "1": 1 }).to_string(), "document 1"),
        (apollo("apollo-persisted-query-manifest", 2), "version 1"),
        (apollo("other", 1), "apollo-persisted-query-manifest"),
        (
            json!({ "format": "apollo-persisted-query-manifest", "version": 1 }).to_string(),
            "operations",
        ),
        (
            json!({
                "format": "apollo-persisted-query-manifest",
                "version": 1,
                "operations": [twice("{ a: __typename }"), twice("{ b: __typename }")],
            })
            .to_string(),
            "document 1: it is there twice",
        ),
    ] {
        let told = refusal(&manifest);
        assert!(told.contains(problem), "{problem}: {told}");
    }
    let missing = config(&["--trusted-documents=/nowhere/manifest.json".to_owned()]);
    let error = Documents::load(&missing).expect_err("no such file");
    let told = std::error::Error::source(&error).unwrap().to_string();
    assert!(told.starts_with("TRUSTED_DOCUMENTS /nowhere/manifest.json"), "{told}");
}

#[test]
fn a_mode_without_a_manifest_is_refused() {
    for (mode, expected) in [
        ("off", Ok(())),
        ("audit", Err(ConfigError::NoTrustedDocuments)),
        ("enforce", Err(ConfigError::NoTrustedDocuments)),
    ] {
        let config = config(&[format!("--trusted-documents-mode={mode}")]);
        assert_eq!(config.check(), expected, "{mode}");
    }
}
