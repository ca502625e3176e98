//! The table of codes: what each door answers, and that it can be brought to.

use std::convert::Infallible;

use axum::{
    body::{Body, Bytes},
    http::{Method, header},
};
use chrono::TimeDelta;
use find_helper::error::ErrorCode;
use futures_util::stream;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{Shape, World, ask, bare, send};
use crate::{
    rest::jobs::cleaning,
    support::{Client, PASSWORD, Phone, Reply},
};

/// A code, its status and its name at each door that can answer it.
struct Row {
    code: ErrorCode,
    status: u16,
    graphql: Option<&'static str>,
    jobs: Option<&'static str>,
    auth: Option<&'static str>,
}

const fn row(
    code: ErrorCode,
    status: u16,
    graphql: &'static str,
    jobs: &'static str,
    auth: &'static str,
) -> Row {
    const fn named(name: &'static str) -> Option<&'static str> {
        if name.is_empty() { None } else { Some(name) }
    }
    Row { code, status, graphql: named(graphql), jobs: named(jobs), auth: named(auth) }
}

const TABLE: &[Row] = {
    use ErrorCode as E;
    &[
        row(E::InvalidRequest, 400, "INVALID_REQUEST", "INVALID_REQUEST", "INVALID_REQUEST"),
        row(E::GraphqlParseFailed, 400, "GRAPHQL_PARSE_FAILED", "", ""),
        row(E::GraphqlValidationFailed, 400, "GRAPHQL_VALIDATION_FAILED", "", ""),
        row(E::QueryTooComplex, 400, "QUERY_TOO_COMPLEX", "", ""),
        row(E::PersistedQueryNotFound, 400, "PERSISTED_QUERY_NOT_FOUND", "", ""),
        row(E::PersistedQueryNotSupported, 400, "PERSISTED_QUERY_NOT_SUPPORTED", "", ""),
        row(E::DocumentNotTrusted, 400, "DOCUMENT_NOT_TRUSTED", "", ""),
        row(E::Unauthorized, 401, "UNAUTHORIZED", "UNAUTHORIZED", "UNAUTHORIZED"),
        row(E::InvalidCredentials, 401, "INVALID_CREDENTIALS", "", "INVALID_CREDENTIALS"),
        row(E::TokenExpired, 401, "TOKEN_EXPIRED", "", "TOKEN_EXPIRED"),
        row(E::SecondFactorRequired, 401, "SECOND_FACTOR_REQUIRED", "", "SECOND_FACTOR_REQUIRED"),
        row(E::EmailNotVerified, 403, "EMAIL_NOT_VERIFIED", "", "EMAIL_NOT_VERIFIED"),
        row(E::Forbidden, 403, "FORBIDDEN", "FORBIDDEN", "FORBIDDEN"),
        row(E::NotFound, 404, "NOT_FOUND", "NOT_FOUND", "NOT_FOUND"),
        row(E::UserNotFound, 404, "USER_NOT_FOUND", "", "USER_NOT_FOUND"),
        row(
            E::MethodNotAllowed,
            405,
            "METHOD_NOT_ALLOWED",
            "METHOD_NOT_ALLOWED",
            "METHOD_NOT_ALLOWED",
        ),
        row(E::NotAcceptable, 406, "NOT_ACCEPTABLE", "", ""),
        row(E::RequestTimeout, 408, "REQUEST_TIMEOUT", "REQUEST_TIMEOUT", "REQUEST_TIMEOUT"),
        row(E::EmailExists, 409, "EMAIL_EXISTS", "", "EMAIL_EXISTS"),
        row(E::Conflict, 409, "CONFLICT", "CONFLICT", ""),
        row(E::PayloadTooLarge, 413, "PAYLOAD_TOO_LARGE", "PAYLOAD_TOO_LARGE", "PAYLOAD_TOO_LARGE"),
        row(
            E::UnsupportedMediaType,
            415,
            "UNSUPPORTED_MEDIA_TYPE",
            "UNSUPPORTED_MEDIA_TYPE",
            "UNSUPPORTED_MEDIA_TYPE",
        ),
        row(
            E::ResponseTooLarge,
            422,
            "RESPONSE_TOO_LARGE",
            "RESPONSE_TOO_LARGE",
            "RESPONSE_TOO_LARGE",
        ),
        row(
            E::RateLimitExceeded,
            429,
            "RATE_LIMIT_EXCEEDED",
            "TOO_MANY_REQUESTS",
            "RATE_LIMIT_EXCEEDED",
        ),
        row(E::InternalError, 500, "INTERNAL_ERROR", "INTERNAL_SERVER_ERROR", "INTERNAL_ERROR"),
        row(
            E::ServiceUnavailable,
            503,
            "SERVICE_UNAVAILABLE",
            "SERVICE_UNAVAILABLE",
            "SERVICE_UNAVAILABLE",
        ),
    ]
};

/// The codes of the jobs API's documentation.
const DOCUMENTED_JOBS: &[(u16, &str)] = &[
    (401, "UNAUTHORIZED"),
    (403, "FORBIDDEN"),
    (404, "NOT_FOUND"),
    (429, "TOO_MANY_REQUESTS"),
    (500, "INTERNAL_SERVER_ERROR"),
];

/// The codes of the auth API's documentation.
const DOCUMENTED_AUTH: &[(u16, &str)] = &[
    (400, "INVALID_REQUEST"),
    (401, "UNAUTHORIZED"),
    (401, "INVALID_CREDENTIALS"),
    (401, "TOKEN_EXPIRED"),
    (403, "EMAIL_NOT_VERIFIED"),
    (404, "USER_NOT_FOUND"),
    (409, "EMAIL_EXISTS"),
    (429, "RATE_LIMIT_EXCEEDED"),
    (500, "INTERNAL_ERROR"),
];

const LOGIN: &str = "mutation($email: String!, $password: String!) {
    login(input: {email: $email, password: $password}) { token } }";
