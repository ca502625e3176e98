//! Guessing at an account gets slower and slower, and locks nobody out.

use chrono::TimeDelta;
use find_helper::domain::{
    account::user,
    origin::{self, Origin},
    sign_in,
};
use futures_util::future::join_all;
use serde_json::json;

use crate::support::{Client, PASSWORD, TestApp, database::redis_url};

const ROOMY: &[&str] = &["--limit-login-per-minute=1000", "--limit-general-per-minute=10000"];

async fn sign_in(client: &Client, password: &str) -> String {
    let body = json!({ "email": "ann@example.com", "password": password });
    let reply = client.without_proof().post("/login", body).await;
    if reply.status == 200 { "200".into() } else { reply.auth_error() }
}

/// So many wrong passwords, each from an address of its own.
async fn guess(app: &TestApp, times: usize) {
    for _ in 0..times {
        assert_eq!(sign_in(&app.anon(), "wrong password").await, REFUSED);
    }
}

/// How many of these refusals had a password looked at.
async fn looked_at(app: &TestApp) -> usize {
    use find_helper::entity::audit_event::{Column, Entity, Kind};
    use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
    let select = Entity::find().filter(Column::Kind.eq(Kind::SignInFailed));
    let select = select.filter(Column::Detail.is_null());
    usize::try_from(select.count(app.services.db.read()).await.unwrap()).unwrap()
}

const REFUSED: &str = "401 INVALID_CREDENTIALS";

#[tokio::test]
async fn d12_a_guesser_waits_longer_and_longer_and_never_more_than_a_quarter_of_an_hour() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    let mut passed = Vec::new();
    for _ in 0..60 {
        let before = looked_at(&app).await;
        guess(&app, 12).await;
        passed.push(looked_at(&app).await - before);
        app.advance(TimeDelta::minutes(1));
    }
    assert_eq!(passed[..6], [10, 5, 0, 0, 0, 5], "a minute, then four, …");
    for quarter in passed.windows(15) {
        assert!((1..=20).contains(&quarter.iter().sum::<usize>()), "{passed:?}");
    }
}

#[tokio::test]
async fn d12_while_strangers_are_held_up_the_owner_gets_in_from_where_she_is_known() {
    let (app, _) = TestApp::with(ROOMY).await;
    let ann = app.member("ann").await;
    let six = app.anon().at("2001:db8:1:2::1");
    assert_eq!(sign_in(&six, PASSWORD).await, "200");
    guess(&app, 1_000).await;
    assert_eq!(sign_in(&app.anon(), PASSWORD).await, REFUSED, "a stranger with the right password");
    assert_eq!(sign_in(&ann, PASSWORD).await, "200");
    assert_eq!(sign_in(&six.at("2001:db8:1:2:ffff::9"), PASSWORD).await, "200", "the same network");
    assert_eq!(sign_in(&six.at("2001:db8:1:3::1"), PASSWORD).await, REFUSED, "another network");
    app.advance(TimeDelta::minutes(15));
    assert_eq!(sign_in(&app.anon(), PASSWORD).await, "200", "never for good");
}

#[tokio::test]
async fn d12_a_place_is_known_for_ninety_days() {
    let (app, _) = TestApp::with(ROOMY).await;
    let ann = app.member("ann").await;
    app.advance(TimeDelta::days(90));
    guess(&app, 10).await;
    assert_eq!(sign_in(&ann, PASSWORD).await, "200");
    // The sign-in of today is undone, the one of 90 days ago is a second too old.
    app.execute("UPDATE sessions SET address = NULL WHERE id > 1").await;
    app.advance(TimeDelta::seconds(1));
    assert_eq!(sign_in(&ann, PASSWORD).await, REFUSED);
}

#[tokio::test]
async fn d12_who_guesses_where_the_owner_is_known_is_held_up_by_themselves() {
    let (app, _) = TestApp::with(ROOMY).await;
    let ann = app.member("ann").await;
    for _ in 0..10 {
        sign_in(&ann, "wrong password").await;
    }
    assert_eq!(sign_in(&ann, PASSWORD).await, REFUSED);
    assert_eq!(sign_in(&app.anon(), PASSWORD).await, "200");
}

