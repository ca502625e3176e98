//! Which media type an answer has, and what that does to its status.

use axum::http::Method;

use super::{get_with, with};
use crate::support::{Client, Reply, TestApp};

const JSON: &str = "application/json; charset=utf-8";
const RESPONSE: &str = "application/graphql-response+json; charset=utf-8";

async fn accepting(client: &Client, accept: &str, query: &str) -> Reply {
    get_with(client, &format!("/graphql?query={query}"), &[("accept", accept)]).await
}

#[tokio::test]
async fn the_answer_has_the_media_type_that_is_preferred() {
    let (_, anon) = TestApp::new().await;
    for (accept, expected) in [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json", JSON),
        ("application/json; charset=utf-8", JSON),
        ("application/graphql-response+json", RESPONSE),
        ("application/graphql-response+json; charset=utf-8", RESPONSE),
        ("application/graphql-response+json, application/json;q=0.9", RESPONSE),
        ("application/json;q=0.5, application/graphql-response+json", RESPONSE),
        ("text/html, application/json;q=0.1", JSON),
        ("APPLICATION/GRAPHQL-RESPONSE+JSON", RESPONSE),
    ] {
        let reply = accepting(&anon, accept, "{__typename}").await;
        assert_eq!(reply.status, 200, "{accept}");
        assert_eq!(reply.header("content-type"), expected, "{accept}");
        assert!(reply.header("vary").contains("Accept"), "{accept}");
    }
    assert_eq!(anon.get("/graphql?query={__typename}").await.header("content-type"), JSON);
}

#[tokio::test]
async fn what_cannot_be_produced_is_not_acceptable_and_does_not_run() {
    let (_, anon) = TestApp::new().await;
    for accept in
        ["text/plain", "image/png", "application/xml;q=1, */*;q=0", "application/json;q=0"]
    {
        let reply = accepting(&anon, accept, "{__typename}").await;
        assert_eq!(reply.status, 406, "{accept}");
        assert_eq!(reply.json()["errors"][0]["extensions"]["code"], "NOT_ACCEPTABLE");
        assert_eq!(reply.json().get("data"), None);
    }
}

#[tokio::test]
async fn the_newer_media_type_has_honest_statuses_and_the_older_one_keeps_200_for_documents() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    for (client, query, strict, lax) in [
        (&anon, "{__typename}", 200, 200),
        (&anon, "{", 400, 200),
        (&anon, "{nothing}", 400, 200),
        (&anon, "query($v:Int!){jobs(first:$v){totalCount}}", 400, 400),
        (&anon, "{apiKeys{totalCount}}", 200, 200),
        (&ann, "{viewer{id}}", 200, 200),
        (&anon.clone().with_session(1, "expired", None), "{__typename}", 401, 401),
    ] {
        let seen = [
            accepting(client, "application/graphql-response+json", query).await.status.as_u16(),
            accepting(client, "application/json", query).await.status.as_u16(),
        ];
        assert_eq!(seen, [strict, lax], "{query}");
    }
}

#[tokio::test]
async fn each_profile_has_its_statuses() {
    // By profile: the status of the newer and that of the older media type.
    let cases = [
        ("{\"query\":\"{__typename}\"}", [200, 200], [200, 200]),
        // What ran with errors, with data and without.
        (r#"{"query":"{__typename user(id:\"user_1\"){id}}"}"#, [200, 200], [294, 200]),
        (r#"{"query":"{apiKeys{totalCount}}"}"#, [200, 200], [294, 200]),
        // What cannot be read stays 400.
        ("nonsense", [400, 400], [400, 400]),
        (r#"{"qeury":"{__typename}"}"#, [400, 400], [400, 400]),
        (r#"{"query":"{__typename}","variables":[7]}"#, [400, 400], [400, 400]),
        (r#"{"query":"{"}"#, [400, 200], [400, 200]),
        // What can be read and makes no sense.
        (r#"{"query":"{nothing}"}"#, [400, 200], [422, 200]),
        (r#"{"query":"{jobs(first:\"1\"){totalCount}}"}"#, [400, 200], [422, 200]),
        (r#"{"query":"query($v:Int!){jobs(first:$v){totalCount}}"}"#, [400, 400], [422, 400]),
        (
            r#"{"query":"query($v:Int){jobs(first:$v){totalCount}}","variables":{"v":"1"}}"#,
            [400, 400],
            [422, 400],
        ),
        (r#"{"query":"query A{__typename}","operationName":"B"}"#, [400, 400], [422, 400]),
        (
            r#"{"query":"{a:jobs(first:99){nodes{owner{id} applications(first:99){nodes{job{applications(first:99){nodes{id}}}}}}}}"}"#,
            [400, 400],
            [422, 400],
        ),
    ];
    let (_, older) = TestApp::new().await;
    let (_, newer) = TestApp::with(&["--http-status-profile=2026-08"]).await;
    for (body, in_2025, in_2026) in cases {
        for (client, expected) in [(&older, in_2025), (&newer, in_2026)] {
            let mut seen = Vec::new();
            for accept in ["application/graphql-response+json", "application/json"] {
                let headers = [("accept", accept), ("content-type", "application/json")];
                let reply = with(client, Method::POST, "/graphql", &headers, body).await;
                seen.push(reply.status.as_u16());
            }
            assert_eq!(seen, expected, "{body}");
        }
    }
    let get =
        |client| accepting(client, "application/graphql-response+json", "mutation{logout{ok}}");
    assert_eq!([get(&older).await.status, get(&newer).await.status], [405, 405]);
}

#[tokio::test]
async fn a_browser_that_opens_the_address_gets_a_page_and_a_query_gets_its_answer() {
    let (_, anon) = TestApp::new().await;
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    let page = get_with(&anon, "/graphql", &[("accept", browser)]).await;
    assert!(page.header("content-type").starts_with("text/html"), "{page:?}");
    assert!(page.text.contains("GraphiQL"));
    assert!(!page.has("x-ratelimit-limit"), "a page is not counted");
    let query = get_with(&anon, "/graphql?query={__typename}", &[("accept", browser)]).await;
    assert_eq!(query.text, r#"{"data":{"__typename":"Query"}}"#);
    let posted = [("accept", browser), ("content-type", "application/json")];
    let posted =
        with(&anon, Method::POST, "/graphql", &posted, r#"{"query":"{__typename}"}"#).await;
    assert_eq!(posted.text, r#"{"data":{"__typename":"Query"}}"#);
    let program = get_with(&anon, "/graphql", &[("accept", "*/*")]).await;
    assert_eq!(program.status, 400, "no query: {}", program.text);
}

#[tokio::test]
async fn without_introspection_there_is_no_page() {
    let (_, anon) = TestApp::with(&["--introspection=false"]).await;
    let browser = "text/html,*/*;q=0.8";
    let reply = get_with(&anon, "/graphql", &[("accept", browser)]).await;
    assert_eq!(reply.status, 400);
    assert!(!reply.text.contains("GraphiQL"), "{}", reply.text);
    assert!(reply.header("content-type").contains("json"));
}
