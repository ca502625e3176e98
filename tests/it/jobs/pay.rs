//! What jobs like a new one pay.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{UNLIMITED, done, draft, fields, post, text},
    support::{Client, Reply, TestApp},
};

async fn ask(client: &Client, job_type: &str, city: &str) -> Reply {
    let query = "query($type: String!, $city: String!) {
        similarPay(jobType: $type, city: $city) { low median high count } }";
    client.gql(query, json!({ "type": job_type, "city": city })).await
}

/// Low, median, high and count; null if there is none.
async fn pay(client: &Client, city: &str) -> Value {
    let json = ask(client, "cleaning", city).await.json();
    assert_eq!(json.get("errors"), None, "{json}");
    match &json["data"]["similarPay"] {
        Value::Null => Value::Null,
        pay => json!([pay["low"], pay["median"], pay["high"], pay["count"]]),
    }
}

async fn owners(app: &TestApp, count: usize) -> Vec<Client> {
    let mut owners = Vec::new();
    for n in 0..count {
        owners.push(app.member(&format!("owner-{n}")).await);
    }
    owners
}

async fn offer(owner: &Client, amount: i64) -> String {
    post(owner, json!({ "estimatedAmount": amount })).await
}

#[tokio::test]
async fn quartiles_are_the_amounts_of_nearest_rank_of_ten_jobs_or_more() {
    let (app, anon) = TestApp::with(UNLIMITED).await;
    let owners = owners(&app, 6).await;
    let amounts = [900, 100, 800, 200, 700, 300, 600, 400, 500];
    for (n, amount) in amounts.into_iter().enumerate() {
        offer(&owners[n % 6], amount).await;
    }
    assert_eq!(pay(&anon, "台北市").await, json!(null));
    offer(&owners[4], 1_000).await;
    assert_eq!(pay(&anon, "台北市").await, json!([300, 500, 800, 10]));
    offer(&owners[5], 0).await;
    assert_eq!(pay(&anon, "台北市").await, json!([200, 500, 800, 11]));
}

#[tokio::test]
async fn every_spelling_of_the_city_means_it_and_no_other_city_or_type_counts() {
    let (app, anon) = TestApp::with(UNLIMITED).await;
    for owner in owners(&app, 10).await {
        offer(&owner, 100).await;
        post(&owner, json!({ "estimatedAmount": 9, "city": "台南市" })).await;
        post(&owner, json!({ "estimatedAmount": 9, "jobType": "pet" })).await;
    }
    for city in ["台北市", "臺北", " Taipei City ", "ｔａｉｐｅｉ"] {
        assert_eq!(pay(&anon, city).await, json!([100, 100, 100, 10]), "{city}");
    }
    assert_eq!(pay(&anon, "新竹").await, json!(null));
}

#[tokio::test]
async fn only_the_newest_two_jobs_of_an_owner_count() {
    let (app, anon) = TestApp::with(UNLIMITED).await;
    let owners = owners(&app, 5).await;
    for owner in &owners[1..] {
        offer(owner, 500).await;
        offer(owner, 500).await;
    }
    for amount in [1, 1, 1, 1] {
        offer(&owners[0], amount).await;
        app.advance(TimeDelta::minutes(1));
    }
    assert_eq!(pay(&anon, "台北市").await, json!([500, 500, 500, 10]));
    for amount in [700, 800] {
        offer(&owners[1], amount).await;
    }
    for amount in [600, 900] {
        offer(&owners[2], amount).await;
    }
    assert_eq!(pay(&anon, "台北市").await, json!([500, 500, 700, 10]));
}

#[tokio::test]
async fn jobs_of_ninety_days_count_whatever_became_of_them_but_no_drafts() {
    let (app, anon) = TestApp::with(UNLIMITED).await;
    let owners = owners(&app, 10).await;
    let cancelled = offer(&owners[0], 100).await;
    for owner in &owners[1..9] {
        offer(owner, 100).await;
    }
    let draft = draft(&owners[9]).await;
    assert_eq!(pay(&owners[9], "台北市").await, json!(null));
    done(&owners[9], "publishJob", &draft).await;
    done(&owners[0], "cancelJob", &cancelled).await;
    for client in [&anon, &owners[0]] {
        assert_eq!(pay(client, "台北市").await, json!([100, 100, 100, 10]));
    }
    app.advance(TimeDelta::days(90));
    assert_eq!(pay(&anon, "台北市").await, json!([100, 100, 100, 10]));
    app.advance(TimeDelta::milliseconds(1));
    assert_eq!(pay(&anon, "台北市").await, json!(null));
}

#[tokio::test]
async fn an_unknown_type_and_an_empty_city_are_refused_together() {
    let (_, anon) = TestApp::new().await;
    let reply = ask(&anon, "nonsense", " ").await;
    assert_eq!(fields(&reply), ["jobType", "city"]);
    let allowed = text(&reply.json()["errors"][0]["extensions"]["fields"][0]["message"]);
    assert!(allowed.contains("cleaning"), "{allowed}");
    assert_eq!(fields(&ask(&anon, "\u{0}", &"北".repeat(51)).await), ["jobType", "city"]);
}
