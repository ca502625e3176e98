//! Staying signed in: rotating and static refresh tokens.

use chrono::TimeDelta;
use find_helper::domain::viewer::Scope;
use futures_util::future::join_all;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::{
    jobs::steps::{outcome, text},
    support::{Client, PASSWORD, Reply, TestApp, client::Proof},
};

/// What a client holds to stay signed in.
#[derive(Debug, Clone, PartialEq)]
struct Tokens {
    access: String,
    refresh: Option<String>,
}

async fn present(client: &Client, token: &str) -> Reply {
    let mutation = "mutation($token: String!) {
        refreshToken(input: {refreshToken: $token}) { token refreshToken expiresIn } }";
    client.gql(mutation, json!({ "token": token })).await
}

/// The tokens that a refresh gives; the code, if it gives none.
fn granted(reply: &Reply) -> Result<Tokens, String> {
    match outcome(reply).as_str() {
        "ok" => {
            let payload = &reply.json()["data"]["refreshToken"];
            assert_eq!(payload["expiresIn"], 86_400);
            let refresh = payload["refreshToken"].as_str().map(str::to_owned);
            Ok(Tokens { access: text(&payload["token"]), refresh })
        }
        code => Err(code.to_owned()),
    }
}

async fn refresh(client: &Client, token: &str) -> Result<Tokens, String> {
    granted(&present(client, token).await)
}

/// The successor of a rotating token.
async fn successor(client: &Client, token: &str) -> String {
    refresh(client, token).await.unwrap().refresh.unwrap()
}

/// Whether a session answers to its access token.
async fn is_alive(client: &Client) -> bool {
    outcome(&client.gql("{ viewer { id } }", json!({})).await) == "ok"
}

async fn static_token(app: &TestApp, name: &str) -> String {
    let login = format!(
        "mutation {{ login(input: {{email: \"{name}@example.com\", password: \"{PASSWORD}\",
            refresh: STATIC}}) {{ refreshToken }} }}"
    );
    text(&app.anon().data(&login, json!({})).await["login"]["refreshToken"])
}

fn is_refused(found: &Result<Tokens, String>) -> bool {
    found.as_ref().is_err_and(|code| code == "UNAUTHORIZED")
}

#[tokio::test]
async fn each_refresh_replaces_a_rotating_token_and_keeps_the_session() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let mut token = ann.refresh_token().to_owned();
    for _ in 0..5 {
        app.advance(TimeDelta::hours(1));
        let next = refresh(&anon, &token).await.unwrap();
        let renewed = anon.clone().with_session(ann.user_id(), &next.access, None);
        assert!(is_alive(&renewed).await);
        assert_ne!(next.refresh.as_deref(), Some(&*token));
        token = next.refresh.unwrap();
    }
    assert!(is_alive(&ann).await, "the first access token is of the same session");
}

#[tokio::test(flavor = "multi_thread")]
async fn e5_of_refreshes_at_once_all_get_the_one_successor_and_nobody_is_signed_out() {
    let (app, anon) = TestApp::new().await;
    let replica = app.restarted(&[]).await;
    let ann = app.member("ann").await;
    let doors = [anon.clone(), anon.towards(&replica.router)];
    let asked = (0..50).map(|n| present(&doors[n % 2], ann.refresh_token()));
    let replies = join_all(asked).await;
    let grants: Vec<Tokens> = replies.iter().map(|reply| granted(reply).unwrap()).collect();
    let next = grants[0].refresh.clone().unwrap();
    for Tokens { access, refresh } in &grants {
        assert_eq!(refresh.as_deref(), Some(&*next));
        assert!(is_alive(&anon.clone().with_session(ann.user_id(), access, None)).await);
    }
    let db = &app.services.db;
    let sql = "SELECT COUNT(*) AS live FROM refresh_tokens WHERE replaced_at IS NULL";
    let row = db.read().query_one_raw(Statement::from_string(db.backend(), sql)).await.unwrap();
    assert_eq!(row.unwrap().try_get::<i64>("", "live").unwrap(), 1, "no second branch");
    assert!(refresh(&anon, &next).await.is_ok());
    assert!(is_alive(&ann).await);
}

#[tokio::test]
async fn e6_whoever_lost_the_answer_is_given_the_same_successor_for_thirty_seconds() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let next = successor(&anon, ann.refresh_token()).await;
    for pause in [1, 28, 1] {
        app.advance(TimeDelta::seconds(pause));
        assert_eq!(successor(&anon, ann.refresh_token()).await, next);
    }
    app.advance(TimeDelta::minutes(5));
    assert!(refresh(&anon, &next).await.is_ok(), "the session goes on");
}

#[tokio::test]
async fn e6_a_replaced_token_that_comes_back_too_late_ends_the_session() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let next = refresh(&anon, ann.refresh_token()).await.unwrap();
    let renewed = anon.clone().with_session(ann.user_id(), &next.access, None);
    app.advance(TimeDelta::seconds(31));
    assert!(is_refused(&refresh(&anon, ann.refresh_token()).await));
    assert!(is_refused(&refresh(&anon, &next.refresh.unwrap()).await), "nor can its heir");
    assert!(!is_alive(&ann).await && !is_alive(&renewed).await, "access tokens end too");
}

