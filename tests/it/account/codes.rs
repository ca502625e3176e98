//! Signing in with a code: when it is asked for, and that none counts twice.

use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::json;

use crate::support::{Client, PASSWORD, Phone, Reply, TestApp};

const ROOMY: &[&str] = &["--limit-login-per-minute=1000"];

async fn sign_in(client: &Client, password: &str, code: Option<&str>) -> Reply {
    let body = json!({ "email": "ann@example.com", "password": password, "code": code });
    client.without_proof().post("/login", body).await
}

/// Status and code of the answer.
async fn outcome(client: &Client, code: Option<&str>) -> String {
    let reply = sign_in(client, PASSWORD, code).await;
    if reply.status == 200 { "200".into() } else { reply.auth_error() }
}

const REFUSED: &str = "401 INVALID_CREDENTIALS";
const ASKED: &str = "401 SECOND_FACTOR_REQUIRED";

#[tokio::test]
async fn a_code_is_asked_for_after_the_right_password_only() {
    let (app, anon) = TestApp::with(ROOMY).await;
    let ann = app.member("ann").await;
    let unknown = json!({ "email": "nobody@example.com", "password": "wrong password" });
    let unknown = anon.post("/login", unknown).await.text;
    let (phone, _) = Phone::enrolled(&app, &ann).await;
    assert_eq!(sign_in(&ann, "wrong password", None).await.text, unknown);
    let code = phone.code_at(&app, 30);
    assert_eq!(sign_in(&ann, "wrong password", Some(&code)).await.text, unknown);
    assert_eq!(outcome(&ann, None).await, ASKED);
    assert_eq!(sign_in(&ann, PASSWORD, Some("000000")).await.text, unknown);
    assert_eq!(outcome(&ann, Some("")).await, REFUSED);
    assert_eq!(outcome(&ann, Some(&code)).await, "200", "none of that has used it up");
}

#[tokio::test]
async fn graphql_asks_for_the_code_with_the_same_name() {
    let (app, anon) = TestApp::with(ROOMY).await;
    let ann = app.member("ann").await;
    let (phone, _) = Phone::enrolled(&app, &ann).await;
    let login = "mutation($code: String) { login(input:
        {email: \"ann@example.com\", password: \"correct horse battery\", code: $code}) { token } }";
    assert_eq!(anon.code(login, json!({})).await, "SECOND_FACTOR_REQUIRED");
    assert_eq!(anon.code(login, json!({ "code": "123" })).await, "INVALID_CREDENTIALS");
    let code = phone.code_at(&app, 30);
    let token = anon.data(login, json!({ "code": code })).await["login"]["token"].take();
    assert!(token.is_string());
}

#[tokio::test]
async fn a_code_counts_for_its_step_and_its_neighbours_and_never_twice() {
    let (app, _) = TestApp::with(ROOMY).await;
    let ann = app.member("ann").await;
    let (phone, _) = Phone::enrolled(&app, &ann).await;
    assert_eq!(outcome(&ann, Some(&phone.code(&app))).await, REFUSED, "it has confirmed");
    app.advance(TimeDelta::minutes(10));
    for (seconds, expected) in
        [(-60, REFUSED), (60, REFUSED), (-30, "200"), (-30, REFUSED), (30, "200"), (0, REFUSED)]
    {
        let code = phone.code_at(&app, seconds);
        assert_eq!(outcome(&ann, Some(&code)).await, expected, "{seconds} seconds off");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_one_code_twenty_times_at_once_one_is_taken() {
    let (app, _) = TestApp::with(ROOMY).await;
    let ann = app.member("ann").await;
    let (phone, codes) = Phone::enrolled(&app, &ann).await;
    for code in [phone.code_at(&app, 30), codes[0].clone()] {
        let tries = (0..8).map(|_| {
            let (ann, code) = (ann.clone(), code.clone());
            tokio::spawn(async move { outcome(&ann, Some(&code)).await })
        });
        let answers = join_all(tries.collect::<Vec<_>>()).await;
        let taken = answers.iter().filter(|answer| **answer.as_ref().unwrap() == *"200");
        assert_eq!(taken.count(), 1, "{answers:?}");
        app.advance(TimeDelta::minutes(15));
    }
}

#[tokio::test]
async fn a_recovery_code_is_taken_once_and_its_use_is_told() {
    let (app, _) = TestApp::with(ROOMY).await;
    let ann = app.member("ann").await;
    let bob = app.member("bob").await;
    let (_, codes) = Phone::enrolled(&app, &ann).await;
    let (_, of_bob) = Phone::enrolled(&app, &bob).await;
    app.send_mails().await;
    let told = app.mails().len();
    assert_eq!(outcome(&ann, Some(&of_bob[0])).await, REFUSED, "of somebody else");
    assert_eq!(outcome(&ann, Some(&codes[0].to_uppercase())).await, "200");
    assert_eq!(outcome(&ann, Some(&codes[0])).await, REFUSED);
    assert_eq!(outcome(&ann, Some(&codes[1].replace('-', " "))).await, "200");
    let left = ann.data("{ viewer { recoveryCodesLeft } }", json!({})).await;
    assert_eq!(left["viewer"]["recoveryCodesLeft"], 8);
    app.send_mails().await;
    let mails = app.mails();
    assert_eq!(mails.len(), told + 2);
    for left in ["Unused codes left: 9.", "Unused codes left: 8."] {
        assert!(mails.iter().any(|mail| mail.text.contains(left)), "{left}");
    }
}

#[tokio::test]
async fn guesses_at_codes_are_held_up_like_guesses_at_passwords() {
    let (app, _) = TestApp::with(ROOMY).await;
    let ann = app.member("ann").await;
    let (phone, _) = Phone::enrolled(&app, &ann).await;
    let right = phone.code_at(&app, 30);
    let thief = app.anon();
    for _ in 0..5 {
        // Asking without a code in between forgets nothing.
        assert_eq!(outcome(&thief, None).await, ASKED);
        assert_eq!(outcome(&thief, Some("000000")).await, REFUSED);
    }
    assert_eq!(outcome(&thief, Some(&right)).await, REFUSED);
    assert_eq!(outcome(&thief, None).await, REFUSED);
    assert_eq!(outcome(&ann, Some(&right)).await, "200", "where she is known");
}

#[tokio::test]
async fn d13_guesses_at_the_password_of_a_session_are_held_up_too() {
    let (app, _) = TestApp::with(ROOMY).await;
    let thief = app.member("ann").await.at("198.51.100.7");
    let enrol = "mutation($p: String!) { enrollSecondFactor(input: {password: $p}) { uri } }";
    for _ in 0..10 {
        assert_eq!(thief.code(enrol, json!({ "p": "wrong" })).await, "INVALID_CREDENTIALS");
    }
    let runs = app.services.passwords.runs();
    assert_eq!(thief.code(enrol, json!({ "p": PASSWORD })).await, "INVALID_CREDENTIALS");
    assert_eq!(app.services.passwords.runs() - runs, 1, "and cost the same");
    assert_eq!(thief.code(enrol, json!({ "p": "" })).await, "INVALID_REQUEST");
}
