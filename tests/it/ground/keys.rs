//! No key outlives its account.

use futures_util::future::join_all;
use serde_json::json;

use super::{delete_account, replicas, sent};
use crate::{
    jobs::steps::outcome,
    support::{Client, Held},
};

const CREATE: &str = "mutation { createApiKey(input: {name: \"k\", scopes: [JOBS_READ]}) {
    apiKey { key } secret } }";

#[tokio::test]
async fn s04_a_key_that_waits_for_the_deletion_of_its_account_is_not_made() {
    let Some([one, two]) = replicas().await else { return };
    let ann = one.member("ann").await;
    let id = ann.user_id();
    // What a deletion does, as far as others notice it.
    let deletion = format!(
        "UPDATE users SET erase_at = 1 WHERE id = {id};
        UPDATE sessions SET revoked_at = 1 WHERE user_id = {id};
        UPDATE api_keys SET revoked_at = 1 WHERE user_id = {id}"
    );
    let held = Held::by(&one, &deletion).await;
    let making = sent(&ann.towards(&two.router), CREATE, 0);
    assert!(held.is_wanted_by(&one, &making).await);
    held.commit().await;
    assert_eq!(outcome(&making.await.unwrap()), "UNAUTHORIZED");
    assert_eq!(one.count(&format!("SELECT count(*) FROM api_keys WHERE user_id = {id}")).await, 0);
}

/// Makes keys until there are five or it is told to stop; those that it was given.
async fn make_keys(client: Client) -> Vec<(String, String)> {
    let mut made = Vec::new();
    loop {
        let reply = client.gql(CREATE, json!({})).await;
        match outcome(&reply).as_str() {
            "ok" => {
                let data = reply.json()["data"]["createApiKey"].take();
                let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
                made.push((text(&data["apiKey"]["key"]), text(&data["secret"])));
            }
            "CONFLICT" => tokio::task::yield_now().await,
            "UNAUTHORIZED" => return made,
            other => panic!("{other}: {}", reply.text),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s04_of_keys_made_while_their_account_is_deleted_none_works() {
    let Some([one, two]) = replicas().await else { return };
    for round in 0..15 {
        let ann = one.member(&format!("ann-{round}")).await;
        let making: Vec<_> = (0..8)
            .map(|number| {
                let replica = if number % 2 == 0 { &one } else { &two };
                tokio::spawn(make_keys(ann.towards(&replica.router)))
            })
            .collect();
        let deleted = sent(&ann.towards(&two.router), &delete_account(), round % 4).await.unwrap();
        assert_eq!(outcome(&deleted), "ok", "{}", deleted.text);
        for (key, secret) in join_all(making).await.into_iter().flat_map(Result::unwrap) {
            let program = one.anon().with_key(ann.user_id(), &key, &secret);
            assert_eq!(program.get("/api/jobs").await.status, 401, "round {round}");
        }
        let id = ann.user_id();
        let active =
            format!("SELECT count(*) FROM api_keys WHERE user_id = {id} AND revoked_at IS NULL");
        assert_eq!(one.count(&active).await, 0, "round {round}");
    }
}
