//! API keys: made, listed, refused and revoked.

use chrono::TimeDelta;
use find_helper::domain::{api_key::MAX_ACTIVE, viewer::Scope};
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::steps::{act, done, each, fields, message, outcome, sorted_outcomes, text, whole};
use crate::support::{Client, Reply, TestApp, client::Proof};

async fn create(member: &Client, changes: Value) -> Reply {
    let mutation = "mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret
        apiKey { id name key scopes createdAt expiresAt revokedAt lastUsedAt } } }";
    let mut input = json!({ "name": "店面", "scopes": ["JOBS_READ", "JOBS_WRITE"] });
    for (name, value) in changes.as_object().unwrap() {
        input[name] = value.clone();
    }
    member.gql(mutation, json!({ "input": input })).await
}

/// A program with a new key, and the key's id.
async fn program(app: &TestApp, member: &Client, changes: Value) -> (Client, String) {
    let payload = create(member, changes).await.json()["data"]["createApiKey"].take();
    let (key, secret) = (text(&payload["apiKey"]["key"]), text(&payload["secret"]));
    let client = app.anon().with_key(member.user_id(), &key, &secret);
    (client, text(&payload["apiKey"]["id"]))
}

fn halves(program: &Client) -> (String, String) {
    match program.proof() {
        Proof::ApiKey { key, secret } => (key.clone(), secret.clone()),
        proof => panic!("no key: {proof:?}"),
    }
}

async fn works(program: &Client) -> bool {
    let graphql = outcome(&program.gql("{ jobs { totalCount } }", json!({})).await);
    let rest = program.get("/api/jobs").await.status;
    assert_eq!(graphql == "ok", rest == 200, "both doors agree: {graphql}, {rest}");
    graphql == "ok"
}

#[tokio::test]
async fn a_new_key_works_on_both_doors_and_its_secret_is_shown_once() {
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
async fn a_key_says_to_the_minute_when_it_was_used() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (program, _) = program(&app, &ann, json!({})).await;
    let used = async || {
        let data = ann.data("{ apiKeys { nodes { lastUsedAt } } }", json!({})).await;
        each(&data["apiKeys"]["nodes"], "lastUsedAt")
    };
    assert_eq!(used().await, [Value::Null]);
    assert!(works(&program).await);
    assert_eq!(used().await, ["2026-02-07T08:00:00.000Z"]);
    app.advance(TimeDelta::seconds(59));
    assert!(works(&program).await);
    assert_eq!(used().await, ["2026-02-07T08:00:00.000Z"], "not written again so soon");
    app.advance(TimeDelta::seconds(1));
    assert!(works(&program).await);
    assert_eq!(used().await, ["2026-02-07T08:01:00.000Z"]);
}

#[tokio::test]
async fn all_refusals_of_a_key_are_the_same_byte_by_byte() {
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
async fn half_a_key_is_no_key() {
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
async fn a_key_works_until_the_moment_it_expires() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (program, _) = program(&app, &ann, json!({ "expiresInDays": 365 })).await;
    app.advance(TimeDelta::days(365) - TimeDelta::milliseconds(1));
    assert!(works(&program).await);
    app.advance(TimeDelta::milliseconds(1));
    assert!(!works(&program).await);
}

#[tokio::test]
async fn a_revoked_key_stops_at_once_in_every_process_and_may_be_revoked_again() {
    let (app, _) = TestApp::new().await;
    let replica = app.restarted(&[]).await;
    let ann = app.member("ann").await;
    let (program, id) = program(&app, &ann, json!({})).await;
    assert!(works(&program.towards(&replica.router)).await);
    done(&ann, "revokeApiKey", &id).await;
    for router in [&app.router, &replica.router] {
        assert!(!works(&program.towards(router)).await);
    }
    app.advance(TimeDelta::hours(1));
    done(&ann, "revokeApiKey", &id).await;
    let data = ann.data("{ apiKeys { nodes { revokedAt } } }", json!({})).await;
    let since = each(&data["apiKeys"]["nodes"], "revokedAt");
    assert_eq!(since, ["2026-02-07T08:00:00.000Z"], "since the first time");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_keys_made_at_once_five_are_made() {
    let (app, _) = TestApp::new().await;
    let replica = app.restarted(&[]).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let doors = [ann.clone(), ann.towards(&replica.router)];
    let replies = join_all((0..12).map(|n| create(&doors[n % 2], json!({})))).await;
    assert_eq!(
        sorted_outcomes(&replies),
        [vec!["CONFLICT"; 12 - MAX_ACTIVE], vec!["ok"; MAX_ACTIVE]].concat()
    );
    assert_eq!(outcome(&create(&ben, json!({})).await), "ok", "each person counts alone");
}

#[tokio::test]
async fn a_sixth_key_needs_one_of_the_five_to_be_revoked_or_expired() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (_, first) = program(&app, &ann, json!({ "expiresInDays": 365 })).await;
    for days in [1, 365, 365, 365] {
        create(&ann, json!({ "expiresInDays": days })).await;
    }
    let full = create(&ann, json!({})).await;
    assert_eq!(outcome(&full), "CONFLICT");
    assert_eq!(message(&full), "An account has at most 5 active API keys");
    done(&ann, "revokeApiKey", &first).await;
    assert_eq!(outcome(&create(&ann, json!({})).await), "ok");
    assert_eq!(outcome(&create(&ann, json!({})).await), "CONFLICT");
    app.advance(TimeDelta::hours(24) - TimeDelta::milliseconds(1));
    assert_eq!(outcome(&create(&ann, json!({})).await), "CONFLICT");
    app.advance(TimeDelta::milliseconds(1));
    let ann = app.signed_in("ann@example.com").await;
    assert_eq!(outcome(&create(&ann, json!({})).await), "ok");
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
async fn nobody_revokes_the_key_of_somebody_else() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (program, id) = program(&app, &ann, json!({})).await;
    assert_eq!(outcome(&act(&ben, "revokeApiKey", &id).await), "NOT_FOUND");
    assert_eq!(outcome(&act(&program, "revokeApiKey", &id).await), "FORBIDDEN", "nor itself");
    assert!(works(&program).await);
}