const REGISTER: &str = "mutation($email: String!, $password: String!, $name: String!) {
    register(input: {email: $email, password: $password, name: $name}) { user { id } } }";
const CANCEL: &str = "mutation($id: ID!) { cancelJob(input: {id: $id}) { job { id } } }";
const JOBS: &str = "{ jobs { nodes { id title city jobType status owner { id name } } } }";

/// The answers with this code, one for each door that can give it.
#[expect(clippy::too_many_lines, reason = "an arm for each code, so that none is forgotten")]
async fn provoked(code: ErrorCode) -> Vec<(Shape, Reply)> {
    use ErrorCode as E;
    let flags: &[&str] = match code {
        E::RateLimitExceeded => &["--limit-general-per-minute=1", "--limit-key-per-minute=1"],
        E::ResponseTooLarge => &["--limit-response-bytes=100"],
        E::RequestTimeout => &["--http-body-timeout-ms=20"],
        _ => &[],
    };
    let World { app, anon, ann, machine } = World::new(flags).await;
    let graphql = |reply| (Shape::Graphql, reply);
    let jobs = |reply| (Shape::Jobs, reply);
    let auth = |reply| (Shape::Auth, reply);
    let none = json!({});
    let person = |email: &str, password: &str| json!({ "name": "安安", "email": email, "password": password });
    let hide = async |table: &str| {
        let statement = format!("ALTER TABLE {table} RENAME TO hidden_{table}");
        app.services.db.write().execute_unprepared(&statement).await.unwrap();
    };
    match code {
        E::InvalidRequest => vec![
            graphql(anon.post("/graphql", none.clone()).await),
            jobs(machine.post("/api/jobs", none.clone()).await),
            auth(anon.post("/login", none).await),
        ],
        E::GraphqlParseFailed => vec![graphql(ask(&anon, "{", none).await)],
        E::GraphqlValidationFailed => vec![graphql(ask(&anon, "{ nothing }", none).await)],
        E::QueryTooComplex => {
            let deep = "jobs { nodes { owner { ".repeat(6) + "id" + &" } } }".repeat(6);
            vec![graphql(ask(&anon, &format!("{{ {deep} }}"), none).await)]
        }
        E::PersistedQueryNotFound => vec![graphql(ask_persisted(&anon, 1).await)],
        E::PersistedQueryNotSupported => vec![graphql(ask_persisted(&anon, 2).await)],
        E::DocumentNotTrusted => {
            let bound = app.trusted_machine("tom").await;
            vec![graphql(ask(&bound, "{ __typename }", none).await)]
        }
        E::Unauthorized => vec![
            graphql(ask(&anon.clone().with_session(1, "x", None), "{ __typename }", none).await),
            jobs(anon.get("/api/jobs").await),
            auth(anon.get("/user").await),
        ],
        E::InvalidCredentials => {
            let wrong = person("ann@example.com", "wrong password");
            vec![
                graphql(ask(&anon, LOGIN, wrong.clone()).await),
                auth(anon.post("/login", wrong).await),
            ]
        }
        E::TokenExpired => {
            app.advance(TimeDelta::hours(25));
            vec![graphql(ask(&ann, "{ __typename }", none).await), auth(ann.get("/user").await)]
        }
        E::SecondFactorRequired => {
            Phone::enrolled(&app, &ann).await;
            let right = person("ann@example.com", PASSWORD);
            vec![
                graphql(ask(&anon, LOGIN, right.clone()).await),
                auth(anon.post("/login", right).await),
            ]
        }
        E::EmailNotVerified => {
            let new = person("new@example.com", PASSWORD);
            anon.post("/register", new.clone()).await;
            vec![
                graphql(ask(&anon, LOGIN, new.clone()).await),
                auth(anon.post("/login", new).await),
            ]
        }
        E::Forbidden => {
            let other = app.machine("bob").await;
            let suspend =
                "mutation { suspendUser(input: {id: \"user_1\", reason: \"-\"}) { user { id } } }";
            vec![
                graphql(ask(&ann, suspend, none.clone()).await),
                jobs(other.patch("/api/jobs/1", none).await),
                auth(machine.get("/user").await),
            ]
        }
        E::NotFound => vec![
            graphql(ask(&ann, CANCEL, json!({ "id": "job_9" })).await),
            jobs(machine.get("/api/jobs/9").await),
            auth(anon.get("/auth/nothing").await),
        ],
        E::UserNotFound => {
            let reply = ask(&ann, "{ user(id: \"user_99\") { id } }", none).await;
            let delete = "UPDATE users SET deleted_at = 1 WHERE email = 'ann@example.com'";
            app.services.db.write().execute_unprepared(delete).await.unwrap();
            vec![graphql(reply), auth(ann.get("/user").await)]
        }
        E::MethodNotAllowed => vec![
            graphql(anon.get("/graphql?query=mutation{logout{ok}}").await),
            jobs(bare(&machine, Method::DELETE, "/api/jobs").await),
            auth(bare(&anon, Method::DELETE, "/login").await),
        ],
        E::NotAcceptable => {
            let request = anon.request(Method::GET, "/graphql?query={__typename}");
            let request = request.header(header::ACCEPT, "image/png").body(Body::empty());
            vec![graphql(anon.send(request.unwrap()).await)]
        }
        E::RequestTimeout => {
            let json = Some("application/json");
            let endless = || Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
            vec![
                graphql(send(&anon, "/graphql", json, endless()).await),
                jobs(send(&machine, "/api/jobs", json, endless()).await),
                auth(send(&anon, "/login", json, endless()).await),
            ]
        }
        E::EmailExists => {
            let taken = person("ann@example.com", PASSWORD);
            vec![
                graphql(ask(&anon, REGISTER, taken.clone()).await),
                auth(anon.post("/register", taken).await),
            ]
        }
        E::Conflict => {
            machine.post("/api/jobs/1/cancel", none.clone()).await;
            vec![
                graphql(ask(&ann, CANCEL, json!({ "id": "job_1" })).await),
                jobs(machine.post("/api/jobs/1/cancel", none).await),
            ]
        }
        E::PayloadTooLarge => {
            let large = json!({ "title": "x".repeat(70_000) });
            vec![
                graphql(anon.post("/graphql", large.clone()).await),
                jobs(machine.post("/api/jobs", large.clone()).await),
                auth(anon.post("/login", large).await),
            ]
        }
        E::UnsupportedMediaType => {
            let text = Some("text/plain");
            vec![
                graphql(send(&anon, "/graphql", text, "{}".into()).await),
                jobs(send(&machine, "/api/jobs", text, "{}".into()).await),
                auth(send(&anon, "/login", text, "{}".into()).await),
            ]
        }
        E::ResponseTooLarge => vec![
            graphql(ask(&anon, JOBS, none).await),
            jobs(machine.get("/api/jobs").await),
            auth(ann.get("/user").await),
        ],
        E::RateLimitExceeded => {
            anon.get("/user").await;
            vec![
                graphql(ask(&anon, "{ __typename }", none).await),
                jobs(machine.get("/api/jobs").await),
                auth(anon.get("/user").await),
            ]
        }
        E::InternalError => {
            hide("jobs").await;
            hide("mail_tokens").await;
            let new = person("new@example.com", PASSWORD);
            vec![
                graphql(ask(&anon, JOBS, none).await),
                jobs(machine.post("/api/jobs", cleaning()).await),
                auth(anon.post("/register", new).await),
            ]
        }
        E::ServiceUnavailable => {
            app.services.db.clone().close().await.unwrap();
            vec![
                graphql(ask(&ann, "{ viewer { id } }", none).await),
                jobs(machine.get("/api/jobs").await),
                auth(ann.get("/user").await),
            ]
        }
    }
}

