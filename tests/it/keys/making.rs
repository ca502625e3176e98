//! API keys: who may make them, what they look like, who is refused.

use chrono::TimeDelta;
use find_helper::domain::viewer::Scope;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{act, done, draft, fields, outcome, published, text, whole},
    support::{Client, PASSWORD, Reply, TestApp, client::Proof},
};

pub(crate) async fn create(member: &Client, changes: Value) -> Reply {
    let mutation = "mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret
        apiKey { id name key scopes createdAt expiresAt revokedAt lastUsedAt } } }";
    // Asked for some time after signing in.
    let mut input =
        json!({ "name": "店面", "scopes": ["JOBS_READ", "JOBS_WRITE"], "password": PASSWORD });
    for (name, value) in changes.as_object().unwrap() {
        input[name] = value.clone();
    }
    member.gql(mutation, json!({ "input": input })).await
}

/// A program with a new key, and the key's id.
pub(crate) async fn program(app: &TestApp, member: &Client, changes: Value) -> (Client, String) {
    let payload = create(member, changes).await.json()["data"]["createApiKey"].take();
    let (key, secret) = (text(&payload["apiKey"]["key"]), text(&payload["secret"]));
    let client = app.anon().with_key(member.user_id(), &key, &secret);
    (client, text(&payload["apiKey"]["id"]))
}

pub(crate) fn halves(program: &Client) -> (String, String) {
    match program.proof() {
        Proof::ApiKey { key, secret } => (key.clone(), secret.clone()),
        proof => panic!("no key: {proof:?}"),
    }
}

pub(crate) async fn works(program: &Client) -> bool {
    let graphql = outcome(&program.gql("{ jobs { totalCount } }", json!({})).await);
    let rest = program.get("/api/jobs").await.status;
    assert_eq!(graphql == "ok", rest == 200, "both doors agree: {graphql}, {rest}");
    graphql == "ok"
}

#[tokio::test]
async fn g4_a_new_key_works_on_both_doors_and_its_secret_is_shown_once() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let reply = create(&ann, json!({})).await;
    let payload = reply.json()["data"]["createApiKey"].take();
    let (key, secret) = (text(&payload["apiKey"]["key"]), text(&payload["secret"]));
    let shown = reply.text.replace(&key, "[key]").replace(&secret, "[secret]");
    insta::assert_snapshot!(shown, @r#"{"data":{"createApiKey":{"secret":"[secret]","apiKey":{"id":"key_1","name":"店面","key":"[key]","scopes":["JOBS_READ","JOBS_WRITE"],"createdAt":"2026-02-07T08:00:00.000Z","expiresAt":"2026-05-08T08:00:00.000Z","revokedAt":null,"lastUsedAt":null}}}}"#);
    assert!(works(&anon.with_key(1, &key, &secret)).await);
    let list = ann.gql("{ apiKeys { nodes { id name key scopes } } }", json!({})).await.text;
    assert!(list.contains(&key) && !list.contains(&secret[4..]), "{list}");
}

