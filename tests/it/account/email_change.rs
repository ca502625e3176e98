//! Another e-mail address.

use chrono::TimeDelta;
use find_helper::entity::audit_event::Kind;
use serde_json::json;

use super::{
    CHANGE_EMAIL, audited, confirm_email, is_signed_in, mails_to, register, request_email, row,
    sign_in, subjects, token,
};
use crate::support::{PASSWORD, TestApp};

const ANN: &str = "ann@example.com";
const NEW: &str = "new@example.com";

#[tokio::test]
async fn an_address_changes_once_its_reader_confirms_and_the_old_one_is_told() {
    let (app, _) = TestApp::new().await;
    let (ann, phone) = (app.member("ann").await, app.signed_in(ANN).await);
    assert_eq!(request_email(&ann, NEW).await, None);
    let link = token(&app, NEW, "confirm-email").await;
    assert_eq!(sign_in(&app, ANN, PASSWORD).await, "200", "nothing changes before");
    assert_eq!(confirm_email(&ann, &link).await, None);
    assert_eq!(sign_in(&app, ANN, PASSWORD).await, "401 INVALID_CREDENTIALS");
    assert_eq!(sign_in(&app, NEW, PASSWORD).await, "200");
    assert_eq!(subjects(&app, ANN).await, ["Your e-mail address was changed"]);
    assert!(is_signed_in(&ann).await, "the session that confirmed it stays");
    assert_eq!(phone.get("/user").await.auth_error(), "401 UNAUTHORIZED", "E13: others end");
    let again = confirm_email(&ann, &link).await;
    assert_eq!(again.as_deref(), Some("INVALID_REQUEST"), "once only");
    let told = audited(&app, ann.user_id()).await;
    assert_eq!(told, [Kind::EmailChangeRequested, Kind::EmailChanged]);
}

#[tokio::test]
async fn e13_a_link_that_is_followed_by_nobody_in_particular_ends_every_session() {
    let (app, _) = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    request_email(&ann, NEW).await;
    let link = token(&app, NEW, "confirm-email").await;
    assert_eq!(confirm_email(&bob, &link).await, None, "the token decides, not who brings it");
    assert_eq!(ann.get("/user").await.auth_error(), "401 UNAUTHORIZED");
    assert!(is_signed_in(&bob).await);
}

#[tokio::test]
async fn c9_a_link_is_bound_to_its_address_and_another_wish_does_not_redirect_it() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    request_email(&ann, NEW).await;
    app.advance(TimeDelta::minutes(1));
    request_email(&ann, "victim@example.com").await;
    let link = token(&app, NEW, "confirm-email").await;
    assert_eq!(confirm_email(&ann, &link).await, None);
    assert_eq!(row(&app, ann.user_id()).await.email, NEW, "and not victim@example.com");
    let other = token(&app, "victim@example.com", "confirm-email").await;
    let dead = confirm_email(&ann, &other).await;
    assert_eq!(dead.as_deref(), Some("INVALID_REQUEST"), "the first that is used ends the others");
}

#[tokio::test]
async fn c9_of_two_accounts_that_want_one_address_one_gets_it() {
    let (app, _) = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    request_email(&ann, NEW).await;
    let first = token(&app, NEW, "confirm-email").await;
    app.advance(TimeDelta::seconds(1));
    request_email(&bob, "NEW@example.com").await;
    let second = token(&app, "NEW@example.com", "confirm-email").await;
    let (by_ann, by_bob) = tokio::join!(confirm_email(&ann, &first), confirm_email(&bob, &second));
    let mut outcomes = [by_ann, by_bob];
    outcomes.sort();
    assert_eq!(outcomes, [None, Some("EMAIL_EXISTS".into())]);
}

#[tokio::test]
async fn a_taken_address_is_answered_like_a_free_one_and_gets_no_link() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    app.member("bob").await;
    let ask = async |email: &str| {
        let variables = json!({ "email": email, "password": PASSWORD });
        let mut text = String::new();
        let work = async { text = ann.gql(CHANGE_EMAIL, variables).await.text };
        let statements = app.statements(work).await;
        app.advance(TimeDelta::minutes(1));
        (text, statements)
    };
    assert_eq!(ask("bob@example.com").await, ask("free@example.com").await);
    assert!(mails_to(&app, "bob@example.com").await.is_empty());
    assert_eq!(mails_to(&app, "free@example.com").await.len(), 1);
}

#[tokio::test]
async fn the_pause_between_two_wishes_is_the_same_for_taken_and_free_addresses() {
    let (app, _) = TestApp::new().await;
    app.member("bob").await;
    for (name, first) in [("ann", "bob@example.com"), ("amy", "free@example.com")] {
        let client = app.member(name).await;
        assert_eq!(request_email(&client, first).await, None);
        let soon = request_email(&client, NEW).await;
        assert_eq!(soon.as_deref(), Some("RATE_LIMIT_EXCEEDED"), "after {first}");
    }
}

#[tokio::test]
async fn an_address_that_is_taken_meanwhile_is_refused_to_its_reader_only() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    request_email(&ann, NEW).await;
    let link = token(&app, NEW, "confirm-email").await;
    app.member("new").await;
    assert_eq!(confirm_email(&ann, &link).await.as_deref(), Some("EMAIL_EXISTS"));
    assert_eq!(row(&app, ann.user_id()).await.email, ANN);
}

#[tokio::test]
async fn an_unconfirmed_account_does_not_keep_an_address_from_its_reader() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    register(&app, NEW, "the squatter's password").await;
    app.advance(TimeDelta::seconds(1));
    assert_eq!(request_email(&ann, NEW).await, None);
    let link = token(&app, NEW, "confirm-email").await;
    assert_eq!(confirm_email(&ann, &link).await, None);
    assert_eq!(row(&app, ann.user_id()).await.email, NEW);
    let squatter = sign_in(&app, NEW, "the squatter's password").await;
    assert_eq!(squatter, "401 INVALID_CREDENTIALS");
}

#[tokio::test]
async fn c7_a_link_expires_after_24_hours() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    request_email(&ann, NEW).await;
    let link = token(&app, NEW, "confirm-email").await;
    app.advance(TimeDelta::hours(24));
    assert_eq!(confirm_email(&app.anon(), &link).await.as_deref(), Some("TOKEN_EXPIRED"));
}
