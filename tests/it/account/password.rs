//! Changing the password and the profile.

use find_helper::{domain::viewer::Scope, entity::audit_event::Kind};
use serde_json::{Value, json};

use super::{
    CHANGE_PASSWORD, NEW_PASSWORD, audited, confirm_email, forgot, is_signed_in, request_email,
    reset, row, sign_in, subjects, token,
};
use crate::support::{PASSWORD, TestApp};

const ANN: &str = "ann@example.com";
const PROFILE: &str = "mutation($input: UpdateProfileInput!) {
    updateProfile(input: $input) { user { name phone } } }";

fn right() -> Value {
    json!({ "from": PASSWORD, "to": NEW_PASSWORD })
}

#[tokio::test]
async fn e13_a_new_password_ends_the_other_sessions_and_the_mailed_links_and_nothing_else() {
    let (app, _) = TestApp::new().await;
    let (ann, phone) = (app.member("ann").await, app.signed_in(ANN).await);
    let (bob, program) = (app.member("bob").await, app.key(&ann, Scope::ALL).await);
    forgot(&app, ANN).await;
    let link = token(&app, ANN, "reset").await;
    assert_eq!(request_email(&ann, "new@example.com").await, None);
    let change = token(&app, "new@example.com", "confirm-email").await;
    ann.data(CHANGE_PASSWORD, right()).await;
    assert!(is_signed_in(&ann).await, "the own session stays");
    assert!(is_signed_in(&bob).await, "others have nothing to do with it");
    assert_eq!(phone.get("/user").await.auth_error(), "401 UNAUTHORIZED");
    assert_eq!(program.get("/api/jobs").await.status, 200, "keys stay");
    assert_eq!(reset(&app, &link).await.as_deref(), Some("INVALID_REQUEST"));
    let dead = confirm_email(&app.anon(), &change).await;
    assert_eq!(dead.as_deref(), Some("INVALID_REQUEST"));
    assert_eq!(sign_in(&app, ANN, PASSWORD).await, "401 INVALID_CREDENTIALS");
    assert_eq!(sign_in(&app, ANN, NEW_PASSWORD).await, "200");
    assert!(subjects(&app, ANN).await.contains(&"Your password was changed".to_owned()));
    assert!(audited(&app, ann.user_id()).await.contains(&Kind::PasswordChanged));
}

#[tokio::test]
async fn d13_a_stolen_token_gets_five_tries_at_the_password_wherever_it_is_used_and_each_is_noted()
{
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let wrong = json!({ "from": "not this one", "to": NEW_PASSWORD });
    let (delete, change) = (super::DELETE, super::CHANGE_EMAIL);
    let tries = [
        (CHANGE_PASSWORD, wrong.clone()),
        (change, json!({ "email": "new@example.com", "password": "not this one" })),
        (delete, json!({ "password": "not this one" })),
        (CHANGE_PASSWORD, wrong.clone()),
        (CHANGE_PASSWORD, wrong),
    ];
    for (number, (mutation, variables)) in tries.into_iter().enumerate() {
        let code = ann.at(&format!("192.0.2.{number}")).code(mutation, variables).await;
        assert_eq!(code, "INVALID_CREDENTIALS");
    }
    let sixth = ann.at("192.0.2.77").code(CHANGE_PASSWORD, right()).await;
    assert_eq!(sixth, "RATE_LIMIT_EXCEEDED");
    assert_eq!(audited(&app, ann.user_id()).await, [Kind::SignInFailed; 5]);
    assert_eq!(sign_in(&app, ANN, PASSWORD).await, "200", "nobody is locked out by it");
}

#[tokio::test]
async fn d2_lengths_are_checked_before_anything_is_hashed() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let before = app.services.passwords.runs();
    for (from, to) in [(PASSWORD, "short"), ("", NEW_PASSWORD), (PASSWORD, &"x".repeat(1_025))] {
        let code = ann.code(CHANGE_PASSWORD, json!({ "from": from, "to": to })).await;
        assert_eq!(code, "INVALID_REQUEST");
    }
    assert_eq!(app.services.passwords.runs(), before);
}

#[tokio::test]
async fn a_profile_keeps_what_is_left_out_and_loses_what_is_null() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let change = async |input: Value| {
        ann.data(PROFILE, json!({ "input": input })).await["updateProfile"]["user"].take()
    };
    let named = change(json!({ "name": " 安安 " })).await;
    assert_eq!(named, json!({ "name": "安安", "phone": "0912-345-678" }));
    let called = change(json!({ "phone": "+886 2 1234 5678" })).await;
    assert_eq!(called, json!({ "name": "安安", "phone": "+886 2 1234 5678" }));
    assert_eq!(change(json!({ "phone": null })).await["phone"], Value::Null);
    assert_eq!(audited(&app, ann.user_id()).await, [Kind::ProfileUpdated; 3]);
}

#[tokio::test]
async fn a_profile_tells_all_problems_together_and_changes_nothing_then() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let input = json!({ "input": { "name": "x", "phone": "call me" } });
    let reply = ann.gql(PROFILE, input).await.json();
    let told = reply["errors"][0]["message"].as_str().unwrap();
    assert!(told.contains("name") && told.contains("phone"), "{told}");
    assert_eq!(row(&app, ann.user_id()).await.name, "ann 測試");
}
