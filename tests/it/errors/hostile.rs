//! Whatever clients send, the fault is theirs and never the gateway's.

use axum::{
    body::Body,
    http::{HeaderValue, Method},
};
use find_helper::rest::{Envelope, routes::routes};
use serde_json::{Value, json};

use super::{World, ask, bare, send};
use crate::support::{Client, Reply};

const NO_LIMITS: &[&str] = &[
    "--limit-general-per-minute=100000",
    "--limit-login-per-minute=100000",
    "--limit-register-per-hour=100000",
    "--limit-key-per-minute=100000",
    "--limit-key-per-day=100000",
    "--limit-graphql-per-minute=100000",
];

/// Bytes before they are percent-encoded; longer addresses are not even parsed.
const LONGEST_IN_A_URL: usize = 10_000;

/// Texts that databases, parsers and printers have stumbled over.
fn texts() -> Vec<String> {
    let fixed = [
        "",
        " ",
        "\0",
        "a\0b",
        "\u{feff}",
        "\u{ffff}",
        "\u{202e}abc",
        "'; DROP TABLE users; --",
        "%00",
        "%",
        "_",
        "\\",
        "\"",
        "$1",
        "?1",
        "{{7*7}}",
        "null",
        "NaN",
        "-1",
        "1e9",
        "0x10",
        "9223372036854775808",
        "-9223372036854775809",
        "job_1",
        "user_9223372036854775807",
        "2026-02-30T00:00:00Z",
        "2026-02-07T23:59:60Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59+23:59",
        "ann@example.com\0",
        "１２３",
        "e\u{301}",
        "👩‍👩‍👧‍👦",
        "\u{1F3F4}\u{E0067}",
    ];
    let long = ["x".repeat(60_000), "界".repeat(15_000), "\u{FDFA}".repeat(1_000)];
    fixed.into_iter().map(str::to_owned).chain(long).collect()
}

/// Values where text or numbers belong.
fn values() -> Vec<Value> {
    let odd = json!([
        null, true, 0, -1, 1.5, 1e300, i64::MAX, u64::MAX, [], [[]], {}, { "a": 1 }, [null], ["a", 1]
    ]);
    odd.as_array().unwrap().iter().cloned().chain(texts().into_iter().map(Value::from)).collect()
}

fn assert_no_fault(reply: &Reply, request: &str) {
    assert!(reply.status.as_u16() < 500, "{request:.300}: {reply:?}");
    assert!(!reply.text.contains("INTERNAL"), "{request:.300}: {}", reply.text);
}

/// The names of a document's variables.
fn parameters(document: &str) -> Vec<String> {
    let names = document.split('$').skip(1);
    let names = names.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next());
    let mut names: Vec<String> = names.map(|name| name.unwrap().to_owned()).collect();
    names.sort();
    names.dedup();
    names
}

/// The caller that a route is made for.
fn caller(world: &World, envelope: Envelope) -> &Client {
    match envelope {
        Envelope::Jobs => &world.machine,
        Envelope::Auth => &world.ann,
    }
}

#[tokio::test]
async fn no_value_of_a_parameter_of_rest_is_an_internal_error() {
    let world = World::new(NO_LIMITS).await;
    let good = json!({
        "name": "安安", "email": "ann@example.com", "password": "correct horse battery",
        "title": "t", "jobType": "general", "city": "c", "address": "a", "estimatedAmount": 1,
    });
    for route in routes() {
        // Signing out would end what the other requests need.
        if route.path == "/logout" {
            continue;
        }
        let client = caller(&world, route.envelope);
        for name in parameters(route.document) {
            for value in values() {
                let path = route.path.replace("{id}", "1");
                let mut body = good.clone();
                body[&name] = value.clone();
                let reply = match &value {
                    Value::String(text)
                        if route.method == Method::GET && text.len() < LONGEST_IN_A_URL =>
                    {
                        let mut query = url::form_urlencoded::Serializer::new(String::new());
                        query.append_pair(&name, text);
                        client.get(&format!("{path}?{}", query.finish())).await
                    }
                    _ if route.method == Method::GET => continue,
                    _ => client.json(route.method.clone(), &path, &body).await,
                };
                assert_no_fault(&reply, &format!("{} {path} {name}={value}", route.method));
            }
        }
    }
}

