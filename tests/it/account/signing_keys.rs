//! The ring of keys that sign access tokens.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use find_helper::domain::signing_key;
use serde_json::{Value, json};

use crate::support::{Client, TestApp, client::Proof};

fn kid(client: &Client) -> String {
    let Proof::Bearer(token) = client.proof() else { panic!("no access token") };
    let header = token.split('.').next().unwrap();
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
    header["kid"].as_str().unwrap().to_owned()
}

async fn is_alive(client: &Client) -> bool {
    client.gql("{ viewer { id } }", json!({})).await.status == 200
}

#[tokio::test]
async fn e15_a_new_key_signs_and_the_old_one_is_believed_until_its_tokens_have_ended() {
    let (app, _) = TestApp::new().await;
    let replica = app.restarted(&[]).await;
    let old = app.member("ann").await;
    let key = signing_key::rotate(&app.services, false).await.unwrap();
    let settling = app.signed_in("ann@example.com").await;
    assert_eq!(kid(&settling), kid(&old), "not before every replica knows it");
    signing_key::load(&replica.services).await.unwrap();
    app.advance(signing_key::SETTLING);
    let new = app.signed_in("ann@example.com").await;
    assert_eq!(kid(&new), key.kid);
    for client in [&old, &settling, &new] {
        assert!(is_alive(client).await && is_alive(&client.towards(&replica.router)).await);
    }
    app.advance(TimeDelta::days(1) + signing_key::SETTLING);
    assert_eq!(old.code("{ viewer { id } }", json!({})).await, "UNAUTHORIZED", "retired");
    let next = app.signed_in("ann@example.com").await;
    assert_eq!(kid(&next), key.kid);
    assert!(is_alive(&next).await);
}

#[tokio::test]
async fn e15_a_key_that_is_replaced_at_once_is_not_believed_any_more() {
    let (app, anon) = TestApp::new().await;
    let old = app.member("ann").await;
    signing_key::rotate(&app.services, true).await.unwrap();
    assert_eq!(old.code("{ viewer { id } }", json!({})).await, "UNAUTHORIZED");
    let refresh = "mutation($t: String!) { refreshToken(input: {refreshToken: $t}) { token } }";
    let data = anon.data(refresh, json!({ "t": old.refresh_token() })).await;
    let token = data["refreshToken"]["token"].as_str().unwrap();
    assert!(is_alive(&anon.with_session(old.user_id(), token, None)).await, "nobody is signed out");
}

#[tokio::test]
async fn a_token_of_a_key_that_this_replica_does_not_know_is_refused() {
    let (app, _) = TestApp::new().await;
    let replica = app.restarted(&[]).await;
    app.member("ann").await;
    signing_key::rotate(&app.services, true).await.unwrap();
    let new = app.signed_in("ann@example.com").await;
    assert!(is_alive(&new).await);
    let elsewhere = new.towards(&replica.router);
    assert!(!is_alive(&elsewhere).await, "no other key is tried");
    signing_key::load(&replica.services).await.unwrap();
    assert!(is_alive(&elsewhere).await);
}

#[tokio::test]
async fn a_ring_that_turns_often_keeps_every_key_until_its_own_end() {
    let (app, _) = TestApp::new().await;
    let mut clients = vec![app.member("ann").await];
    for _ in 0..3 {
        signing_key::rotate(&app.services, false).await.unwrap();
        app.advance(TimeDelta::hours(6));
        clients.push(app.signed_in("ann@example.com").await);
    }
    let kids: std::collections::HashSet<_> = clients.iter().map(kid).collect();
    assert_eq!(kids.len(), 4);
    for client in &clients {
        assert!(is_alive(client).await);
    }
    app.advance(TimeDelta::hours(6) + TimeDelta::seconds(21));
    assert!(!is_alive(&clients[0]).await && is_alive(&clients[1]).await);
    let started_later = app.restarted(&[]).await;
    assert!(is_alive(&clients[2].towards(&started_later.router)).await);
}