#[tokio::test]
async fn d12_a_reset_of_the_password_lets_its_owner_in_at_once() {
    let (app, _) = TestApp::with(ROOMY).await;
    let ann = app.member("ann").await;
    let (new, row) = (app.anon(), user::find(&app.services, ann.user_id()).await.unwrap().unwrap());
    guess(&app, 10).await;
    assert_eq!(sign_in(&new, PASSWORD).await, REFUSED);
    let client = origin::Client { address: new.address(), user_agent: None, language: None };
    let origin = Origin { client: Some(client), ..Origin::default() };
    sign_in::reset_attempts(&app.services, &row, &origin).await;
    assert_eq!(sign_in(&new, PASSWORD).await, "200");
}

#[tokio::test]
async fn b15_only_wrong_passwords_count_against_an_account() {
    let (app, _) = TestApp::with(ROOMY).await;
    app.member("ann").await;
    for _ in 0..30 {
        assert_eq!(sign_in(&app.anon(), PASSWORD).await, "200");
    }
    guess(&app, 9).await;
    assert_eq!(sign_in(&app.anon(), PASSWORD).await, "200");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b16_of_200_guesses_at_once_from_everywhere_ten_are_looked_at() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    let guess = |client: Client| async move { sign_in(&client, "wrong password").await };
    let guesses: Vec<_> = (0..200).map(|_| tokio::spawn(guess(app.anon()))).collect();
    for answer in join_all(guesses).await {
        assert_eq!(answer.unwrap(), REFUSED);
    }
    assert_eq!(looked_at(&app).await, 10);
}

#[tokio::test]
async fn b16_replicas_count_together_and_tell_redis_no_address() {
    let Some(url) = redis_url() else { return };
    let redis = format!("--redis-url={url}");
    let flags = [ROOMY, &[redis.as_str()]].concat();
    let (one, _) = TestApp::with(&flags).await;
    let two = one.restarted(&flags).await;
    one.member("ann").await;
    guess(&one, 5).await;
    guess(&two, 5).await;
    assert_eq!(sign_in(&one.anon(), PASSWORD).await, REFUSED);
    let mut redis = redis::Client::open(url).unwrap().get_connection().unwrap();
    let keys: Vec<String> = redis::cmd("KEYS").arg("*guess*").query(&mut redis).unwrap();
    assert_eq!(keys.len(), 3, "{keys:?}");
    assert!(!keys.concat().contains("ann"), "{keys:?}");
    one.advance(TimeDelta::minutes(15));
    assert_eq!(sign_in(&two.anon(), PASSWORD).await, "200");
    let keys: Vec<String> = redis::cmd("KEYS").arg("*guess*").query(&mut redis).unwrap();
    assert_eq!(keys.len(), 0, "a success forgets: {keys:?}");
}

#[tokio::test]
async fn b20_one_address_is_stopped_by_its_limit_and_many_by_that_of_the_account() {
    let (app, anon) = TestApp::new().await;
    app.member("ann").await;
    let mut statuses = Vec::new();
    for number in 0..50 {
        let body = json!({ "email": format!("p{number}@example.com"), "password": "wrong" });
        statuses.push(anon.post("/login", body).await.status.as_u16());
    }
    assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 5);
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 45);
    guess(&app, 50).await;
    assert_eq!(looked_at(&app).await, 5 + 10);
}

#[tokio::test]
async fn d16_an_api_key_buys_no_further_guesses() {
    let (app, _) = TestApp::new().await;
    let (one, two) = (app.machine("ann").await, app.machine("bob").await);
    let login = "mutation { login(input: {email: \"p@example.com\", password: \"x\"}) { token } }";
    let here = [one.at("198.51.100.1"), two.at("198.51.100.1")];
    for number in 0..5 {
        assert_eq!(here[number % 2].code(login, json!({})).await, "INVALID_CREDENTIALS");
    }
    assert_eq!(here[0].code(login, json!({})).await, "RATE_LIMIT_EXCEEDED");
    assert_eq!(here[1].code(login, json!({})).await, "RATE_LIMIT_EXCEEDED");
}
