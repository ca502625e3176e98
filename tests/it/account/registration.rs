//! Registration: one account for one mailbox, and mails that say nothing they should not.

use axum::{
    body::Body,
    http::{Method, header},
};
use find_helper::{
    auth::MailPurpose,
    domain::mail::link,
    entity::{audit_event::Kind, mail_token as tokens, outbox, user},
};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;

use super::{audited, forgot, mails_to, register, registration, reset, sign_in, token};
use crate::support::{PASSWORD, TestApp};

const ANN: &str = "ann@example.com";

#[tokio::test]
async fn c1_of_20_parallel_registrations_one_succeeds_and_one_mail_is_promised() {
    let (app, _) = TestApp::new().await;
    let spellings = [ANN, "ANN@example.com", "ａｎｎ@example.com", "Ann@EXAMPLE.com"];
    let replies = (0..20).map(|number| register(&app, spellings[number % 4], PASSWORD));
    let replies = futures_util::future::join_all(replies).await;
    let succeeded = replies.iter().filter(|reply| reply.status == 200).count();
    assert_eq!(succeeded, 1);
    for reply in replies.iter().filter(|reply| reply.status != 200) {
        assert_eq!(reply.auth_error(), "409 EMAIL_EXISTS");
    }
    let db = app.services.db.read();
    assert_eq!(user::Entity::find().count(db).await.unwrap(), 1);
    assert_eq!(outbox::Entity::find().count(db).await.unwrap(), 1);
}

#[tokio::test]
async fn c2_what_is_not_one_address_is_refused_and_no_mail_is_promised() {
    let (app, _) = TestApp::new().await;
    for email in [
        json!([ANN]),
        json!({ "a": ANN }),
        json!(1),
        json!(null),
        json!("ann@example.com,eve@example.com"),
        json!("ann@example.com\r\nBcc: eve@example.com"),
        json!("ann@example.com%0aBcc:eve@example.com"),
        json!("\"ann@example.com\",\"eve@example.com\""),
    ] {
        let body = json!({ "name": "安安", "email": email, "password": PASSWORD });
        let reply = app.anon().post("/register", body).await;
        assert_eq!(reply.auth_error(), "400 INVALID_REQUEST", "{email}");
    }
    let name = json!({ "name": "Ann\r\nBcc: eve@example.com", "email": ANN, "password": PASSWORD });
    assert_eq!(app.anon().post("/register", name).await.auth_error(), "400 INVALID_REQUEST");
    assert_eq!(outbox::Entity::find().count(app.services.db.read()).await.unwrap(), 0);
}

#[tokio::test]
async fn c3_every_spelling_of_a_mailbox_is_one_account_and_mail_goes_where_it_was_registered() {
    let (app, _) = TestApp::new().await;
    app.member("mike").await;
    for spelling in ["MIKE@example.com", "mi\u{212a}e@example.com", "ｍｉｋｅ@ｅｘａｍｐｌｅ.com"]
    {
        let taken = register(&app, spelling, PASSWORD).await.auth_error();
        assert_eq!(taken, "409 EMAIL_EXISTS", "{spelling}");
        assert_eq!(sign_in(&app, spelling, PASSWORD).await, "200", "{spelling}");
        forgot(&app, spelling).await;
        app.advance(chrono::TimeDelta::minutes(1));
    }
    assert_eq!(mails_to(&app, "mike@example.com").await.len(), 3);
    assert_eq!(app.mails().len(), 3, "and nowhere else");
    // A dotless i is another letter, and another mailbox.
    forgot(&app, "mıke@example.com").await;
    assert_eq!(sign_in(&app, "mıke@example.com", PASSWORD).await, "401 INVALID_CREDENTIALS");
    assert_eq!(register(&app, "a@台灣.tw", PASSWORD).await.status, 200);
    assert_eq!(register(&app, "a@xn--kpry57d.tw", PASSWORD).await.auth_error(), "409 EMAIL_EXISTS");
}