#[tokio::test]
async fn g1_all_refusals_of_a_key_are_the_same_byte_by_byte() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let good = app.key(&ann, Scope::ALL).await;
    let (key, secret) = halves(&good);
    let (other_key, other_secret) = halves(&app.key(&ben, Scope::ALL).await);
    let (expired, _) = program(&app, &ann, json!({ "expiresInDays": 1 })).await;
    let (revoked, id) = program(&app, &ann, json!({})).await;
    app.advance(TimeDelta::hours(23));
    done(&ann, "revokeApiKey", &id).await;
    app.advance(TimeDelta::hours(1));
    let admin = app.admin("zoe").await;
    let suspend =
        "mutation { suspendUser(input: {id: \"user_2\", reason: \"x\"}) { user { id } } }";
    admin.data(suspend, json!({})).await;
    let unknown = "fhk_00000000000000000000";
    let mut pairs = vec![
        halves(&expired),
        halves(&revoked),
        (other_key.clone(), other_secret.clone()),
        (key.clone(), other_secret),
        (other_key, secret.clone()),
        (secret.clone(), key.clone()),
        (unknown.into(), secret.clone()),
        (key.clone(), String::new()),
        (String::new(), secret.clone()),
        (key.clone(), "x".into()),
        (key.clone(), format!("{secret}0")),
        (key.clone(), format!("{secret} ")),
        (format!(" {key}"), secret.clone()),
        (key.clone(), secret.to_lowercase()),
        (key.to_uppercase(), secret.clone()),
        ("' OR 1=1 --".into(), secret.clone()),
    ];
    let flipped = if secret.ends_with('0') { '1' } else { '0' };
    pairs.push((key, format!("{}{flipped}", &secret[..secret.len() - 1])));
    assert!(works(&good).await);
    let (mut graphql, mut rest) = (Vec::new(), Vec::new());
    for (key, secret) in &pairs {
        // Each at an address of its own, so that the limits do not differ.
        let program = app.anon().with_key(1, key, secret);
        graphql.push(whole(program.gql("{ jobs { totalCount } }", json!({})).await));
        rest.push(whole(app.anon().with_key(1, key, secret).get("/api/jobs").await));
    }
    assert_eq!(graphql[0].0, 401);
    assert_eq!(rest[0].0, 401);
    for (at, pair) in pairs.iter().enumerate() {
        assert_eq!(graphql[at], graphql[0], "{pair:?}");
        assert_eq!(rest[at], rest[0], "{pair:?}");
    }
}

#[tokio::test]
async fn g1_half_a_key_is_no_key() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (key, secret) = halves(&app.key(&ann, Scope::ALL).await);
    for (name, value) in [("X-API-Key", &key), ("X-API-Secret", &secret)] {
        let request = anon.request(axum::http::Method::GET, "/graphql?query={jobTypes{slug}}");
        let request = request.header(name, value).body(axum::body::Body::empty()).unwrap();
        let reply = anon.send(request).await;
        assert_eq!(
            (outcome(&reply).as_str(), reply.status.as_u16()),
            ("UNAUTHORIZED", 401),
            "{name}"
        );
    }
}

#[tokio::test]
async fn g7_nobody_revokes_the_key_of_somebody_else() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (program, id) = program(&app, &ann, json!({})).await;
    assert_eq!(outcome(&act(&ben, "revokeApiKey", &id).await), "NOT_FOUND");
    assert_eq!(outcome(&act(&program, "revokeApiKey", &id).await), "FORBIDDEN", "nor itself");
    assert!(works(&program).await);
}
#[tokio::test]
async fn all_problems_of_a_key_are_told_together() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let empty = create(&ann, json!({ "name": " ", "scopes": [], "expiresInDays": 0 })).await;
    assert_eq!(fields(&empty), ["name", "expiresInDays", "scopes"]);
    let long = create(&ann, json!({ "name": "界".repeat(51), "expiresInDays": 366 })).await;
    assert_eq!(fields(&long), ["name", "expiresInDays"]);
    let longest = create(&ann, json!({ "name": "界".repeat(50), "expiresInDays": 365 })).await;
    assert_eq!(outcome(&longest), "ok");
}

#[tokio::test]
async fn a_scope_given_twice_is_one_scope() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let reply = create(&ann, json!({ "scopes": ["JOBS_WRITE", "JOBS_READ", "JOBS_WRITE"] })).await;
    let scopes = reply.json()["data"]["createApiKey"]["apiKey"]["scopes"].take();
    assert_eq!(scopes, json!(["JOBS_READ", "JOBS_WRITE"]));
}

#[tokio::test]
async fn g5_a_secret_that_was_never_made_is_refused_without_a_statement() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (key, secret) = halves(&app.key(&ann, Scope::ALL).await);
    let flipped = if secret.ends_with('0') { '1' } else { '0' };
    let wrong = format!("{}{flipped}", &secret[..secret.len() - 1]);
    for (key, secret) in [(key.as_str(), wrong.as_str()), ("fhk_short", &secret)] {
        let program = anon.clone().with_key(1, key, secret);
        let asks = async { assert_eq!(program.get("/api/jobs").await.status, 401) };
        assert_eq!(app.statements(asks).await, 0, "{key} {secret}");
    }
}

