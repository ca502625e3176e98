//! The second factor: how it is turned on and off, and what its owner is told.

use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, Phone, TestApp};

const ROOMY: &[&str] = &["--limit-login-per-minute=1000"];
const ENROL: &str = "mutation($p: String!) {
    enrollSecondFactor(input: {password: $p}) { secret uri qrCode } }";
const CONFIRM: &str = "mutation($c: String!) {
    confirmSecondFactor(input: {code: $c}) { recoveryCodes } }";
const REPLACE: &str = "mutation($p: String!, $c: String!) {
    replaceRecoveryCodes(input: {password: $p, code: $c}) { recoveryCodes } }";
const DISABLE: &str = "mutation($p: String!, $c: String!) {
    disableSecondFactor(input: {password: $p, code: $c}) { user { hasSecondFactor } } }";
const STATE: &str = "{ viewer { hasSecondFactor recoveryCodesLeft } }";

async fn state(client: &Client) -> (bool, i64) {
    let viewer = client.data(STATE, json!({})).await["viewer"].take();
    (viewer["hasSecondFactor"].as_bool().unwrap(), viewer["recoveryCodesLeft"].as_i64().unwrap())
}

fn proof(code: &str) -> Value {
    json!({ "p": PASSWORD, "c": code })
}

/// What the audit log has about the second factor of anybody, oldest first.
async fn audit(app: &TestApp) -> Vec<String> {
    use find_helper::entity::audit_event::Entity;
    use sea_orm::{EntityTrait, QueryOrder};
    let events = Entity::find().order_by_asc(find_helper::entity::audit_event::Column::Id);
    let events = events.all(app.services.db.read()).await.unwrap();
    let kinds = events.iter().map(|event| format!("{:?}", event.kind));
    kinds.filter(|kind| kind.contains("Factor") || kind.contains("Recovery")).collect()
}

#[tokio::test]
async fn an_enrolment_counts_once_a_first_code_confirms_it() {
    let (app, _) = TestApp::with(ROOMY).await;
    let ann = app.member("ann").await;
    let begun = ann.data(ENROL, json!({ "p": PASSWORD })).await["enrollSecondFactor"].take();
    let (secret, uri) = (begun["secret"].as_str().unwrap(), begun["uri"].as_str().unwrap());
    assert_eq!(secret.len(), 32, "160 bits in base32");
    assert!(uri.contains(&format!("secret={secret}&issuer=find-helper")), "{uri}");
    assert!(begun["qrCode"].as_str().unwrap().starts_with("data:image/svg+xml;base64,"));
    assert_eq!(state(&ann).await, (false, 0));
    app.signed_in("ann@example.com").await;

    let phone = Phone::of(uri);
    assert_eq!(ann.code(CONFIRM, json!({ "c": "000000" })).await, "INVALID_CREDENTIALS");
    let codes = ann.data(CONFIRM, json!({ "c": phone.code(&app) })).await;
    assert_eq!(codes["confirmSecondFactor"]["recoveryCodes"].as_array().unwrap().len(), 10);
    assert_eq!(state(&ann).await, (true, 10));
    assert_eq!(ann.code(CONFIRM, json!({ "c": phone.code_at(&app, 30) })).await, "CONFLICT");
    assert_eq!(ann.code(ENROL, json!({ "p": PASSWORD })).await, "CONFLICT");
}

#[tokio::test]
async fn a_second_enrolment_takes_the_place_of_the_first() {
    let (app, _) = TestApp::with(ROOMY).await;
    let ann = app.member("ann").await;
    let mut uris = Vec::new();
    for _ in 0..2 {
        let begun = ann.data(ENROL, json!({ "p": PASSWORD })).await;
        uris.push(begun["enrollSecondFactor"]["uri"].as_str().unwrap().to_owned());
    }
    let old = Phone::of(&uris[0]).code(&app);
    assert_eq!(ann.code(CONFIRM, json!({ "c": old })).await, "INVALID_CREDENTIALS");
    ann.data(CONFIRM, json!({ "c": Phone::of(&uris[1]).code(&app) })).await;
}

