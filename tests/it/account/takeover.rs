//! Somebody registers an address that is not theirs before its owner does (C4).

use chrono::TimeDelta;
use serde_json::json;

use super::{CHANGE_PASSWORD, NEW_PASSWORD, forgot, register, reset, row, sign_in, token};
use crate::support::{Client, PASSWORD, TestApp};

const VICTIM: &str = "victim@example.com";
const ATTACKERS: &str = "the attacker's password";
const REJECT: &str =
    "mutation($token: String!) { rejectRegistration(input: {token: $token}) { ok } }";

async fn follow(app: &TestApp, token: &str) -> u16 {
    app.anon().get(&format!("/verify?token={token}")).await.status.as_u16()
}

/// What the attacker gets by signing in.
async fn attacker(app: &TestApp) -> Client {
    let body = json!({ "email": VICTIM, "password": ATTACKERS });
    let data = app.anon().post("/login", body).await.json();
    app.anon().with_session(1, data["data"]["token"].as_str().unwrap(), None)
}

#[tokio::test]
async fn c4_registering_anew_replaces_what_the_attacker_chose_and_only_the_new_link_confirms() {
    let (app, _) = TestApp::new().await;
    let first = json!({ "name": "攻擊者", "email": VICTIM, "password": ATTACKERS, "phone": "0911-111-111" });
    let id = app.anon().post("/register", first).await.json()["data"]["user_id"].clone();
    let old = token(&app, VICTIM, "verify").await;
    app.advance(TimeDelta::minutes(1));
    let again = register(&app, "Victim@example.com", PASSWORD).await;
    assert_eq!(again.status, 200, "{}", again.text);
    assert_eq!(
        again.json()["data"],
        json!({ "user_id": id, "email": "Victim@example.com", "name": "安安" })
    );
    assert_eq!(follow(&app, &old).await, 400, "the attacker's link is dead");
    let new = token(&app, "Victim@example.com", "verify").await;
    assert_eq!(follow(&app, &new).await, 200);
    assert_eq!(sign_in(&app, VICTIM, ATTACKERS).await, "401 INVALID_CREDENTIALS");
    assert_eq!(sign_in(&app, VICTIM, PASSWORD).await, "200");
    let user = row(&app, 1).await;
    assert_eq!((user.name.as_str(), user.phone), ("安安", None));
    let code = app.anon().code(REJECT, json!({ "token": old })).await;
    assert_eq!(code, "INVALID_REQUEST", "and so is the attacker's way to delete it");
}

#[tokio::test]
async fn c1_an_address_is_registered_anew_a_minute_later_at_the_earliest_and_never_once_confirmed()
{
    let (app, _) = TestApp::new().await;
    register(&app, VICTIM, ATTACKERS).await;
    assert_eq!(register(&app, VICTIM, PASSWORD).await.auth_error(), "409 EMAIL_EXISTS");
    app.advance(TimeDelta::minutes(1));
    assert_eq!(register(&app, VICTIM, PASSWORD).await.status, 200);
    let link = token(&app, VICTIM, "verify").await;
    follow(&app, &link).await;
    app.advance(TimeDelta::minutes(1));
    assert_eq!(register(&app, VICTIM, ATTACKERS).await.auth_error(), "409 EMAIL_EXISTS");
    assert_eq!(sign_in(&app, VICTIM, PASSWORD).await, "200");
}

#[tokio::test]
async fn c4_a_reset_by_the_owner_confirms_the_address_and_the_attacker_s_password_is_gone() {
    let (app, _) = TestApp::new().await;
    register(&app, VICTIM, ATTACKERS).await;
    forgot(&app, VICTIM).await;
    let link = token(&app, VICTIM, "reset").await;
    assert_eq!(reset(&app, &link).await, None);
    assert_eq!(sign_in(&app, VICTIM, ATTACKERS).await, "401 INVALID_CREDENTIALS");
    assert_eq!(sign_in(&app, VICTIM, NEW_PASSWORD).await, "200");
}

#[tokio::test]
async fn c4_after_a_scanner_has_confirmed_it_the_owner_still_takes_the_account_back() {
    let (app, _) = TestApp::new().await;
    register(&app, VICTIM, ATTACKERS).await;
    let (verify, not_me) =
        (token(&app, VICTIM, "verify").await, token(&app, VICTIM, "reject").await);
    follow(&app, &verify).await;
    let attacker = attacker(&app).await;
    // The attacker tries to keep it by what ends mailed links …
    let change = json!({ "from": ATTACKERS, "to": NEW_PASSWORD });
    attacker.data(CHANGE_PASSWORD, change).await;
    app.anon().data(REJECT, json!({ "token": not_me })).await;
    assert_eq!(attacker.get("/user").await.auth_error(), "404 USER_NOT_FOUND");
    assert_eq!(sign_in(&app, VICTIM, NEW_PASSWORD).await, "401 INVALID_CREDENTIALS");
    assert_eq!(register(&app, VICTIM, PASSWORD).await.status, 200, "the address is free");
}

#[tokio::test]
async fn an_account_that_has_gone_on_to_another_address_is_not_for_the_old_one_to_delete() {
    let (app, _) = TestApp::new().await;
    register(&app, VICTIM, ATTACKERS).await;
    let (verify, not_me) =
        (token(&app, VICTIM, "verify").await, token(&app, VICTIM, "reject").await);
    follow(&app, &verify).await;
    let client = attacker(&app).await;
    let wish = json!({ "email": "own@example.com", "password": ATTACKERS });
    client.data(super::CHANGE_EMAIL, wish).await;
    let link = token(&app, "own@example.com", "confirm-email").await;
    assert_eq!(super::confirm_email(&client, &link).await, None);
    app.anon().data(REJECT, json!({ "token": not_me })).await;
    assert_eq!(sign_in(&app, "own@example.com", ATTACKERS).await, "200");
}

#[tokio::test]
async fn a_suspended_account_is_not_registered_away() {
    let (app, _) = TestApp::new().await;
    let admin = app.admin("root").await;
    register(&app, VICTIM, ATTACKERS).await;
    let suspend =
        "mutation { suspendUser(input: {id: \"user_2\", reason: \"x\"}) { user { id } } }";
    admin.data(suspend, json!({})).await;
    app.advance(TimeDelta::minutes(5));
    assert_eq!(register(&app, VICTIM, PASSWORD).await.auth_error(), "409 EMAIL_EXISTS");
}
