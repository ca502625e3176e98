//! Requests in the forms of the GraphQL-over-HTTP specification.

use axum::http::Method;
use serde_json::{Value, json};

use super::{get_with, post_text, with};
use crate::{
    rest::jobs::cleaning,
    support::{Client, Reply, TestApp},
};

const STRICT: (&str, &str) = ("accept", "application/graphql-response+json");

fn code(reply: &Reply) -> String {
    let json = reply.json();
    json["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
}

async fn jobs(client: &Client) -> Value {
    client.data("{ jobs { nodes { id } } }", json!({})).await["jobs"]["nodes"].take()
}

#[tokio::test]
async fn a_query_may_come_by_get_with_variables_and_a_name() {
    let (_, anon) = TestApp::new().await;
    let plain = anon.get("/graphql?query={__typename}").await;
    assert_eq!(plain.text, r#"{"data":{"__typename":"Query"}}"#);
    let query = "query A($n: Int) { jobs(first: $n) { totalCount } } query B { __typename }";
    for (name, variables, expected) in [
        ("A", r#"{"n":1}"#, r#"{"data":{"jobs":{"totalCount":0}}}"#),
        ("A", "", r#"{"data":{"jobs":{"totalCount":0}}}"#),
        ("B", "{}", r#"{"data":{"__typename":"Query"}}"#),
    ] {
        let path = format!("/graphql?query={query}&operationName={name}&variables={variables}");
        assert_eq!(anon.get(&path).await.text, expected, "{name} {variables}");
    }
    let wrong = anon.get(&format!("/graphql?query={query}&operationName=A&variables=[1]")).await;
    assert_eq!((wrong.status.as_u16(), code(&wrong)), (400, "INVALID_REQUEST".into()));
}

#[tokio::test]
async fn f2_a_mutation_by_get_is_refused_and_does_nothing() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let create = r#"mutation { createJob(input: {title: "t", jobType: "general", city: "c", address: "a", estimatedAmount: 1, publish: true}) { job { id } } }"#;
    for headers in [&[][..], &[STRICT], &[("content-type", "application/json")]] {
        let path = format!("/graphql?query={create}");
        let reply = get_with(&ann, &path, headers).await;
        assert_eq!((reply.status.as_u16(), code(&reply)), (405, "METHOD_NOT_ALLOWED".into()));
        assert_eq!(reply.header("allow"), "POST");
        assert_eq!(reply.json().get("data"), None);
    }
    let both = format!("{create} query Q {{ __typename }}").replace("mutation {", "mutation M {");
    let mutation = format!("/graphql?query={both}&operationName=M");
    assert_eq!(ann.get(&mutation).await.status, 405);
    assert_eq!(jobs(&ann).await, json!([]));
    assert_eq!(ann.get(&format!("/graphql?query={both}&operationName=Q")).await.status, 200);
}

#[tokio::test]
async fn other_methods_run_nothing() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let body = json!({ "query": "{ viewer { id } }" }).to_string();
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let headers = [("content-type", "application/json")];
        let reply = with(&ann, method, "/graphql", &headers, &body).await;
        assert_eq!((reply.status.as_u16(), code(&reply)), (405, "METHOD_NOT_ALLOWED".into()));
        assert_eq!(reply.header("allow"), "GET, HEAD, POST");
        assert_eq!(reply.json().get("data"), None);
    }
}

#[tokio::test]
async fn several_requests_at_once_are_refused_and_none_runs() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let create = json!({
        "query": "mutation($input: CreateJobInput!) { createJob(input: $input) { job { id } } }",
        "variables": { "input": cleaning() },
    });
    for batch in [json!([create]), json!([create, create]), json!([])] {
        let reply = post_text(&ann, &batch.to_string()).await;
        assert_eq!((reply.status.as_u16(), code(&reply)), (400, "INVALID_REQUEST".into()));
    }
    assert_eq!(jobs(&ann).await, json!([]));
}

#[tokio::test]
async fn an_operation_is_chosen_by_its_name_and_must_be_there() {
    let (_, anon) = TestApp::new().await;
    let two = "query A { a: __typename } query B { b: __typename }";
    let one = "query A { a: __typename }";
    let ran = |field: &str| (200, json!({ field: "Query" }));
    let refused = (400, Value::Null);
    for (query, name, expected) in [
        (two, json!("A"), ran("a")),
        (two, json!("B"), ran("b")),
        (two, json!("C"), refused.clone()),
        (two, json!(null), refused.clone()),
        (two, json!(""), refused.clone()),
        (two, json!(1), refused.clone()),
        (one, json!("A"), ran("a")),
        (one, json!(null), ran("a")),
        (one, json!("B"), refused.clone()),
        ("{ a: __typename }", json!(null), ran("a")),
        ("{ a: __typename }", json!("A"), refused.clone()),
        ("fragment F on Query { a: __typename }", json!(null), refused.clone()),
    ] {
        let body = json!({ "query": query, "operationName": name });
        let reply = post_text(&anon, &body.to_string()).await;
        let seen = (reply.status.as_u16(), reply.json()["data"].clone());
        assert_eq!(seen, expected, "{query} {name}: {}", reply.text);
    }
}

#[tokio::test]
async fn members_of_a_request_have_their_types() {
    let (_, anon) = TestApp::new().await;
    for (body, status) in [
        (json!({ "query": "{ __typename }" }), 200),
        (
            json!({ "query": "{ __typename }", "variables": null, "operationName": null, "extensions": null }),
            200,
        ),
        (json!({ "query": "{ __typename }", "variables": {}, "extensions": {} }), 200),
        (json!({ "query": "{ __typename }", "unknown": 1 }), 200),
        (json!({ "query": "{ __typename }", "variables": [1] }), 400),
        (json!({ "query": "{ __typename }", "variables": "{}" }), 400),
        (json!({ "query": "{ __typename }", "variables": 0 }), 400),
        (json!({ "query": "{ __typename }", "extensions": [1] }), 400),
        (json!({ "query": "{ __typename }", "extensions": "x" }), 400),
        (json!({ "query": "{ __typename }", "operationName": {} }), 400),
        (json!({ "query": 1 }), 400),
        (json!({ "query": ["{ __typename }"] }), 400),
        (json!({ "query": null }), 400),
        (json!({ "query": "" }), 400),
        (json!({ "qeury": "{ __typename }" }), 400),
        (json!({}), 400),
    ] {
        let reply = post_text(&anon, &body.to_string()).await;
        assert_eq!(reply.status, status, "{body}: {}", reply.text);
        assert_eq!(reply.json().get("data").is_some(), status == 200, "{body}: {}", reply.text);
    }
}

#[tokio::test]
async fn variables_are_checked_before_anything_runs() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let query = "mutation($input: CreateJobInput!) { createJob(input: $input) { job { id } } }";
    let mut input = cleaning();
    input["estimatedAmount"] = json!("3000");
    input["titel"] = json!("x");
    let body = json!({ "query": query, "variables": { "input": input } });
    let reply = post_text(&ann, &body.to_string()).await;
    assert_eq!((reply.status.as_u16(), code(&reply)), (400, "INVALID_REQUEST".into()));
    assert_eq!(reply.json().get("data"), None);
    let fields = reply.json()["errors"][0]["extensions"]["fields"].clone();
    let paths: Vec<&str> =
        fields.as_array().unwrap().iter().map(|field| field["path"].as_str().unwrap()).collect();
    assert_eq!(paths.len(), 2, "{fields}");
    assert!(paths.contains(&"input.estimatedAmount"), "{fields}");
    assert_eq!(jobs(&ann).await, json!([]));
}

