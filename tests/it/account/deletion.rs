//! The wish to delete one's account, and the time to think better of it.

use chrono::TimeDelta;
use find_helper::{
    domain::{erasure, viewer::Scope},
    entity::audit_event::Kind,
};
use serde_json::json;

use super::{
    DELETE, NEW_PASSWORD, audited, confirm_email, forgot, request_email, reset, row, sign_in,
    subjects, token,
};
use crate::support::{PASSWORD, TestApp};

const ANN: &str = "ann@example.com";

#[tokio::test]
async fn e13_a_deletion_ends_sessions_keys_and_links_at_once_and_data_later() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let program = app.key(&ann, Scope::ALL).await;
    request_email(&ann, "new@example.com").await;
    let change = token(&app, "new@example.com", "confirm-email").await;
    let told = ann.data(DELETE, json!({ "password": PASSWORD })).await;
    assert_eq!(told["deleteAccount"]["eraseAt"], "2026-02-21T08:00:00.000Z", "14 days");
    assert_eq!(ann.get("/user").await.auth_error(), "401 UNAUTHORIZED");
    assert_eq!(program.get("/api/jobs").await.jobs_error(), "401 UNAUTHORIZED");
    let dead = confirm_email(&app.anon(), &change).await;
    assert_eq!(dead.as_deref(), Some("INVALID_REQUEST"));
    assert!(subjects(&app, ANN).await.contains(&"Your account will be deleted".to_owned()));
    app.advance(TimeDelta::days(14) - TimeDelta::seconds(1));
    assert_eq!(erasure::erase_due(&app.services).await.unwrap(), 0);
    app.advance(TimeDelta::seconds(1));
    assert_eq!(erasure::erase_due(&app.services).await.unwrap(), 1);
    assert_eq!(erasure::erase_due(&app.services).await.unwrap(), 0, "once");
    assert_eq!(sign_in(&app, ANN, PASSWORD).await, "401 INVALID_CREDENTIALS");
    let told = subjects(&app, ANN).await;
    assert_eq!(told.last().map(String::as_str), Some("Your account was deleted"));
    let events = audited(&app, ann.user_id()).await;
    assert!(events.ends_with(&[Kind::DeletionRequested, Kind::AccountErased]), "{events:?}");
}

#[tokio::test]
async fn signing_in_within_14_days_keeps_the_account_and_says_so() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    ann.data(DELETE, json!({ "password": PASSWORD })).await;
    app.advance(TimeDelta::days(13));
    assert_eq!(sign_in(&app, ANN, "not this one").await, "401 INVALID_CREDENTIALS");
    assert!(row(&app, ann.user_id()).await.erase_at.is_some(), "a wrong password changes nothing");
    assert_eq!(sign_in(&app, ANN, PASSWORD).await, "200");
    app.advance(TimeDelta::days(30));
    assert_eq!(erasure::erase_due(&app.services).await.unwrap(), 0);
    assert_eq!(sign_in(&app, ANN, PASSWORD).await, "200");
    let told = subjects(&app, ANN).await;
    assert!(told.contains(&"Your account will not be deleted".to_owned()), "{told:?}");
    let events = audited(&app, ann.user_id()).await;
    assert!(events.contains(&Kind::DeletionCancelled), "{events:?}");
}

#[tokio::test]
async fn who_forgot_the_password_can_still_keep_the_account() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    ann.data(DELETE, json!({ "password": PASSWORD })).await;
    forgot(&app, ANN).await;
    let link = token(&app, ANN, "reset").await;
    assert_eq!(reset(&app, &link).await, None);
    assert_eq!(sign_in(&app, ANN, NEW_PASSWORD).await, "200");
    assert!(row(&app, ann.user_id()).await.erase_at.is_none());
}

#[tokio::test]
async fn a_wrong_password_deletes_nothing() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let code = ann.code(DELETE, json!({ "password": "not this one" })).await;
    assert_eq!(code, "INVALID_CREDENTIALS");
    assert_eq!(row(&app, ann.user_id()).await.erase_at, None);
    assert_eq!(ann.get("/user").await.status, 200);
}