#[tokio::test]
async fn c7_c8_a_token_of_another_purpose_or_form_verifies_nobody() {
    let (app, anon) = TestApp::new().await;
    register(&app, ANN, PASSWORD).await;
    let rows = tokens::Entity::find().all(app.services.db.read()).await.unwrap();
    let foreign =
        [MailPurpose::ResetPassword, MailPurpose::ChangeEmail, MailPurpose::RejectRegistration]
            .map(|purpose| link::token(&app.services, &rows[0], purpose).reveal().to_owned());
    let blank = ["", " ", "%00", "null", "fhv_"].map(str::to_owned);
    for token in foreign.iter().chain(&blank) {
        let reply = anon.get(&format!("/verify?token={token}")).await;
        assert_eq!(reply.auth_error(), "400 INVALID_REQUEST", "{token:?}");
    }
    assert_eq!(anon.get("/verify").await.auth_error(), "400 INVALID_REQUEST");
    let verify = token(&app, ANN, "verify").await;
    assert_eq!(reset(&app, &verify).await.as_deref(), Some("INVALID_REQUEST"));
    assert_eq!(sign_in(&app, ANN, PASSWORD).await, "403 EMAIL_NOT_VERIFIED");
}

#[tokio::test]
async fn c11_links_lead_to_the_public_address_whatever_the_request_says() {
    let (app, anon) = TestApp::new().await;
    let headers = [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "http"),
        ("forwarded", "host=evil.example;proto=http"),
    ];
    let send = async |path: &str, body: serde_json::Value| {
        let request =
            anon.request(Method::POST, path).header(header::CONTENT_TYPE, "application/json");
        let request =
            headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        anon.send(request.body(Body::from(body.to_string())).unwrap()).await
    };
    send("/register", registration(ANN, PASSWORD)).await;
    let reset = json!({ "query": super::FORGOT, "variables": { "email": ANN } });
    send("/graphql", reset).await;
    let mails = mails_to(&app, ANN).await;
    assert_eq!(mails.len(), 2);
    for mail in mails {
        assert!(!mail.raw.contains("evil") && !mail.text.contains("evil"), "{}", mail.text);
        assert!(mail.text.contains("https://gateway.example/"), "{}", mail.text);
    }
}

#[tokio::test]
async fn c12_nobody_is_sent_elsewhere() {
    let (app, anon) = TestApp::new().await;
    register(&app, ANN, PASSWORD).await;
    let verify = token(&app, ANN, "verify").await;
    for target in [
        "//evil.example",
        "https:evil.example",
        "/%5Cevil",
        "javascript:alert(1)",
        "%0d%0aLocation:%20//evil",
    ] {
        let path = format!("/verify?token={verify}&redirect_to={target}");
        let request = anon.request(Method::GET, &path).header(header::ACCEPT, "text/html");
        let reply = anon.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(reply.status, 200);
        assert!(!reply.has("location") && !reply.text.contains("evil"), "{target}");
    }
}

#[tokio::test]
async fn c13_a_mail_server_that_is_away_does_not_keep_anybody_from_registering() {
    let away = crate::support::smtp::SmtpServer::start().await.url();
    let (app, _) = TestApp::with(&[&format!("--smtp-url={away}")]).await;
    assert_eq!(register(&app, ANN, PASSWORD).await.status, 200);
    assert_eq!(app.send_mails().await, 1);
    let promise = outbox::Entity::find().one(app.services.db.read()).await.unwrap().unwrap();
    assert_eq!((promise.outcome, promise.attempts), (None, 1), "it is kept for later");
}

#[tokio::test]
async fn c20_a_name_is_text_in_every_mail_and_on_every_page() {
    let (app, anon) = TestApp::new().await;
    let name = "<b>{{7*7}}</b>";
    let body = json!({ "name": name, "email": ANN, "password": PASSWORD });
    assert_eq!(anon.post("/register", body).await.status, 200);
    forgot(&app, ANN).await;
    for mail in mails_to(&app, ANN).await {
        assert!(mail.html.contains("&#60;b&#62;{{7*7}}&#60;/b&#62;"), "{}", mail.html);
        assert!(!mail.html.contains("<b>"), "{}", mail.html);
    }
}

#[tokio::test]
async fn each_step_of_a_registration_is_in_the_audit_log_once() {
    let (app, anon) = TestApp::new().await;
    register(&app, ANN, PASSWORD).await;
    let verify = token(&app, ANN, "verify").await;
    for _ in 0..2 {
        anon.get(&format!("/verify?token={verify}")).await;
    }
    assert_eq!(audited(&app, 1).await, [Kind::Registered, Kind::EmailVerified]);
}
