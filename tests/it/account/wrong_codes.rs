//! Wrong codes after the right password: somebody knows what nobody else should.

use chrono::TimeDelta;
use find_helper::entity::audit_event::{Column, Entity, Kind};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;

use super::{NEW_PASSWORD, audited, forgot, reset, row, subjects, token};
use crate::support::{Client, PASSWORD, Phone, TestApp};

const ROOMY: &[&str] = &["--limit-login-per-minute=1000", "--limit-general-per-minute=10000"];
const REFUSED: &str = "401 INVALID_CREDENTIALS";
const TRIED: &str = "Somebody is trying codes for your account";
const EXPOSED: &str = "Please choose a new password";

async fn sign_in(client: &Client, password: &str, code: Option<&str>) -> String {
    let body = json!({ "email": "ann@example.com", "password": password, "code": code });
    let reply = client.without_proof().post("/login", body).await;
    if reply.status == 200 { "200".into() } else { reply.auth_error() }
}

/// So many wrong codes, each from an address of its own; how many of them were looked at.
async fn guess(app: &TestApp, times: usize) -> u64 {
    let before = looked_at(app).await;
    for _ in 0..times {
        assert_eq!(sign_in(&app.anon(), PASSWORD, Some("000000")).await, REFUSED);
    }
    looked_at(app).await - before
}

async fn looked_at(app: &TestApp) -> u64 {
    let select = Entity::find().filter(Column::Kind.eq(Kind::SignInFailed));
    let select = select.filter(Column::Detail.contains("password_was_right"));
    select.count(app.services.db.read()).await.unwrap()
}

/// Those of the mails that are about codes.
async fn told(app: &TestApp) -> Vec<String> {
    let subjects = subjects(app, "ann@example.com").await.into_iter();
    subjects.filter(|subject| [TRIED, EXPOSED].contains(&&**subject)).collect()
}

async fn world() -> (TestApp, Client, Phone) {
    let (app, _) = TestApp::with(ROOMY).await;
    let ann = app.member("ann").await;
    let (phone, _) = Phone::enrolled(&app, &ann).await;
    app.advance(TimeDelta::minutes(1));
    (app, ann, phone)
}

/// Twenty wrong codes; replicas that know nothing of each other's counts make it short.
async fn spend(app: &TestApp) {
    for n in 0..4 {
        assert_eq!(guess(&app.restarted(ROOMY).await, 5).await, 5, "{n}");
    }
}

#[tokio::test]
async fn s09_wrong_codes_after_the_right_password_wait_longer_and_longer_and_the_owner_is_told() {
    let (app, ann, _) = world().await;
    assert_eq!(guess(&app, 4).await, 4);
    assert_eq!(told(&app).await, Vec::<String>::new(), "fingers slip");
    let mut passed = vec![4 + guess(&app, 21).await];
    for _ in 0..12 {
        app.advance(TimeDelta::minutes(5));
        passed.push(guess(&app, 6).await);
    }
    assert_eq!(passed, [5, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5], "five minutes, then an hour, …");
    assert_eq!(told(&app).await, [TRIED], "once in a day");
    assert_eq!(row(&app, ann.user_id()).await.wrong_codes, 15);
}

#[tokio::test]
async fn s09_after_twenty_wrong_codes_the_password_is_worth_nothing_to_strangers() {
    let (app, ann, phone) = world().await;
    spend(&app).await;
    assert!(told(&app).await.contains(&EXPOSED.to_owned()));
    assert_eq!(audited(&app, ann.user_id()).await.last(), Some(&Kind::PasswordExposed));
    let app = app.restarted(ROOMY).await;
    let code = phone.code(&app);
    for code in [None, Some("000000"), Some(&*code)] {
        assert_eq!(sign_in(&app.anon(), PASSWORD, code).await, REFUSED, "{code:?}");
    }
    let login = "mutation($code: String) { login(input: {email: \"ann@example.com\",
        password: \"correct horse battery\", code: $code}) { token } }";
    assert_eq!(app.anon().code(login, json!({ "code": code })).await, "INVALID_CREDENTIALS");
    let ann = ann.towards(&app.router);
    assert_eq!(sign_in(&ann, PASSWORD, Some(&code)).await, "200", "where she is known");
    app.advance(TimeDelta::minutes(1));
    assert_eq!(sign_in(&app.anon(), PASSWORD, Some(&phone.code(&app))).await, REFUSED, "still");
    forgot(&app, "ann@example.com").await;
    let link = token(&app, "ann@example.com", "reset").await;
    assert_eq!(reset(&app, &link).await, None);
    assert_eq!(sign_in(&app.anon(), NEW_PASSWORD, Some(&phone.code(&app))).await, "200");
}

#[tokio::test]
async fn s09_nobody_who_does_not_know_the_password_brings_that_about() {
    let (app, ann, phone) = world().await;
    for _ in 0..30 {
        sign_in(&app.anon(), "wrong password", Some("000000")).await;
        let body = json!({ "email": "ann@example.com", "password": PASSWORD });
        // Nor the right password alone: it is asked for a code.
        app.anon().post("/login", body).await;
        app.advance(TimeDelta::minutes(2));
    }
    let make =
        "mutation { createApiKey(input: {name: \"x\", scopes: [JOBS_READ], code: \"000000\"})
        { secret } }";
    for _ in 0..30 {
        // A stolen token.
        ann.at("198.51.100.7").code(make, json!({})).await;
        app.advance(TimeDelta::minutes(2));
    }
    assert_eq!(row(&app, ann.user_id()).await.wrong_codes, 0);
    assert_eq!(told(&app).await, Vec::<String>::new());
    app.advance(TimeDelta::minutes(15));
    assert_eq!(sign_in(&app.anon(), PASSWORD, Some(&phone.code(&app))).await, "200");
}

#[tokio::test]
async fn s09_strangers_do_not_hold_up_a_place_that_is_known_and_it_counts_for_itself() {
    let (app, ann, phone) = world().await;
    assert_eq!(guess(&app, 25).await, 5);
    assert_eq!(sign_in(&app.anon(), PASSWORD, Some(&phone.code(&app))).await, REFUSED, "held up");
    assert_eq!(sign_in(&ann, PASSWORD, Some(&phone.code(&app))).await, "200");
    app.advance(TimeDelta::minutes(5));
    let code = phone.code(&app);
    for _ in 0..25 {
        assert_eq!(sign_in(&ann, PASSWORD, Some("000000")).await, REFUSED);
    }
    assert_eq!(sign_in(&ann, PASSWORD, Some(&code)).await, REFUSED, "held up");
    assert_eq!(row(&app, ann.user_id()).await.wrong_codes, 5, "those of strangers");
    assert_eq!(sign_in(&app.anon(), PASSWORD, Some(&code)).await, "200", "she is on the way");
    assert_eq!(row(&app, ann.user_id()).await.wrong_codes, 0, "a stranger who shows both is none");
}
