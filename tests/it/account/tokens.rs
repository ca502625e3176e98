//! How access tokens are presented, and which secrets a gateway starts with.

use std::process::Command;

use axum::{body::Body, http::Method};

use crate::support::{Client, TestApp, client::Proof};

fn token(client: &Client) -> String {
    let Proof::Bearer(token) = client.proof() else { panic!("no access token") };
    token.clone()
}

async fn status(client: &Client, path: &str, headers: &[&str]) -> u16 {
    let mut request = client.request(Method::GET, path);
    for value in headers {
        request = request.header("authorization", *value);
    }
    client.send(request.body(Body::empty()).unwrap()).await.status.as_u16()
}

#[tokio::test]
async fn e18_a_token_in_the_query_string_is_nobodys() {
    let (app, anon) = TestApp::new().await;
    let token = token(&app.member("ann").await);
    for name in ["access_token", "token", "authorization"] {
        assert_eq!(status(&anon, &format!("/user?{name}={token}"), &[]).await, 401, "{name}");
        let query = format!("/graphql?query={{apiKeys{{totalCount}}}}&{name}={token}");
        assert_eq!(anon.get(&query).await.json()["data"], serde_json::Value::Null, "{name}");
    }
}

#[tokio::test]
async fn e19_the_scheme_may_be_written_as_one_likes_and_two_tokens_are_none() {
    let (app, anon) = TestApp::new().await;
    let token = token(&app.member("ann").await);
    for scheme in ["Bearer", "bearer", "BEARER", "Bearer "] {
        assert_eq!(status(&anon, "/user", &[&format!("{scheme} {token}")]).await, 200, "{scheme}");
    }
    let one = format!("Bearer {token}");
    let twice = format!("{one}, {one}");
    let spaced = format!("{one} {token}");
    let refused: [&[&str]; 7] = [
        &[&one, &one],
        &[&twice],
        &[&spaced],
        &[&token],
        &["Bearer"],
        &["Bearer "],
        &["Basic YTpi"],
    ];
    for headers in refused {
        assert_eq!(status(&anon, "/user", headers).await, 401, "{headers:?}");
    }
}

#[tokio::test]
async fn e16_a_gateway_does_not_start_with_a_weak_secret_and_does_not_repeat_it() {
    let (app, _) = TestApp::new().await;
    for secret in ["", "secret", "0123456789abcdef0123456789abcde"] {
        let secret_flag = format!("--jwt-secret={secret}");
        let output = Command::new(env!("CARGO_BIN_EXE_find-helper"))
            .args(app.settings(&[]).into_iter().filter(|flag| !flag.contains("jwt-secret")))
            .args([secret_flag.as_str(), "--bind-addr=127.0.0.1:0", "serve"])
            .output()
            .unwrap();
        assert!(!output.status.success(), "{secret:?}");
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains("JWT_SECRET must have at least 32 bytes"), "{message}");
        assert!(secret.is_empty() || !message.contains(&format!("={secret}")), "{message}");
    }
}
