//! A forgotten password.

use chrono::TimeDelta;
use find_helper::{
    auth::MailPurpose,
    domain::mail::link,
    entity::{audit_event::Kind, mail_token as tokens, outbox},
};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;

use super::{
    CHANGE_PASSWORD, NEW_PASSWORD, audited, confirm_email, forgot, is_signed_in, register,
    request_email, reset, sign_in, subjects, token,
};
use crate::support::{PASSWORD, TestApp};

const ANN: &str = "ann@example.com";

async fn promised(app: &TestApp) -> u64 {
    outbox::Entity::find().count(app.services.db.read()).await.unwrap()
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_with_the_mailed_link_once() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    forgot(&app, ANN).await;
    let link = token(&app, ANN, "reset").await;
    assert_eq!(reset(&app, &link).await, None);
    assert_eq!(sign_in(&app, ANN, PASSWORD).await, "401 INVALID_CREDENTIALS");
    assert_eq!(sign_in(&app, ANN, NEW_PASSWORD).await, "200");
    assert_eq!(reset(&app, &link).await.as_deref(), Some("INVALID_REQUEST"), "once only");
    assert!(subjects(&app, ANN).await.contains(&"Your password was reset".to_owned()));
    let told = audited(&app, ann.user_id()).await;
    assert!(told.starts_with(&[Kind::PasswordResetRequested, Kind::PasswordReset]), "{told:?}");
}

#[tokio::test]
async fn e13_c10_a_reset_ends_every_session_and_every_other_link() {
    let (app, _) = TestApp::new().await;
    let (ann, phone) = (app.member("ann").await, app.signed_in(ANN).await);
    assert_eq!(request_email(&ann, "new@example.com").await, None);
    let change = token(&app, "new@example.com", "confirm-email").await;
    forgot(&app, ANN).await;
    let first = token(&app, ANN, "reset").await;
    app.advance(TimeDelta::minutes(2));
    forgot(&app, ANN).await;
    let second = token(&app, ANN, "reset").await;
    assert_ne!(first, second);
    assert_eq!(reset(&app, &second).await, None);
    for client in [ann, phone] {
        assert_eq!(client.get("/user").await.auth_error(), "401 UNAUTHORIZED");
        let body = json!({ "token": client.refresh_token() });
        let refresh =
            "mutation($token: String!) { refreshToken(input: {refreshToken: $token}) { token } }";
        assert_eq!(client.without_proof().code(refresh, body).await, "UNAUTHORIZED");
    }
    for (name, dead) in [
        ("an older link", reset(&app, &first).await),
        ("c10", confirm_email(&app.anon(), &change).await),
    ] {
        assert_eq!(dead.as_deref(), Some("INVALID_REQUEST"), "{name}");
    }
}

#[tokio::test]
async fn c18_of_several_open_links_the_older_works_too_until_one_is_used() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    forgot(&app, ANN).await;
    let older = token(&app, ANN, "reset").await;
    app.advance(TimeDelta::minutes(2));
    forgot(&app, ANN).await;
    let newer = token(&app, ANN, "reset").await;
    assert_eq!(reset(&app, &older).await, None);
    assert_eq!(reset(&app, &newer).await.as_deref(), Some("INVALID_REQUEST"));
}

#[tokio::test]
async fn the_answer_and_the_work_are_the_same_for_every_kind_of_address() {
    let (app, _) = TestApp::new().await;
    let gone = app.member("gone").await;
    let suspended = app.member("suspended").await;
    let admin = app.admin("root").await;
    app.member("known").await;
    register(&app, "unconfirmed@example.com", PASSWORD).await;
    let mutation =
        "mutation($id: ID!) { suspendUser(input: {id: $id, reason: \"x\"}) { user { id } } }";
    admin.data(mutation, json!({ "id": format!("user_{}", suspended.user_id()) })).await;
    gone.data(super::DELETE, json!({ "password": PASSWORD })).await;
    app.advance(TimeDelta::days(15));
    find_helper::domain::erasure::erase_due(&app.services).await.unwrap();
    let mut seen = Vec::new();
    for name in ["known", "known", "unconfirmed", "suspended", "gone", "nobody"] {
        let mut answer = None;
        let work = async { answer = Some(forgot(&app, &format!("{name}@example.com")).await) };
        let statements = app.statements(work).await;
        seen.push((answer.unwrap(), statements));
    }
    assert_eq!(seen[0].0, (200, r#"{"data":{"requestPasswordReset":{"ok":true}}}"#.into()));
    assert!(seen.iter().all(|one| *one == seen[0]), "{seen:#?}");
}

#[tokio::test]
async fn c15_a_link_is_mailed_once_a_minute_and_five_times_a_day() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    for expected in [1, 2, 3, 4, 5, 5] {
        forgot(&app, ANN).await;
        forgot(&app, "ANN@Example.com").await;
        assert_eq!(promised(&app).await, expected);
        app.advance(TimeDelta::minutes(1));
    }
    app.advance(TimeDelta::days(1));
    forgot(&app, ANN).await;
    assert_eq!(promised(&app).await, 6, "the next day");
}

#[tokio::test]
async fn of_parallel_requests_for_one_address_one_is_mailed() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    futures_util::future::join_all((0..10).map(|_| forgot(&app, ANN))).await;
    assert_eq!(promised(&app).await, 1);
}

