//! In which language people are written to.

use axum::{
    body::Body,
    http::{Method, header},
};
use serde_json::{Value, json};

use super::{forgot, mails_to, registration};
use crate::support::{PASSWORD, TestApp};

const CHINESE: &str = "請驗證您的電子郵件地址";
const ENGLISH: &str = "Verify your e-mail address";
const REGISTER: &str =
    "mutation($input: RegisterInput!) { register(input: $input) { user { language } } }";
const UPDATE: &str = "mutation($language: Language) {
    updateProfile(input: {language: $language}) { user { language } } }";

/// Sends a registration with what the client accepts; the answer, and the subject of its only mail.
async fn registered(path: &str, body: Value, email: &str, accepts: &str) -> (String, String) {
    let (app, anon) = TestApp::new().await;
    let mut request =
        anon.request(Method::POST, path).header(header::CONTENT_TYPE, "application/json");
    if !accepts.is_empty() {
        request = request.header(header::ACCEPT_LANGUAGE, accepts);
    }
    let reply = anon.send(request.body(Body::from(body.to_string())).unwrap()).await;
    let mails = mails_to(&app, email).await;
    assert_eq!((reply.status.as_u16(), mails.len()), (200, 1), "{}", reply.text);
    (reply.text, mails[0].subject.clone())
}

#[tokio::test]
async fn a_registration_by_rest_is_confirmed_in_the_language_that_the_client_accepts() {
    let mut answers = Vec::new();
    for (accepts, subject) in [
        ("", CHINESE),
        ("*", CHINESE),
        ("fr", CHINESE),
        ("zh-TW, en;q=0.8", CHINESE),
        ("en-GB, zh;q=0.5", ENGLISH),
        ("fr, en;q=0.1", ENGLISH),
    ] {
        let body = registration("ann@example.com", PASSWORD);
        let (answer, told) = registered("/register", body, "ann@example.com", accepts).await;
        assert_eq!(told, subject, "{accepts}");
        answers.push(answer);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "the answer is the documented one in any case: {answers:?}");
}

#[tokio::test]
async fn a_registration_may_name_its_language_itself() {
    for (language, accepts, subject, shown) in [
        (json!("EN"), "zh-TW", ENGLISH, "EN"),
        (json!("ZH_TW"), "en", CHINESE, "ZH_TW"),
        (Value::Null, "en", ENGLISH, "EN"),
        (Value::Null, "", CHINESE, "ZH_TW"),
    ] {
        let mut input = registration("ann@example.com", PASSWORD);
        input["language"] = language;
        let body = json!({ "query": REGISTER, "variables": { "input": input } });
        let (answer, told) = registered("/graphql", body, "ann@example.com", accepts).await;
        assert_eq!(told, subject, "{accepts}: {input}");
        assert!(answer.contains(&format!(r#"{{"language":"{shown}"}}"#)), "{answer}");
    }
}

#[tokio::test]
async fn whoever_changes_the_language_is_written_to_in_it_from_then_on() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    for (language, subject) in [("ZH_TW", "重設您的密碼"), ("EN", "Reset your password")] {
        app.advance(chrono::TimeDelta::minutes(2));
        let told = ann.data(UPDATE, json!({ "language": language })).await;
        assert_eq!(told["updateProfile"]["user"]["language"], language);
        forgot(&app, "ann@example.com").await;
        let mails = mails_to(&app, "ann@example.com").await;
        assert_eq!(mails.last().unwrap().subject, subject);
    }
    let untouched = ann.data(UPDATE, json!({ "language": null })).await;
    assert_eq!(untouched["updateProfile"]["user"]["language"], "EN");
}

#[tokio::test]
async fn a_waiting_mail_is_written_in_the_language_of_the_moment_at_which_it_is_sent() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    forgot(&app, "ann@example.com").await;
    ann.data(UPDATE, json!({ "language": "ZH_TW" })).await;
    assert_eq!(mails_to(&app, "ann@example.com").await[0].subject, "重設您的密碼");
}
