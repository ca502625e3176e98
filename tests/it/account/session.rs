//! Signing in and out.

use futures_util::future::join_all;
use serde_json::json;

use crate::{
    jobs::steps::{outcome, text, whole},
    support::{Client, PASSWORD, Reply, TestApp},
};

async fn login(client: &Client, email: &str, password: &str) -> Reply {
    let mutation = "mutation($email: String!, $password: String!) {
        login(input: {email: $email, password: $password}) { token refreshToken expiresIn user { id } } }";
    client.gql(mutation, json!({ "email": email, "password": password })).await
}

async fn refresh(client: &Client, token: &str) -> String {
    let mutation = "mutation($token: String!) {
        refreshToken(input: {refreshToken: $token}) { token } }";
    outcome(&client.gql(mutation, json!({ "token": token })).await)
}

async fn viewer(client: &Client) -> String {
    outcome(&client.gql("{ viewer { id } }", json!({})).await)
}

async fn log_out(client: &Client) -> String {
    outcome(&client.gql("mutation { logout { ok } }", json!({})).await)
}

#[tokio::test]
async fn a_sign_in_gives_a_session_that_works() {
    let (app, anon) = TestApp::new().await;
    app.member("ann").await;
    for email in ["ann@example.com", " ANN@EXAMPLE.com ", "ａnn@example.com"] {
        let reply = login(&app.anon(), email, PASSWORD).await;
        assert_eq!(outcome(&reply), "ok", "{email}");
        let json = reply.json();
        let payload = &json["data"]["login"];
        assert_eq!(
            (&payload["expiresIn"], &payload["user"]["id"]),
            (&json!(86_400), &json!("user_1"))
        );
        let client = anon.clone().with_session(1, &text(&payload["token"]), None);
        assert_eq!(viewer(&client).await, "ok");
        assert_eq!(refresh(&anon, &text(&payload["refreshToken"])).await, "ok");
    }
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_answer_byte_by_byte_alike() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    let wrong = login(&app.anon(), "ann@example.com", "wrong password").await;
    let unknown = login(&app.anon(), "nobody@example.com", PASSWORD).await;
    assert_eq!(outcome(&wrong), "INVALID_CREDENTIALS");
    assert_eq!(whole(wrong), whole(unknown));
}

#[tokio::test]
async fn an_account_without_a_confirmed_address_cannot_sign_in() {
    let (_, anon) = TestApp::new().await;
    let register = format!(
        "mutation {{ register(input: {{name: \"新人\", email: \"new@example.com\",
            password: \"{PASSWORD}\"}}) {{ user {{ isVerified }} }} }}"
    );
    let user = anon.data(&register, json!({})).await["register"]["user"].take();
    assert_eq!(user, json!({ "isVerified": false }));
    let reply = login(&anon, "new@example.com", PASSWORD).await;
    assert_eq!(outcome(&reply), "EMAIL_NOT_VERIFIED");
    assert_eq!(
        outcome(&login(&anon, "new@example.com", "wrong password").await),
        "INVALID_CREDENTIALS"
    );
}

#[tokio::test]
async fn e12_signing_out_ends_this_session_at_once_in_every_process_and_no_other() {
    let (app, anon) = TestApp::new().await;
    let replica = app.restarted(&[]).await;
    let (here, there) = (app.member("ann").await, app.signed_in("ann@example.com").await);
    let ben = app.member("ben").await;
    for router in [&app.router, &replica.router] {
        assert_eq!(viewer(&here.towards(router)).await, "ok");
    }
    assert_eq!(log_out(&here).await, "ok");
    for router in [&app.router, &replica.router] {
        assert_eq!(viewer(&here.towards(router)).await, "UNAUTHORIZED");
        assert_eq!(here.towards(router).get("/user").await.auth_error(), "401 UNAUTHORIZED");
        assert_eq!(refresh(&anon.towards(router), here.refresh_token()).await, "UNAUTHORIZED");
        for other in [&there, &ben] {
            assert_eq!(viewer(&other.towards(router)).await, "ok");
        }
    }
    assert_eq!(log_out(&here).await, "UNAUTHORIZED", "once");
    assert_eq!(refresh(&anon, there.refresh_token()).await, "ok");
}

#[tokio::test(flavor = "multi_thread")]
async fn e10_a_refresh_at_the_moment_of_signing_out_does_not_keep_the_session() {
    let (app, anon) = TestApp::new().await;
    for round in 0..5 {
        let ann = if round == 0 {
            app.member("ann").await
        } else {
            app.signed_in("ann@example.com").await
        };
        let (out, renewals) = tokio::join!(
            log_out(&ann),
            join_all((0..4).map(|_| renew(&anon, ann.refresh_token())))
        );
        assert_eq!(out, "ok");
        for (access, token) in renewals.into_iter().flatten() {
            let client = anon.clone().with_session(ann.user_id(), &access, None);
            assert_eq!(viewer(&client).await, "UNAUTHORIZED");
            assert_eq!(refresh(&app.anon(), &token).await, "UNAUTHORIZED");
        }
    }
}

/// New access and refresh tokens, if they are given.
async fn renew(client: &Client, token: &str) -> Option<(String, String)> {
    let mutation = "mutation($token: String!) {
        refreshToken(input: {refreshToken: $token}) { token refreshToken } }";
    let reply = client.gql(mutation, json!({ "token": token })).await;
    let payload = reply.json()["data"]["refreshToken"].take();
    Some((payload["token"].as_str()?.to_owned(), payload["refreshToken"].as_str()?.to_owned()))
}