#[tokio::test]
async fn no_variable_of_graphql_is_an_internal_error() {
    let world = World::new(NO_LIMITS).await;
    let documents = [
        "query($v: ID!) { node(id: $v) { id } user(id: $v) { id } }",
        "query($v: ID!) { job(by: {id: $v}) { id } }",
        "query($v: ID!) { job(by: {databaseId: $v}) { id } }",
        "query($v: [ID!]!) { nodes(ids: $v) { id } }",
        "query($v: String) { jobs(filter: {city: $v, jobType: $v}) { totalCount nodes { id } } }",
        "query($v: DateTime) { jobs(filter: {createdFrom: $v, createdBefore: $v}) { totalCount } }",
        "query($v: String) { jobs(after: $v) { nodes { id } } }",
        "query($v: Int) { jobs(first: $v) { nodes { id } } }",
        "query($v: Int) { jobs(filter: {minAmount: $v, maxAmount: $v}) { nodes { id } } }",
        "mutation($v: String!) { verifyEmail(input: {token: $v}) { ok } }",
        "mutation($v: String!) { rejectRegistration(input: {token: $v}) { ok } }",
        "mutation($v: String!) { resendVerification(input: {email: $v}) { ok } }",
        "mutation($v: String!) { refreshToken(input: {refreshToken: $v}) { token } }",
        "mutation($v: String!) { applyToJob(input: {jobId: \"job_1\", message: $v}) { application { id } } }",
        "mutation($v: DateTime) { updateJob(input: {id: \"job_1\", scheduledAt: $v}) { job { id } } }",
        "mutation($v: String!) { createApiKey(input: {name: $v, scopes: []}) { secret } }",
        "mutation($v: RevokeApiKeyInput!) { revokeApiKey(input: $v) { apiKey { id } } }",
    ];
    for document in documents {
        for value in values() {
            let reply = ask(&world.ann, document, json!({ "v": value })).await;
            assert_no_fault(&reply, &format!("{document} {value}"));
        }
    }
}

#[tokio::test]
async fn no_path_is_an_internal_error() {
    let world = World::new(NO_LIMITS).await;
    for text in texts().into_iter().filter(|text| text.len() < LONGEST_IN_A_URL) {
        let mut segment = url::Url::parse("http://gateway.example").unwrap();
        segment.path_segments_mut().unwrap().push(&text);
        let segment = segment.path().to_owned();
        for path in
            [segment.clone(), format!("/api/jobs{segment}"), format!("/app/assets{segment}")]
        {
            assert_no_fault(&bare(&world.machine, Method::GET, &path).await, &path);
        }
    }
    for path in [
        "/api/jobs/%ff",
        "/api/jobs/%",
        "/api/jobs/%2e%2e",
        "/app/assets/%ff",
        "/app/assets/../../x",
    ] {
        let request = axum::http::Request::builder().uri(path).body(Body::empty()).unwrap();
        assert_no_fault(&world.machine.send(request).await, path);
    }
    for query in
        ["%ff=%ff", "limit=%", "&&&", "=", "limit", "cursor=%00", "limit=1&limit=2", "a[b]=c"]
    {
        let path = format!("/api/jobs?{query}");
        assert_no_fault(&world.machine.get(&path).await, &path);
    }
}

#[tokio::test]
async fn no_header_is_an_internal_error() {
    let world = World::new(NO_LIMITS).await;
    let names = [
        "accept",
        "accept-language",
        "accept-encoding",
        "content-type",
        "user-agent",
        "x-request-id",
        "x-forwarded-for",
        "origin",
        "cookie",
        "authorization",
        "x-api-key",
        "x-api-secret",
        "if-none-match",
        "sec-purpose",
        "range",
        "content-encoding",
    ];
    let values =
        ["", " ", "\t", ";", ",,,", "*/*;q=nan", "q=1;;;=", "\u{e9}", "0", "Bearer \u{e9}"];
    for name in names {
        for value in values {
            for path in [
                "/graphql?query={__typename}",
                "/api/jobs",
                "/user",
                "/verify?token=x",
                "/app/assets/x",
            ] {
                let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
                let request = world.anon.request(Method::GET, path).header(name, &value);
                let reply = world.anon.send(request.body(Body::empty()).unwrap()).await;
                assert_no_fault(&reply, &format!("{path} {name}: {value:?}"));
            }
        }
    }
}

#[tokio::test]
async fn no_form_of_the_pages_behind_mailed_links_is_an_internal_error() {
    let world = World::new(NO_LIMITS).await;
    let form = Some("application/x-www-form-urlencoded");
    let encoded = |text: &String| url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let bodies = texts().iter().map(encoded).collect::<Vec<String>>();
    let bodies = bodies.iter().map(|text| format!("token={text}&password={text}"));
    let bodies = bodies.chain(["", "token", "token=%", "a=b", "\0"].map(str::to_owned));
    for (body, page) in bodies.flat_map(|body| PAGES.map(|page| (body.clone(), page))) {
        assert_no_fault(&send(&world.anon, page, form, body.into()).await, page);
    }
}

const PAGES: [&str; 3] = ["/app/reject", "/app/reset", "/app/confirm-email"];