#[tokio::test]
async fn data_is_absent_when_nothing_ran_and_null_when_what_ran_failed() {
    let (_, anon) = TestApp::new().await;
    for query in ["{", "{ nothing }", "query($v: Int!) { jobs(first: $v) { totalCount } }"] {
        let reply = anon.gql(query, json!({})).await;
        assert_eq!(reply.json().get("data"), None, "{query}: {}", reply.text);
    }
    let failed = anon.gql("{ apiKeys { totalCount } }", json!({})).await;
    assert_eq!(failed.status, 200);
    assert_eq!(failed.json()["data"], Value::Null);
    assert!(failed.text.contains(r#""data":null"#), "{}", failed.text);
    assert_eq!(code(&failed), "UNAUTHORIZED");
    let partly = anon.gql("{ __typename user(id: \"user_1\") { id } }", json!({})).await;
    assert_eq!(partly.json()["data"], json!({ "__typename": "Query", "user": null }));
}

#[tokio::test]
async fn errors_are_told_in_the_reader_s_language() {
    let (_, anon) = TestApp::new().await;
    let body = json!({ "query": "{ apiKeys { totalCount } }" }).to_string();
    for (language, expected) in [
        ("zh-TW,zh;q=0.9,en;q=0.8", "未提供認證憑證或憑證無效"),
        ("en", "Authentication required or credentials invalid"),
        ("de", "Authentication required or credentials invalid"),
    ] {
        let headers = [("content-type", "application/json"), ("accept-language", language)];
        let reply = with(&anon, Method::POST, "/graphql", &headers, &body).await;
        assert_eq!(reply.json()["errors"][0]["message"], expected);
    }
}
