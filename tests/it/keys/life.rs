//! API keys: from when until when they work, how many there may be, and what is noted of them.

use chrono::TimeDelta;
use find_helper::{
    domain::{keys::MAX_ACTIVE, viewer::Scope},
    entity::{
        audit_event::{self, Kind},
        outbox,
    },
};
use futures_util::future::join_all;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait};
use serde_json::{Value, json};

use crate::{
    jobs::steps::{UNLIMITED, done, each, message, outcome, sorted_outcomes},
    keys::making::{create, program, works},
    support::TestApp,
};

#[tokio::test]
async fn g6_a_key_says_to_the_minute_when_it_was_used() {
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
async fn g2_a_key_works_until_the_moment_it_expires() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (program, _) = program(&app, &ann, json!({ "expiresInDays": 365 })).await;
    app.advance(TimeDelta::days(365) - TimeDelta::milliseconds(1));
    assert!(works(&program).await);
    app.advance(TimeDelta::milliseconds(1));
    assert!(!works(&program).await);
}

#[tokio::test]
async fn g2_a_revoked_key_stops_at_once_in_every_process_and_may_be_revoked_again() {
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
async fn g8_of_keys_made_at_once_five_are_made() {
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
async fn g8_a_sixth_key_needs_one_of_the_five_to_be_revoked_or_expired() {
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
async fn g6_a_thousand_uses_in_a_minute_are_noted_once() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let ann = app.member("ann").await;
    let (program, _) = program(&app, &ann, json!({})).await;
    let ask = async || assert_eq!(program.get("/api/jobs").await.status, 200);
    let (first, second) = (app.statements(ask()).await, app.statements(ask()).await);
    assert_eq!(first, second + 1, "the note");
    let many = app
        .statements(async {
            for _ in 0..1_000 {
                ask().await;
            }
        })
        .await;
    assert_eq!(many, 1_000 * second);
}

#[tokio::test]
async fn g6_a_database_that_takes_no_notes_refuses_no_request() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (program, _) = program(&app, &ann, json!({})).await;
    let refuse = match app.services.db.backend() {
        DbBackend::Sqlite => {
            "CREATE TRIGGER read_only BEFORE UPDATE ON api_keys
                BEGIN SELECT RAISE(ABORT, 'read-only'); END"
        }
        _ => {
            "CREATE FUNCTION read_only() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'read-only'; END $$;
            CREATE TRIGGER read_only BEFORE UPDATE ON api_keys
                FOR EACH STATEMENT EXECUTE FUNCTION read_only()"
        }
    };
    app.services.db.write().execute_unprepared(refuse).await.unwrap();
    assert!(works(&program).await);
    let data = ann.data("{ apiKeys { nodes { lastUsedAt } } }", json!({})).await;
    assert_eq!(each(&data["apiKeys"]["nodes"], "lastUsedAt"), [Value::Null]);
}

#[tokio::test]
async fn g8_each_key_has_limits_of_its_own() {
    let (app, _) = TestApp::with(&["--limit-key-per-minute=2"]).await;
    let ann = app.member("ann").await;
    let (one, other) = (app.key(&ann, Scope::ALL).await, app.key(&ann, Scope::ALL).await);
    for status in [200, 200, 429] {
        assert_eq!(one.get("/api/jobs").await.status, status);
    }
    assert_eq!(other.get("/api/jobs").await.status, 200);
}

#[tokio::test]
async fn what_is_done_to_a_key_is_audited_and_told_to_its_owner_without_a_secret() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (_, id) = program(&app, &ann, json!({ "name": "網站" })).await;
    let rotate = "mutation($id: ID!) { rotateApiKey(input: {id: $id}) { secret } }";
    ann.data(rotate, json!({ "id": id })).await;
    let update = "mutation($id: ID!, $networks: [String!]) {
        updateApiKey(input: {id: $id, networks: $networks}) { apiKey { id } } }";
    ann.data(update, json!({ "id": id, "networks": ["203.0.113.7"] })).await;
    ann.data(update, json!({ "id": id })).await;
    done(&ann, "revokeApiKey", &id).await;
    done(&ann, "revokeApiKey", &id).await;
    let db = app.services.db.read();
    let events = audit_event::Entity::find().all(db).await.unwrap();
    let events: Vec<_> = events
        .into_iter()
        .filter(|event| event.detail.as_ref().is_some_and(|detail| detail.contains(&id)))
        .collect();
    let kinds: Vec<Kind> = events.iter().map(|event| event.kind).collect();
    assert_eq!(
        kinds,
        [Kind::ApiKeyCreated, Kind::ApiKeyRotated, Kind::ApiKeyChanged, Kind::ApiKeyRevoked]
    );
    for event in &events {
        assert_eq!((event.user_id, event.actor_id), (Some(1), Some(1)));
        assert_eq!(event.address, Some(ann.address().to_string()));
        assert!(!event.detail.as_ref().unwrap().contains("fhs_"), "{event:?}");
    }
    assert!(events[2].detail.as_ref().unwrap().contains("\"isBoundToNetworks\":true"));
    let notices = outbox::Entity::find().all(db).await.unwrap();
    let told: Vec<Value> = notices
        .iter()
        .map(|notice| serde_json::from_str(notice.detail.as_ref().unwrap()).unwrap())
        .collect();
    let what: Vec<&Value> = told.iter().map(|notice| &notice["occasion"]["what"]).collect();
    assert_eq!(what, ["api_key_created", "api_key_rotated", "api_key_revoked"]);
    assert!(told.iter().all(|notice| notice["occasion"]["key"] == "網站"));
    assert!(notices.iter().all(|it| it.recipient.as_deref() == Some("ann@example.com")));
}

#[tokio::test]
async fn a_key_whose_notice_cannot_be_promised_is_not_made() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    for table in ["outbox", "audit_events"] {
        let rename = async |from: &str, to: &str| {
            let statement = format!("ALTER TABLE {from} RENAME TO {to}");
            app.services.db.write().execute_unprepared(&statement).await.unwrap();
        };
        rename(table, "hidden").await;
        assert_eq!(outcome(&create(&ann, json!({})).await), "INTERNAL_ERROR", "{table}");
        rename("hidden", table).await;
    }
    let keys = ann.data("{ apiKeys { totalCount } }", json!({})).await;
    assert_eq!(keys["apiKeys"]["totalCount"], 0);
}