#[tokio::test]
async fn g7_a_key_reaches_what_its_owner_and_its_scopes_reach_and_no_more() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (hidden, open) = (draft(&ben).await, published(&ben).await);
    let number = |id: &str| id.trim_start_matches("job_").to_owned();
    let (all, reader) = (app.key(&ann, Scope::ALL).await, app.key(&ann, &[Scope::JobsRead]).await);
    let path = format!("/api/jobs/{}", number(&hidden));
    assert_eq!(all.get(&path).await.jobs_error(), "404 NOT_FOUND");
    assert_eq!(all.patch(&path, json!({ "title": "x" })).await.jobs_error(), "404 NOT_FOUND");
    let path = format!("/api/jobs/{}", number(&open));
    assert_eq!(all.get(&path).await.status, 200);
    assert_eq!(all.patch(&path, json!({ "title": "x" })).await.jobs_error(), "403 FORBIDDEN");
    assert_eq!(reader.patch(&path, json!({ "title": "x" })).await.jobs_error(), "403 FORBIDDEN");
    assert_eq!(outcome(&act(&all, "cancelJob", &open).await), "FORBIDDEN");
}

#[tokio::test]
async fn g10_a_key_is_made_for_nobody_but_the_person_who_is_signed_in() {
    let (app, anon) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    assert_eq!(outcome(&create(&anon, json!({})).await), "UNAUTHORIZED");
    for name in ["userId", "ownerId", "user"] {
        let reply = create(&ann, json!({ name: "user_2" })).await;
        assert_ne!(outcome(&reply), "ok", "{name}");
    }
    let key = app.key(&ann, Scope::ALL).await;
    assert_eq!(outcome(&create(&key, json!({})).await), "FORBIDDEN", "keys make no keys");
    let keys = ben.data("{ apiKeys { totalCount } }", json!({})).await;
    assert_eq!(keys["apiKeys"]["totalCount"], 0);
}

#[tokio::test]
async fn a_key_shows_all_that_its_owner_wants_to_know_by_id_and_in_the_list() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (program, id) = program(&app, &ann, json!({ "networks": ["10.0.0.0/8"] })).await;
    assert!(works(&program).await);
    let all = "id name key scopes networks createdAt expiresAt lastUsedAt revokedAt
        previousSecretUntil state";
    let query = format!(
        "query($id: ID!) {{ apiKey(id: $id) {{ {all} }} node(id: $id) {{ ... on ApiKey {{ {all} }} }}
            apiKeys {{ nodes {{ {all} }} }} }}"
    );
    let data = ann.data(&query, json!({ "id": id })).await;
    assert_eq!(data["apiKey"], data["node"]);
    assert_eq!(data["apiKeys"]["nodes"], json!([data["apiKey"]]));
    assert_eq!(
        data["apiKey"],
        json!({
            "id": id,
            "name": "店面",
            "key": halves(&program).0,
            "scopes": ["JOBS_READ", "JOBS_WRITE"],
            "networks": ["10.0.0.0/8"],
            "createdAt": "2026-02-07T08:00:00.000Z",
            "expiresAt": "2026-05-08T08:00:00.000Z",
            "lastUsedAt": "2026-02-07T08:00:00.000Z",
            "revokedAt": null,
            "previousSecretUntil": null,
            "state": "ACTIVE",
        })
    );
    let state = async || {
        let data = ann.data("{ apiKeys { nodes { state } } }", json!({})).await;
        data["apiKeys"]["nodes"][0]["state"].clone()
    };
    let others = ben.data("query($id: ID!) { apiKey(id: $id) { id } }", json!({ "id": id })).await;
    assert_eq!(others["apiKey"], Value::Null, "nobody else's");
    done(&ann, "revokeApiKey", &id).await;
    assert_eq!(state().await, "REVOKED");
}