#[tokio::test]
async fn neither_secret_nor_recovery_codes_rest_in_the_database() {
    use find_helper::entity::{recovery_code, user};
    use sea_orm::EntityTrait;
    let (app, _) = TestApp::with(ROOMY).await;
    let ann = app.member("ann").await;
    let begun = ann.data(ENROL, json!({ "p": PASSWORD })).await["enrollSecondFactor"].take();
    let phone = Phone::of(begun["uri"].as_str().unwrap());
    let done = ann.data(CONFIRM, json!({ "c": phone.code(&app) })).await;
    let code = done["confirmSecondFactor"]["recoveryCodes"][0].as_str().unwrap().to_owned();
    let db = app.services.db.read();
    let rows = format!(
        "{:?} {:?}",
        user::Entity::find().all(db).await.unwrap(),
        recovery_code::Entity::find().all(db).await.unwrap()
    );
    assert!(!rows.contains(begun["secret"].as_str().unwrap()));
    assert!(!rows.contains(&code) && !rows.contains(&code.replace('-', "")));
}

#[tokio::test]
async fn turning_it_off_or_replacing_codes_takes_the_password_and_a_code() {
    let (app, _) = TestApp::with(ROOMY).await;
    let ann = app.member("ann").await;
    assert_eq!(ann.code(DISABLE, proof("000000")).await, "CONFLICT", "there is none");
    let (phone, codes) = Phone::enrolled(&app, &ann).await;
    for mutation in [REPLACE, DISABLE] {
        let wrong = json!({ "p": "wrong password", "c": phone.code_at(&app, 30) });
        assert_eq!(ann.code(mutation, wrong).await, "INVALID_CREDENTIALS");
        assert_eq!(ann.code(mutation, proof("000000")).await, "INVALID_CREDENTIALS");
        assert_eq!(ann.code(mutation, proof("")).await, "INVALID_CREDENTIALS");
    }
    let new = ann.data(REPLACE, proof(&phone.code_at(&app, 30))).await;
    let new = new["replaceRecoveryCodes"]["recoveryCodes"].as_array().unwrap().clone();
    assert_eq!((new.len(), state(&ann).await), (10, (true, 10)));
    assert_eq!(ann.code(DISABLE, proof(&codes[0])).await, "INVALID_CREDENTIALS", "of before");
    let off = ann.data(DISABLE, proof(new[0].as_str().unwrap())).await;
    assert_eq!(off["disableSecondFactor"]["user"]["hasSecondFactor"], false);
    assert_eq!(state(&ann).await, (false, 0));
    app.signed_in("ann@example.com").await;
    let (again, _) = Phone::enrolled(&app, &ann).await;
    assert_ne!(again.code(&app), phone.code(&app), "a new secret each time");
}

#[tokio::test]
async fn each_change_is_audited_and_told_by_mail() {
    let (app, _) = TestApp::with(ROOMY).await;
    let ann = app.member("ann").await;
    let (phone, codes) = Phone::enrolled(&app, &ann).await;
    ann.data(REPLACE, proof(&phone.code_at(&app, 30))).await;
    assert_eq!(ann.code(DISABLE, proof(&codes[0])).await, "INVALID_CREDENTIALS");
    app.advance(chrono::TimeDelta::minutes(2));
    ann.data(DISABLE, proof(&phone.code(&app))).await;
    let kinds = ["SecondFactorEnabled", "RecoveryCodesReplaced", "SecondFactorDisabled"];
    assert_eq!(audit(&app).await, kinds);
    app.send_mails().await;
    let mails = app.mails();
    assert_eq!(mails.len(), 3);
    for words in
        ["Two-step sign-in is on", "recovery codes were replaced", "Two-step sign-in is off"]
    {
        assert!(mails.iter().any(|mail| mail.text.contains(words)), "{words}");
    }
    for mail in mails {
        assert!(codes.iter().all(|code| !mail.raw.contains(code)), "no secret in mails");
    }
}

#[tokio::test]
async fn who_sees_whether_a_person_has_one() {
    let (app, _) = TestApp::with(ROOMY).await;
    let (ann, eve, admin) =
        (app.member("ann").await, app.member("eve").await, app.admin("root").await);
    Phone::enrolled(&app, &ann).await;
    let query = format!("{{ user(id: \"user_{}\") {{ hasSecondFactor }} }}", ann.user_id());
    let seen = async |client: &Client| client.data(&query, json!({})).await["user"].take();
    assert_eq!(seen(&eve).await, json!({ "hasSecondFactor": null }));
    assert_eq!(seen(&admin).await, json!({ "hasSecondFactor": true }));
    let left = query.replace("hasSecondFactor", "recoveryCodesLeft");
    for client in [&eve, &admin] {
        assert_eq!(client.code(&left, json!({})).await, "FORBIDDEN");
    }
}
