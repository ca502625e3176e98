//! The auth routes as documented.

use serde_json::json;

use crate::support::{PASSWORD, TestApp};

const REGISTRATION: &str =
    r#"{"name":"張三","email":"zhang@example.com","password":"securePassword123"}"#;

fn registration() -> serde_json::Value {
    serde_json::from_str(REGISTRATION).unwrap()
}

#[tokio::test]
async fn every_step_from_registration_to_logout_answers_as_the_contract() {
    let (app, anon) = TestApp::new().await;
    let registered = anon.post("/register", registration()).await;
    assert_eq!(registered.status, 200);
    insta::assert_snapshot!(registered.text, @r#"{"success":true,"message":"註冊成功,請檢查您的電子郵件以驗證帳戶","data":{"user_id":"user_1","email":"zhang@example.com","name":"張三"}}"#);

    app.send_mails().await;
    let link = app.mails()[0].link("verify");
    let verified = anon.get(&format!("/verify?{}", link.query().unwrap())).await;
    insta::assert_snapshot!(verified.text, @r#"{"success":true,"message":"Email 驗證成功"}"#);

    let credentials = json!({ "email": "zhang@example.com", "password": "securePassword123" });
    let login = anon.post("/login", credentials).await;
    let data = &login.json()["data"];
    let (token, refresh) =
        (data["token"].as_str().unwrap(), data["refresh_token"].as_str().unwrap());
    let shown = login.text.replace(token, "[token]").replace(refresh, "[refresh]");
    insta::assert_snapshot!(shown, @r#"{"success":true,"message":"登入成功","data":{"token":"[token]","refresh_token":"[refresh]","expires_in":86400,"user":{"id":"user_1","name":"張三","email":"zhang@example.com","is_verified":true}}}"#);

    let client = anon.clone().with_session(1, token, None);
    let user = client.get("/user").await;
    insta::assert_snapshot!(user.text, @r#"{"success":true,"data":{"id":"user_1","name":"張三","email":"zhang@example.com","is_verified":true,"created_at":"2026-02-07T08:00:00Z","updated_at":"2026-02-07T08:00:00Z"}}"#);

    let refreshed = anon.post("/refresh", json!({ "refresh_token": refresh })).await;
    let new_token = refreshed.json()["data"]["token"].as_str().unwrap().to_owned();
    let shown = refreshed.text.replace(&new_token, "[token]");
    insta::assert_snapshot!(shown, @r#"{"success":true,"message":"Token 刷新成功","data":{"token":"[token]","expires_in":86400}}"#);

    let out = client.post("/logout", json!({})).await;
    insta::assert_snapshot!(out.text, @r#"{"success":true,"message":"登出成功"}"#);
    assert_eq!(client.get("/user").await.auth_error(), "401 UNAUTHORIZED");
    let renewed = anon.clone().with_session(1, &new_token, None);
    assert_eq!(
        renewed.get("/user").await.auth_error(),
        "401 UNAUTHORIZED",
        "the whole session ended"
    );
    let again = anon.post("/refresh", json!({ "refresh_token": refresh })).await;
    assert_eq!(again.auth_error(), "401 UNAUTHORIZED");
}

#[tokio::test]
async fn each_route_is_also_served_under_auth() {
    let (app, anon) = TestApp::new().await;
    assert_eq!(anon.post("/auth/register", registration()).await.status, 200);
    let ann = app.member("ann").await;
    let credentials = json!({ "email": "ann@example.com", "password": PASSWORD });
    let login = anon.post("/auth/login", credentials).await.json();
    let refresh = json!({ "refresh_token": login["data"]["refresh_token"] });
    assert_eq!(anon.post("/auth/refresh", refresh).await.status, 200);
    assert_eq!(ann.get("/auth/user").await.status, 200);
    assert_eq!(ann.post("/auth/logout", json!({})).await.status, 200);
    assert_eq!(anon.get("/auth/verify?token=x").await.auth_error(), "400 INVALID_REQUEST");
}

#[tokio::test]
async fn the_name_is_taken_under_both_documented_names_unless_they_differ() {
    let (_, anon) = TestApp::new().await;
    let mut both = registration();
    both["fullName"] = json!("李四");
    assert_eq!(anon.post("/register", both.clone()).await.auth_error(), "400 INVALID_REQUEST");
    both["fullName"] = json!("張三");
    assert_eq!(anon.post("/register", both).await.status, 200);
    let full_name = json!({ "fullName": "李四", "email": "li@example.com", "password": PASSWORD });
    assert_eq!(anon.post("/register", full_name).await.json()["data"]["name"], "李四");
}

#[tokio::test]
async fn a_taken_address_is_a_conflict_however_it_is_spelled() {
    let (app, anon) = TestApp::new().await;
    app.member("ann").await;
    for email in ["ann@example.com", "ANN@Example.com", "ａｎｎ@example.com"] {
        let registration = json!({ "name": "安安", "email": email, "password": PASSWORD });
        let reply = anon.post("/register", registration).await;
        assert_eq!(reply.auth_error(), "409 EMAIL_EXISTS", "{email}");
    }
}

#[tokio::test]
async fn d11_only_the_right_password_learns_that_the_address_is_not_verified() {
    let (_, anon) = TestApp::new().await;
    anon.post("/register", registration()).await;
    let mut login = json!({ "email": "zhang@example.com", "password": "wrong password" });
    assert_eq!(anon.post("/login", login.clone()).await.auth_error(), "401 INVALID_CREDENTIALS");
    login["password"] = json!("securePassword123");
    assert_eq!(anon.post("/login", login).await.auth_error(), "403 EMAIL_NOT_VERIFIED");
}

#[tokio::test]
async fn an_expired_access_token_says_so_and_an_expired_link_too() {
    let (app, anon) = TestApp::new().await;
    anon.post("/register", registration()).await;
    app.send_mails().await;
    let link = app.mails()[0].link("verify");
    let ann = app.member("ann").await;
    app.advance(chrono::TimeDelta::hours(25));
    assert_eq!(ann.get("/user").await.auth_error(), "401 TOKEN_EXPIRED");
    let late = anon.get(&format!("/verify?{}", link.query().unwrap())).await;
    assert_eq!(late.auth_error(), "401 TOKEN_EXPIRED");
}

#[tokio::test]
async fn an_account_that_was_taken_back_is_not_found() {
    let (app, anon) = TestApp::new().await;
    anon.post("/register", registration()).await;
    app.send_mails().await;
    let mail = &app.mails()[0];
    anon.get(&format!("/verify?{}", mail.link("verify").query().unwrap())).await;
    let credentials = json!({ "email": "zhang@example.com", "password": "securePassword123" });
    let login = anon.post("/login", credentials.clone()).await.json();
    let intruder = anon.clone().with_session(1, login["data"]["token"].as_str().unwrap(), None);

    let reject = mail.link("reject");
    let asked = anon.get(&format!("/app/reject?{}", reject.query().unwrap())).await;
    assert!(asked.text.contains("<button>"), "a page that asks first: {}", asked.text);
    assert_eq!(intruder.get("/user").await.status, 200, "looking at the page changes nothing");

    let form = anon
        .request(axum::http::Method::POST, "/app/reject")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(reject.query().unwrap().to_owned().into())
        .unwrap();
    assert_eq!(anon.send(form).await.status, 200);
    assert_eq!(intruder.get("/user").await.auth_error(), "404 USER_NOT_FOUND");
    assert_eq!(anon.post("/login", credentials).await.auth_error(), "401 INVALID_CREDENTIALS");
}

#[tokio::test]
async fn previews_and_head_requests_verify_nothing() {
    let (app, anon) = TestApp::new().await;
    anon.post("/register", registration()).await;
    app.send_mails().await;
    let path = format!("/verify?{}", app.mails()[0].link("verify").query().unwrap());
    let head = anon.request(axum::http::Method::HEAD, &path).body(axum::body::Body::empty());
    anon.send(head.unwrap()).await;
    let prefetch = anon.request(axum::http::Method::GET, &path).header("Sec-Purpose", "prefetch");
    anon.send(prefetch.body(axum::body::Body::empty()).unwrap()).await;
    let login = json!({ "email": "zhang@example.com", "password": "securePassword123" });
    assert_eq!(anon.post("/login", login).await.auth_error(), "403 EMAIL_NOT_VERIFIED");
    let browser =
        anon.request(axum::http::Method::GET, &path).header("Accept", "text/html,*/*;q=0.8");
    let page = anon.send(browser.body(axum::body::Body::empty()).unwrap()).await;
    assert!(page.text.contains("電子郵件驗證成功"), "{}", page.text);
    assert_eq!(anon.get(&path).await.status, 200, "the link may be opened again");
}

#[tokio::test]
async fn rest_does_not_take_rotating_refresh_tokens_and_does_not_use_them_up() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let body = json!({ "refresh_token": ann.refresh_token() });
    assert_eq!(anon.post("/refresh", body).await.auth_error(), "401 UNAUTHORIZED");
    let mutation = "mutation($token: String!) { refreshToken(input: {refreshToken: $token}) { refreshToken } }";
    let renewed = anon.data(mutation, json!({ "token": ann.refresh_token() })).await;
    assert_ne!(renewed["refreshToken"]["refreshToken"], ann.refresh_token());
}
