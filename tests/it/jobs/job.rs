//! Changing jobs, and jobs whose time is over.

use chrono::TimeDelta;
use find_helper::domain::jobs::job::expire_due;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{
        apply, assigned, draft, message, outcome, post, published, sorted_outcomes, state,
    },
    support::{Client, Reply, TestApp},
};

async fn update(client: &Client, id: &str, changes: Value) -> Reply {
    let mutation = "mutation($input: UpdateJobInput!) { updateJob(input: $input) { job {
        title description city estimatedAmount scheduledAt expiresAt version createdAt updatedAt } } }";
    let mut input = changes;
    input["id"] = json!(id);
    client.gql(mutation, json!({ "input": input })).await
}

#[tokio::test]
async fn an_update_changes_what_is_given_and_nothing_else() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = post(&ann, json!({ "scheduledAt": "2026-03-01T08:00:00+08:00" })).await;
    app.advance(TimeDelta::minutes(1));
    let reply = update(&ann, &id, json!({ "title": "窗戶", "estimatedAmount": 0 })).await;
    insta::assert_snapshot!(reply.text, @r#"{"data":{"updateJob":{"job":{"title":"窗戶","description":"","city":"台北市","estimatedAmount":0,"scheduledAt":"2026-03-01T00:00:00.000Z","expiresAt":null,"version":2,"createdAt":"2026-02-07T08:00:00.000Z","updatedAt":"2026-02-07T08:01:00.000Z"}}}}"#);
    let emptied = update(&ann, &id, json!({ "scheduledAt": null, "title": null })).await.json();
    let job = &emptied["data"]["updateJob"]["job"];
    assert_eq!(job["scheduledAt"], Value::Null, "null takes the time away");
    assert_eq!(job["title"], "窗戶", "a title cannot be taken away");
}

#[tokio::test]
async fn an_update_that_expects_another_version_is_told_the_present_one() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = published(&ann).await;
    let first = update(&ann, &id, json!({ "title": "一", "expectedVersion": 1 })).await;
    assert_eq!(outcome(&first), "ok");
    let second = update(&ann, &id, json!({ "title": "二", "expectedVersion": 1 })).await;
    assert_eq!(outcome(&second), "CONFLICT");
    assert_eq!(message(&second), "The job has changed in the meantime and is now at version 2");
    let third = update(&ann, &id, json!({ "title": "三" })).await;
    assert_eq!(third.json()["data"]["updateJob"]["job"]["version"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_updates_at_once_that_expect_one_version_one_wins() {
    let (app, _) = TestApp::new().await;
    let replica = app.restarted(&[]).await;
    let ann = app.member("ann").await;
    let id = published(&ann).await;
    let doors = [ann.clone(), ann.towards(&replica.router)];
    let updates = (0..8)
        .map(|n| update(&doors[n % 2], &id, json!({ "estimatedAmount": n, "expectedVersion": 1 })));
    let outcomes = sorted_outcomes(&join_all(updates).await);
    assert_eq!(outcomes, [vec!["CONFLICT"; 7], vec!["ok"]].concat());
}

#[tokio::test]
async fn published_jobs_expire_at_their_time_and_no_others() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let at = json!("2026-02-07T09:00:00Z");
    let due = post(&ann, json!({ "expiresAt": at })).await;
    let drafted = post(&ann, json!({ "expiresAt": at, "publish": false })).await;
    let later = post(&ann, json!({ "expiresAt": "2026-02-07T09:00:00.001Z" })).await;
    let endless = published(&ann).await;
    let applications = [apply(&ben, &due).await, apply(&ben, &later).await];

    app.advance(TimeDelta::minutes(60) - TimeDelta::milliseconds(1));
    assert_eq!(expire_due(&app.services).await.unwrap(), 0, "not yet");
    app.advance(TimeDelta::milliseconds(1));
    assert_eq!(expire_due(&app.services).await.unwrap(), 1, "jobs, whoever applied to them");
    assert_eq!(expire_due(&app.services).await.unwrap(), 0, "once");

    let mut states = Vec::new();
    for id in [&due, &drafted, &later, &endless, &applications[0], &applications[1]] {
        states.push(state(&ann, id).await);
    }
    assert_eq!(states, ["EXPIRED", "DRAFT", "PUBLISHED", "PUBLISHED", "REJECTED", "PENDING"]);
    let query = "query($id: ID!) { job(by: {id: $id}) { events { nodes { kind actor { id } } } } }";
    let events = ann.data(query, json!({ "id": due })).await;
    let last = events["job"]["events"]["nodes"].as_array().unwrap().last().cloned().unwrap();
    assert_eq!(last["actor"], Value::Null, "nobody did it: {events}");
}

#[tokio::test]
async fn a_job_with_an_assignee_does_not_expire() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = post(&ann, json!({ "expiresAt": "2026-02-07T09:00:00Z" })).await;
    let application = apply(&ben, &job).await;
    crate::jobs::steps::done(&ann, "acceptApplication", &application).await;
    app.advance(TimeDelta::hours(2));
    assert_eq!(expire_due(&app.services).await.unwrap(), 0);
    assert_eq!(state(&ann, &job).await, "ASSIGNED");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_starts_at_once_by_owner_and_assignee_one_is_taken() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = assigned(&ann, &ben).await;
    let starts = [&ann, &ben, &ann, &ben].map(|who| crate::jobs::steps::act(who, "startJob", &job));
    let outcomes = sorted_outcomes(&join_all(starts).await);
    assert_eq!(outcomes, ["CONFLICT", "CONFLICT", "CONFLICT", "ok"]);
}

#[tokio::test]
async fn a_job_is_named_by_its_id_or_by_its_number_but_not_by_both() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = draft(&ann).await;
    let number = id.trim_start_matches("job_");
    let by = async |by: String| {
        let reply =
            ann.gql(&format!("{{ job(by: {{{by}}}) {{ id databaseId }} }}"), json!({})).await;
        (outcome(&reply), reply.json()["data"]["job"]["databaseId"].to_string())
    };
    let found = ("ok".to_owned(), number.to_owned());
    assert_eq!(by(format!("id: \"{id}\"")).await, found);
    assert_eq!(by(format!("databaseId: \"{number}\"")).await, found);
    assert_eq!(by(format!("databaseId: {number}")).await, found);
    assert_eq!(by("databaseId: \"x\"".into()).await.0, "null", "no job has this number");
    assert_eq!(by("id: \"user_1\"".into()).await.0, "INVALID_REQUEST");
    let both = by(format!("id: \"{id}\", databaseId: {number}")).await;
    assert_eq!(both.0, "GRAPHQL_VALIDATION_FAILED");
}