/// A query that nobody has sent, named by a hash.
async fn ask_persisted(client: &Client, version: u32) -> Reply {
    let persisted = json!({ "version": version, "sha256Hash": "0".repeat(64) });
    let body = json!({ "extensions": { "persistedQuery": persisted } }).to_string();
    let request = client
        .request(Method::POST, "/graphql")
        .header(header::ACCEPT, "application/graphql-response+json")
        .header(header::CONTENT_TYPE, "application/json");
    client.send(request.body(body.into()).unwrap()).await
}

#[tokio::test]
async fn every_code_is_answered_over_its_doors_with_its_status_and_in_their_shapes() {
    assert_eq!(TABLE.iter().map(|row| row.code).collect::<Vec<_>>(), ErrorCode::ALL);
    for row in TABLE {
        let named =
            [(Shape::Graphql, row.graphql), (Shape::Jobs, row.jobs), (Shape::Auth, row.auth)];
        let named: Vec<_> =
            named.iter().filter_map(|&(shape, name)| Some((shape, name?))).collect();
        let waits =
            matches!(row.code, ErrorCode::RateLimitExceeded | ErrorCode::ServiceUnavailable);
        let replies = Box::pin(provoked(row.code)).await;
        assert_eq!(replies.len(), named.len(), "{}", row.code.name());
        for ((shape, reply), (door, name)) in replies.iter().zip(named) {
            assert_eq!(*shape, door);
            // What ran is answered 200 and tells of its error beside the data.
            let ran = *shape == Shape::Graphql && reply.json().get("data").is_some();
            let status = if ran { 200 } else { row.status };
            assert_eq!(shape.refusal(reply), format!("{status} {name}"), "{}", reply.text);
            assert_eq!(reply.has("retry-after"), waits, "{name}: {:?}", reply.headers);
            assert!(reply.has("x-request-id"), "{name}");
        }
    }
}

#[test]
fn the_documented_codes_of_both_apis_are_all_in_the_table() {
    for &(status, name) in DOCUMENTED_JOBS {
        let found = TABLE.iter().any(|row| row.status == status && row.jobs == Some(name));
        assert!(found, "jobs API: {status} {name}");
    }
    for &(status, name) in DOCUMENTED_AUTH {
        let found = TABLE.iter().any(|row| row.status == status && row.auth == Some(name));
        assert!(found, "auth API: {status} {name}");
    }
}

#[tokio::test]
async fn a_refusal_of_the_auth_api_has_the_three_documented_members_in_their_order() {
    let World { anon, .. } = World::new(&[]).await;
    assert_eq!(
        anon.get("/user").await.text,
        r#"{"success":false,"message":"未提供認證憑證或憑證無效","error_code":"UNAUTHORIZED"}"#
    );
}