#[tokio::test]
async fn of_parallel_uses_of_one_link_one_succeeds() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    forgot(&app, ANN).await;
    let link = token(&app, ANN, "reset").await;
    let uses = futures_util::future::join_all((0..6).map(|_| reset(&app, &link))).await;
    assert_eq!(uses.iter().filter(|refusal| refusal.is_none()).count(), 1, "{uses:?}");
}

#[tokio::test]
async fn c7_a_late_link_has_expired_after_a_day_and_changes_nothing() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    forgot(&app, ANN).await;
    let link = token(&app, ANN, "reset").await;
    app.advance(TimeDelta::hours(24));
    assert_eq!(reset(&app, &link).await.as_deref(), Some("TOKEN_EXPIRED"));
    assert!(is_signed_in(&ann).await);
    assert_eq!(sign_in(&app, ANN, PASSWORD).await, "200");
}

#[tokio::test]
async fn c17_neither_the_rows_nor_another_purpose_yield_a_token() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    forgot(&app, ANN).await;
    let link = token(&app, ANN, "reset").await;
    let rows = tokens::Entity::find().all(app.services.db.read()).await.unwrap();
    let promises = outbox::Entity::find().all(app.services.db.read()).await.unwrap();
    let secret = link.rsplit('_').next().unwrap();
    assert!(!format!("{rows:?} {promises:?}").contains(secret));
    for purpose in
        [MailPurpose::VerifyEmail, MailPurpose::RejectRegistration, MailPurpose::ChangeEmail]
    {
        let other = link::token(&app.services, &rows[0], purpose);
        assert_eq!(reset(&app, other.reveal()).await.as_deref(), Some("INVALID_REQUEST"));
    }
}

#[tokio::test]
async fn a_worthless_token_costs_no_hash_and_a_weak_password_does_not_use_the_link_up() {
    let (app, anon) = TestApp::new().await;
    app.member("ann").await;
    forgot(&app, ANN).await;
    let link = token(&app, ANN, "reset").await;
    let before = app.services.passwords.runs();
    let other = if link.ends_with('0') { "1" } else { "0" };
    let forged = format!("{}{other}", &link[..link.len() - 1]);
    assert_eq!(reset(&app, &forged).await.as_deref(), Some("INVALID_REQUEST"));
    let short = anon.gql(super::RESET, json!({ "token": link, "password": "short" })).await;
    assert_eq!(super::refusal(&short).as_deref(), Some("INVALID_REQUEST"));
    assert_eq!(app.services.passwords.runs(), before);
    assert_eq!(reset(&app, &link).await, None);
}

#[tokio::test]
async fn a_reset_that_overtakes_a_change_of_password_wins() {
    let (app, _) = TestApp::new().await;
    let thief = app.member("ann").await;
    forgot(&app, ANN).await;
    let link = token(&app, ANN, "reset").await;
    let variables = json!({ "from": PASSWORD, "to": "the thief's password" });
    let (by_owner, _) = tokio::join!(reset(&app, &link), thief.gql(CHANGE_PASSWORD, variables));
    // Either the change came first and ended the link, or the reset came first and the change is refused.
    let owner_won = sign_in(&app, ANN, NEW_PASSWORD).await == "200";
    assert_eq!(by_owner.is_none(), owner_won);
}
