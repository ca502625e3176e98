//! Keys that are going to end, and those who have to know.

use chrono::TimeDelta;
use find_helper::{domain::keys, entity::outbox};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{done, text},
    keys::making::{halves, program},
    support::{Client, TestApp},
};

/// The keys that owners were warned of, in this order, with who was told.
async fn warned(app: &TestApp) -> Vec<(String, String)> {
    let promises = outbox::Entity::find().all(app.services.db.read()).await.unwrap();
    let detail = |promise: &outbox::Model| -> Value {
        serde_json::from_str(promise.detail.as_deref().unwrap_or("{}")).unwrap()
    };
    let warnings = promises
        .iter()
        .filter(|promise| detail(promise)["occasion"]["what"] == "api_key_expires")
        .map(|it| (text(&detail(it)["occasion"]["key"]), it.recipient.clone().unwrap()));
    warnings.collect()
}

/// How many mails each look promises, so many days after the last.
async fn promised(app: &TestApp, pauses: &[i64]) -> Vec<usize> {
    let mut promised = Vec::new();
    for days in pauses {
        app.advance(TimeDelta::days(*days));
        promised.push(keys::warn(&app.services).await.unwrap());
        assert_eq!(keys::warn(&app.services).await.unwrap(), 0, "once");
    }
    promised
}

#[tokio::test]
async fn g9_an_owner_is_warned_once_14_7_and_1_day_before_the_end() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    program(&app, &ann, json!({ "name": "店面" })).await;
    let days = [0, 75, 1, 1, 5, 1, 1, 4, 1, 1, 1];
    //              15 14 13  8  7  6  2  1  0 days left
    assert_eq!(promised(&app, &days).await, [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0]);
    let told = ("店面".to_owned(), "ann@example.com".to_owned());
    assert_eq!(warned(&app).await, [told.clone(), told.clone(), told]);
    app.send_mails().await;
    let mails = app.mails();
    assert!(mails.iter().any(|mail| mail.text.contains("店面")), "{mails:?}");
}

#[tokio::test]
async fn g9_after_a_pause_only_the_nearest_warning_is_sent() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    program(&app, &ann, json!({})).await;
    //           3 days left: that of 7 days; then that of 1 day.
    assert_eq!(promised(&app, &[87, 1, 1]).await, [1, 0, 1]);
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    program(&app, &ann, json!({})).await;
    assert_eq!(promised(&app, &[89, 1]).await, [1, 0], "that of 1 day alone");
}

#[tokio::test]
async fn g9_replicas_that_look_at_once_send_one_mail() {
    let (app, _) = TestApp::new().await;
    let replica = app.restarted(&[]).await;
    let ann = app.member("ann").await;
    program(&app, &ann, json!({})).await;
    program(&app, &ann, json!({})).await;
    app.advance(TimeDelta::days(80));
    let (one, other) = tokio::join!(keys::warn(&app.services), keys::warn(&replica.services));
    assert_eq!(one.unwrap() + other.unwrap(), 2);
    assert_eq!(warned(&app).await.len(), 2);
}

#[tokio::test]
async fn g9_rotation_begins_the_warnings_anew() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (_, id) = program(&app, &ann, json!({})).await;
    assert_eq!(promised(&app, &[80]).await, [1]);
    let ann = app.signed_in("ann@example.com").await;
    done(&ann, "rotateApiKey", &id).await;
    assert_eq!(promised(&app, &[0, 75, 1, 7, 6]).await, [0, 0, 1, 1, 1]);
}

#[tokio::test]
async fn g9_nobody_is_warned_of_a_short_life_just_chosen_or_of_what_has_ended() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    program(&app, &ann, json!({ "expiresInDays": 10 })).await;
    let (_, revoked) = program(&app, &ann, json!({})).await;
    done(&ann, "revokeApiKey", &revoked).await;
    program(&app, &ben, json!({})).await;
    let suspend =
        "mutation { suspendUser(input: {id: \"user_2\", reason: \"x\"}) { user { id } } }";
    app.admin("zoe").await.data(suspend, json!({})).await;
    assert_eq!(promised(&app, &[0, 2, 1, 77, 9]).await, [0, 0, 1, 0, 0], "7 of 10 days left");
}

#[tokio::test]
async fn g9_answers_to_a_key_tell_of_its_end_from_14_days_before() {
    let (app, anon) = TestApp::with(&["--limit-key-per-minute=3"]).await;
    let ann = app.member("ann").await;
    let (program, _) = program(&app, &ann, json!({})).await;
    let wrong = anon.with_key(1, &halves(&program).0, "wrong");
    let told = async |client: &Client, path: &str| {
        let reply = client.get(path).await;
        let header = reply.headers.get("x-api-key-expires");
        (reply.status.as_u16(), header.map(|value| value.to_str().unwrap().to_owned()))
    };
    app.advance(TimeDelta::days(76) - TimeDelta::milliseconds(1));
    assert_eq!(told(&program, "/api/jobs").await, (200, None));
    app.advance(TimeDelta::minutes(1));
    let end = Some("2026-05-08T08:00:00Z".to_owned());
    for (path, status) in [
        ("/api/jobs", 200),
        ("/api/jobs/9", 404),
        ("/graphql?query={jobs{totalCount}}", 200),
        ("/api/jobs", 429),
        ("/graphql?query={jobs{totalCount}}", 429),
        ("/user", 403),
    ] {
        assert_eq!(told(&program, path).await, (status, end.clone()), "{path}");
    }
    assert_eq!(told(&wrong, "/api/jobs").await, (401, None), "strangers learn nothing");
}
