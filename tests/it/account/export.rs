//! All that is kept about a person.

use find_helper::{domain::viewer::Scope, entity::audit_event::Kind};
use serde_json::{Value, json};

use super::audited;
use crate::{
    jobs::steps::{apply, post, published},
    support::{Client, TestApp},
};

const EXPORT: &str = "mutation { exportData { data } }";

async fn export(client: &Client) -> Value {
    client.data(EXPORT, json!({})).await["exportData"]["data"].take()
}

#[tokio::test]
async fn a_person_gets_everything_of_their_own_without_secrets_and_nothing_of_others() {
    let (app, _) = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let crate::support::client::Proof::ApiKey { key, secret } =
        app.key(&ann, Scope::ALL).await.proof().clone()
    else {
        panic!("a key")
    };
    let posted = post(&ann, json!({ "title": "ann-title" })).await;
    post(&bob, json!({ "title": "bob-title" })).await;
    let wish = apply(&ann, &published(&bob).await).await;
    let data = export(&ann).await;
    assert_eq!(data["account"]["email"], "ann@example.com");
    assert_eq!(data["account"]["phone"], "0912-345-678");
    assert_eq!(data["sessions"][0]["userAgent"], "tests");
    assert_eq!(data["apiKeys"][0]["key"], key);
    assert_eq!(
        (&data["jobs"][0]["id"], &data["jobs"][0]["title"]),
        (&json!(posted), &json!("ann-title"))
    );
    assert_eq!(data["applications"][0]["id"], wish);
    assert_eq!(data["auditEvents"][0]["kind"], "data_exported");
    assert_eq!(data["truncated"], json!([]));
    let text = data.to_string();
    for absent in [&secret, "bob", "$argon2", "digest", "seed"] {
        assert!(!text.contains(absent), "{absent} in {text}");
    }
    assert!(audited(&app, ann.user_id()).await.contains(&Kind::DataExported));
}

#[tokio::test]
async fn an_export_does_not_tell_where_an_administrator_was() {
    let (app, _) = TestApp::new().await;
    let (ann, admin) = (app.member("ann").await, app.admin("root").await);
    let origin = find_helper::domain::origin::Origin {
        user_id: Some(admin.user_id()),
        client: Some(find_helper::domain::origin::Client {
            address: "203.0.113.9".parse().unwrap(),
            user_agent: Some("root-s browser".into()),
            language: None,
        }),
        ..Default::default()
    };
    let member = app.member_of(&ann).await;
    let change = find_helper::domain::account::profile::ProfileChange::default();
    find_helper::domain::account::profile::update_profile(&app.services, &member, &origin, change)
        .await
        .unwrap();
    let data = export(&ann).await.to_string();
    assert!(data.contains("profile_updated"));
    assert!(!data.contains("203.0.113.9") && !data.contains("root-s browser"), "{data}");
}

#[tokio::test]
async fn an_export_names_what_an_answer_has_no_room_for() {
    let (app, _) = TestApp::with(&["--limit-response-bytes=6000"]).await;
    let ann = app.member("ann").await;
    for _ in 0..20 {
        published(&ann).await;
    }
    let data = export(&ann).await;
    assert!(data["truncated"].as_array().unwrap().contains(&json!("jobs")), "{data}");
    let jobs = data["jobs"].as_array().unwrap().len();
    assert!((1..20).contains(&jobs), "{jobs}");
}

#[tokio::test]
async fn exports_are_limited_by_their_cost() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    for _ in 0..4 {
        export(&ann).await;
    }
    export_until_refused(&ann).await;
    app.advance(chrono::TimeDelta::minutes(2));
    export(&ann).await;
}

async fn export_until_refused(client: &Client) {
    for _ in 0..2 {
        let reply = client.gql(EXPORT, json!({})).await;
        if let Some(code) = super::refusal(&reply) {
            assert_eq!(code, "RATE_LIMIT_EXCEEDED");
            return;
        }
    }
    panic!("six exports within a minute");
}