#[tokio::test]
async fn e7_e8_a_replaced_token_whose_successor_was_used_ends_the_session() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let next = successor(&anon, ann.refresh_token()).await;
    let last = successor(&anon, &next).await;
    assert!(is_refused(&refresh(&anon, ann.refresh_token()).await), "a grandparent, in time");
    assert!(is_refused(&refresh(&anon, &last).await), "descendants cannot go on");
    assert!(is_refused(&refresh(&anon, &next).await));
    assert!(!is_alive(&ann).await);
}

#[tokio::test]
async fn the_end_of_one_session_by_replay_leaves_the_others_alone() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let elsewhere = app.signed_in("ann@example.com").await;
    let next = successor(&anon, ann.refresh_token()).await;
    successor(&anon, &next).await;
    assert!(is_refused(&refresh(&anon, ann.refresh_token()).await));
    assert!(is_alive(&elsewhere).await);
    assert!(refresh(&anon, elsewhere.refresh_token()).await.is_ok());
}

#[tokio::test]
async fn a_static_token_stays_what_it_is() {
    let (app, anon) = TestApp::new().await;
    app.member("ann").await;
    let token = static_token(&app, "ann").await;
    for _ in 0..3 {
        app.advance(TimeDelta::minutes(10));
        assert_eq!(refresh(&anon, &token).await.unwrap().refresh, None, "keep the one you have");
    }
}

#[tokio::test]
async fn a_token_of_the_other_kind_is_refused_and_not_used_up() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let fixed = static_token(&app, "ann").await;
    let expecting = async |token: &str, mode: &str| {
        let mutation = "mutation($token: String!, $mode: RefreshMode) {
            refreshToken(input: {refreshToken: $token, expect: $mode}) { token } }";
        outcome(&anon.gql(mutation, json!({ "token": token, "mode": mode })).await)
    };
    assert_eq!(expecting(ann.refresh_token(), "STATIC").await, "UNAUTHORIZED");
    assert_eq!(expecting(&fixed, "ROTATING").await, "UNAUTHORIZED");
    assert_eq!(expecting(&fixed, "STATIC").await, "ok");
    assert_eq!(expecting(ann.refresh_token(), "ROTATING").await, "ok");
}

#[tokio::test]
async fn e14_a_session_ends_when_it_is_idle_for_fourteen_days() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let fixed = static_token(&app, "ann").await;
    app.advance(TimeDelta::days(14) - TimeDelta::milliseconds(1));
    assert!(refresh(&anon, &fixed).await.is_ok());
    app.advance(TimeDelta::milliseconds(1));
    let idle = refresh(&anon, ann.refresh_token()).await;
    assert_eq!(idle, Err("TOKEN_EXPIRED".into()), "idle to the millisecond");
    assert!(refresh(&anon, &fixed).await.is_ok(), "used in between");
}

#[tokio::test]
async fn e14_a_session_ends_after_thirty_days_however_often_it_is_used() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let fixed = static_token(&app, "ann").await;
    let mut rotating = ann.refresh_token().to_owned();
    for _ in 0..2 {
        app.advance(TimeDelta::days(13));
        rotating = successor(&anon, &rotating).await;
        assert!(refresh(&anon, &fixed).await.is_ok());
    }
    app.advance(TimeDelta::days(4) - TimeDelta::milliseconds(1));
    let last = refresh(&anon, &rotating).await.unwrap();
    let client = anon.clone().with_session(ann.user_id(), &last.access, None);
    assert!(is_alive(&client).await);
    app.advance(TimeDelta::milliseconds(1));
    assert!(!is_alive(&client).await, "an access token does not outlive its session");
    for token in [&last.refresh.unwrap(), &fixed] {
        assert_eq!(refresh(&anon, token).await, Err("TOKEN_EXPIRED".into()));
    }
}

#[tokio::test]
async fn e4_nothing_but_a_refresh_token_refreshes_and_it_does_nothing_else() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let Proof::Bearer(access) = ann.proof() else { panic!("a session") };
    let key = app.key(&ann, Scope::ALL).await;
    let Proof::ApiKey { secret, .. } = key.proof() else { panic!("a key") };
    let refresh_token = ann.refresh_token();
    let flipped =
        format!("{}{}", &refresh_token[..52], if refresh_token.ends_with('0') { "1" } else { "0" });
    for wrong in ["", "x", access, secret, &secret.replace("fhs_", "fhr_"), &flipped] {
        assert!(is_refused(&refresh(&anon, wrong).await), "{wrong}");
    }
    let bearer = anon.clone().with_session(ann.user_id(), refresh_token, None);
    let reply = bearer.gql("{ viewer { id } }", json!({})).await;
    assert_eq!((outcome(&reply).as_str(), reply.status.as_u16()), ("UNAUTHORIZED", 401));
    assert_eq!(reply.json()["data"], Value::Null);
    assert!(refresh(&anon, refresh_token).await.is_ok());
}
