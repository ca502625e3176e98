//! The pages behind mailed links, as browsers use them.

use axum::{
    body::Body,
    http::{Method, header},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use sha2::{Digest, Sha256};

use super::{NEW_PASSWORD, forgot, mails_to, register, request_email, row, sign_in};
use crate::support::{Client, PASSWORD, Reply, TestApp};

const ANN: &str = "ann@example.com";

/// The path and query of the newest link to an address.
async fn link(app: &TestApp, address: &str, last: &str) -> String {
    let mails = mails_to(app, address).await;
    let link = mails.last().unwrap().link(last);
    format!("{}?{}", link.path(), link.query().unwrap())
}

async fn open(client: &Client, path: &str, language: &str) -> Reply {
    let request = client.request(Method::GET, path).header(header::ACCEPT, "text/html");
    client.send(request.header("Accept-Language", language).body(Body::empty()).unwrap()).await
}

async fn submit(client: &Client, path: &str, language: &str, form: &[(&str, &str)]) -> Reply {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let request = client.request(Method::POST, path).header("Accept-Language", language);
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    client.send(request.body(body.into()).unwrap()).await
}

fn token_of(path: &str) -> String {
    path.split_once("token=").unwrap().1.to_owned()
}

#[tokio::test]
async fn a_forgotten_password_is_reset_in_the_browser() {
    let (app, anon) = TestApp::new().await;
    app.member("ann").await;
    forgot(&app, ANN).await;
    let path = link(&app, ANN, "reset").await;
    let page = open(&anon, &path, "zh-TW").await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("設定新密碼") && !page.text.contains("Choose"), "{}", page.text);
    assert!(page.text.contains(r#"autocomplete="new-password""#), "{}", page.text);
    assert!(page.text.contains(r#"<label for="password">"#), "{}", page.text);
    let token = token_of(&path);
    let weak = submit(&anon, &path, "zh-TW", &[("token", &token), ("password", "短")]).await;
    assert_eq!(weak.status, 400);
    assert!(weak.text.contains("新密碼至少需要 8 個字元"), "{}", weak.text);
    assert!(weak.text.contains(&token), "the form may be sent again");
    let english = submit(&anon, &path, "en", &[("token", &token), ("password", "x")]).await;
    assert!(english.text.contains("must have at least 8 characters"), "{}", english.text);
    let form = [("token", token.as_str()), ("password", NEW_PASSWORD)];
    let done = submit(&anon, &path, "en", &form).await;
    assert!(done.status == 200 && done.text.contains("Password reset"), "{}", done.text);
    assert!(done.text.contains(r#"<a href="/app/login">Sign in</a>"#), "{}", done.text);
    assert_eq!(sign_in(&app, ANN, NEW_PASSWORD).await, "200");
    let again = submit(&anon, &path, "en", &form).await;
    assert!(again.status == 400 && again.text.contains("was used before"), "{}", again.text);
}

#[tokio::test]
async fn a_new_address_is_confirmed_in_the_browser() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    request_email(&ann, "new@example.com").await;
    let path = link(&app, "new@example.com", "confirm-email").await;
    for _ in 0..2 {
        let page = open(&anon, &path, "en").await;
        assert!(page.text.contains("<button>Use this address</button>"), "{}", page.text);
    }
    assert_eq!(row(&app, ann.user_id()).await.email, ANN, "looking at it changes nothing");
    let done = submit(&anon, &path, "en", &[("token", &token_of(&path))]).await;
    assert!(done.status == 200 && done.text.contains("E-mail address changed"), "{}", done.text);
    assert_eq!(row(&app, ann.user_id()).await.email, "new@example.com");
}

#[tokio::test]
async fn a_page_runs_no_script_loads_nothing_and_tells_nobody_its_address() {
    let (_, anon) = TestApp::new().await;
    for path in ["/app/reset", "/app/confirm-email", "/app/reject"] {
        let page = open(&anon, &format!("{path}?token=\"><script>alert(1)</script>"), "en").await;
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        assert!(policy.contains("form-action 'self'"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(!page.text.contains("<script"), "{}", page.text);
    }
}

#[tokio::test]
async fn the_only_style_sheet_that_a_page_allows_is_its_own() {
    let (_, anon) = TestApp::new().await;
    let page = open(&anon, "/app/reset", "en").await;
    let (_, rest) = page.text.split_once("<style>").unwrap();
    let (style, _) = rest.split_once("</style>").unwrap();
    let hash = STANDARD.encode(Sha256::digest(style));
    let policy = page.header("content-security-policy");
    assert!(policy.contains(&format!("style-src 'sha256-{hash}';")), "{policy}");
}

#[tokio::test]
async fn a_dead_link_and_a_broken_form_are_explained() {
    let (app, anon) = TestApp::new().await;
    app.member("ann").await;
    forgot(&app, ANN).await;
    let path = link(&app, ANN, "reset").await;
    let form = |token: &str| [("token", token.to_owned()), ("password", NEW_PASSWORD.to_owned())];
    for token in ["", "x", " ", "\0", "fhv_"] {
        let form = form(token);
        let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let reply = submit(&anon, "/app/reset", "en", &form).await;
        assert!(
            reply.status == 400 && reply.text.contains("does not work"),
            "{token:?}: {}",
            reply.text
        );
    }
    app.advance(TimeDelta::hours(25));
    let token = token_of(&path);
    let form = [("token", token.as_str()), ("password", NEW_PASSWORD)];
    let late = submit(&anon, &path, "zh-TW", &form).await;
    assert!(late.status == 401 && late.text.contains("此連結已過期"), "{}", late.text);
    assert_eq!(sign_in(&app, ANN, PASSWORD).await, "200");
}

#[tokio::test]
async fn p08_a_page_that_failed_speaks_one_language_and_leads_on() {
    let (_, anon) = TestApp::new().await;
    let form = [("token", "x"), ("password", NEW_PASSWORD)];
    for (path, way) in [
        ("/app/reset", "/app/forgot"),
        ("/app/confirm-email", "/app/account"),
        ("/app/reject", "/"),
        ("/app/unsubscribe", "/app/account/notices"),
        ("/verify?token=x", "/app/login"),
    ] {
        let page = if path.starts_with("/verify") {
            open(&anon, path, "en").await
        } else {
            submit(&anon, path, "en", &form).await
        };
        assert_eq!(page.status, 400, "{path}");
        assert!(page.text.contains(&format!("<a href=\"{way}\">")), "{path}: {}", page.text);
        assert!(!page.text.contains("此連結"), "{path}: {}", page.text);
    }
}

#[tokio::test]
async fn c5_c6_no_preview_confirms_and_a_browser_gets_a_page_each_time() {
    let (app, anon) = TestApp::new().await;
    register(&app, ANN, PASSWORD).await;
    let path = link(&app, ANN, "verify").await;
    for (method, header) in [
        (Method::HEAD, ("accept", "*/*")),
        (Method::OPTIONS, ("accept", "*/*")),
        (Method::GET, ("sec-purpose", "prefetch;prerender")),
        (Method::GET, ("purpose", "prefetch")),
        (Method::GET, ("x-moz", "prefetch")),
    ] {
        let request = anon.request(method.clone(), &path).header(header.0, header.1);
        let reply = anon.send(request.body(Body::empty()).unwrap()).await;
        assert!(reply.status.is_success(), "{method} {header:?}: {}", reply.status);
        assert_eq!(
            sign_in(&app, ANN, PASSWORD).await,
            "403 EMAIL_NOT_VERIFIED",
            "{method} {header:?}"
        );
    }
    for _ in 0..2 {
        let page = open(&anon, &path, "zh-TW,zh;q=0.9").await;
        assert!(page.status == 200 && page.text.contains("電子郵件驗證成功"), "{}", page.text);
    }
    assert_eq!(sign_in(&app, ANN, PASSWORD).await, "200");
}
