//! Posting an ended job again.

use chrono::TimeDelta;
use find_helper::domain::jobs::job::expire_due;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{UNLIMITED, apply, assigned, done, post, state, text},
    support::{Client, TestApp},
};

async fn repost(owner: &Client, job: &str) -> String {
    let mutation = "mutation($id: ID!) { repostJob(input: {jobId: $id}) { job { id } } }";
    text(&owner.data(mutation, json!({ "id": job })).await["repostJob"]["job"]["id"])
}

async fn shown(owner: &Client, job: &str) -> Value {
    let query = "query($id: ID!) { job(by: {id: $id}) {
        title description jobType city district { name } address estimatedAmount scheduledAt expiresAt } }";
    owner.data(query, json!({ "id": job })).await["job"].take()
}

#[tokio::test]
async fn an_ended_job_is_posted_again_as_a_draft_with_all_that_its_owner_wrote() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job =
        post(&ann, json!({ "description": "三房兩廳", "scheduledAt": "2026-03-01T02:00:00Z" }))
            .await;
    done(&ann, "acceptApplication", &apply(&ben, &job).await).await;
    done(&ann, "cancelJob", &job).await;
    let draft = repost(&ann, &job).await;
    assert_ne!(draft, job);
    assert_eq!(shown(&ann, &draft).await, shown(&ann, &job).await);
    assert_eq!(
        (state(&ann, &draft).await, state(&ann, &job).await),
        ("DRAFT".into(), "CANCELLED".into())
    );
    let query = "query($id: ID!) { job(by: {id: $id}) { version applicationCount agreedAmount
        assignee { id } events { nodes { kind } } } }";
    let data = ann.data(query, json!({ "id": draft })).await;
    assert_eq!(
        data["job"],
        json!({ "version": 1, "applicationCount": 0, "agreedAmount": null, "assignee": null,
            "events": { "nodes": [{ "kind": "CREATED" }] } })
    );
    done(&ann, "publishJob", &draft).await;
    let found =
        app.anon().data("{ jobs(filter: {search: \"三房\"}) { nodes { id } } }", json!({})).await;
    assert_eq!(found["jobs"]["nodes"], json!([{ "id": draft }]), "and it is found");
    apply(&ben, &draft).await;
}

#[tokio::test]
async fn times_that_are_past_are_left_out() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let ann = app.member("ann").await;
    let times =
        json!({ "scheduledAt": "2026-02-09T02:00:00Z", "expiresAt": "2026-02-08T02:00:00Z" });
    let job = post(&ann, times).await;
    app.advance(TimeDelta::days(1));
    expire_due(&app.services).await.unwrap();
    assert_eq!(state(&ann, &job).await, "EXPIRED");
    let draft = shown(&ann, &repost(&ann, &job).await).await;
    assert_eq!(draft["scheduledAt"], "2026-02-09T02:00:00.000Z", "this is ahead");
    assert_eq!(draft["expiresAt"], Value::Null);
}

#[tokio::test]
async fn a_completed_job_is_posted_again_as_often_as_its_owner_likes() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = assigned(&ann, &ben).await;
    done(&ann, "startJob", &job).await;
    done(&ann, "completeJob", &job).await;
    assert_ne!(repost(&ann, &job).await, repost(&ann, &job).await);
}
