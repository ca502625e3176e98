//! When work may begin.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{BECAUSE, UNLIMITED, apply, done, done_on, post, state},
    support::{Client, TestApp},
};

/// A job that Ann gave to Ben for this time.
async fn scheduled(ann: &Client, ben: &Client, at: &str) -> String {
    let job = post(ann, json!({ "scheduledAt": at })).await;
    done(ann, "acceptApplication", &apply(ben, &job).await).await;
    job
}

/// Ann and Ben with sessions that have not ended since.
async fn again(app: &TestApp) -> [Client; 2] {
    [app.signed_in("ann@example.com").await, app.signed_in("ben@example.com").await]
}

pub(super) async fn proposal(viewer: &Client, job: &str) -> Value {
    let query = "query($id: ID!) { job(by: {id: $id}) { proposal { step by { name } } } }";
    viewer.data(query, json!({ "id": job })).await["job"]["proposal"].take()
}

async fn kinds(viewer: &Client, job: &str) -> Vec<Value> {
    let query = "query($id: ID!) { job(by: {id: $id}) { events { nodes { kind } } } }";
    let data = viewer.data(query, json!({ "id": job })).await;
    let events = data["job"]["events"]["nodes"].as_array().unwrap().clone();
    events.into_iter().map(|event| event["kind"].clone()).collect()
}

#[tokio::test]
async fn before_its_day_work_begins_when_both_sides_say_so() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben, cat) =
        (app.member("ann").await, app.member("ben").await, app.member("cat").await);
    let job = post(&ann, json!({ "scheduledAt": "2026-02-10T02:00:00Z" })).await;
    apply(&cat, &job).await;
    done(&ann, "acceptApplication", &apply(&ben, &job).await).await;
    for _ in 0..2 {
        done(&ben, "startJob", &job).await;
        assert_eq!(state(&ann, &job).await, "ASSIGNED", "one side alone cannot");
    }
    let proposed = json!({ "step": "START", "by": { "name": "ben 測試" } });
    assert_eq!(proposal(&ann, &job).await, proposed);
    assert_eq!(proposal(&ben, &job).await, proposed);
    assert_eq!(proposal(&cat, &job).await, Value::Null, "between the two");
    done(&ann, "startJob", &job).await;
    assert_eq!(
        (state(&ben, &job).await.as_str(), proposal(&ben, &job).await),
        ("IN_PROGRESS", Value::Null)
    );
    let told = kinds(&ann, &job).await;
    assert_eq!(told[told.len() - 2..], ["START_PROPOSED", "STARTED"], "said once: {told:?}");
}

#[tokio::test]
async fn on_the_day_in_taiwan_one_side_is_enough() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    // 10 February, 01:00 in Taipei; now it is 7 February, 16:00 there.
    let job = scheduled(&ann, &ben, "2026-02-09T17:00:00Z").await;
    app.advance(TimeDelta::hours(55) + TimeDelta::minutes(59));
    let [ann, ben] = again(&app).await;
    done(&ben, "startJob", &job).await;
    assert_eq!(state(&ann, &job).await, "ASSIGNED", "9 February, 23:59");
    app.advance(TimeDelta::minutes(1));
    done(&ben, "startJob", &job).await;
    assert_eq!(state(&ann, &job).await, "IN_PROGRESS", "midnight, before its hour");
}

#[tokio::test]
async fn a_job_without_a_day_begins_any_time_and_one_whose_day_is_over_too() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let past = scheduled(&ann, &ben, "2026-02-08T02:00:00Z").await;
    app.advance(TimeDelta::days(9));
    let [ann, ben] = again(&app).await;
    let job = post(&ann, json!({})).await;
    done(&ann, "acceptApplication", &apply(&ben, &job).await).await;
    for job in [past, job] {
        done(&ben, "startJob", &job).await;
        assert_eq!(state(&ann, &job).await, "IN_PROGRESS");
    }
}

#[tokio::test]
async fn an_administrator_begins_work_at_once() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = scheduled(&ann, &ben, "2026-02-10T02:00:00Z").await;
    done(&app.admin("root").await, "startJob", &job).await;
    assert_eq!(state(&ann, &job).await, "IN_PROGRESS");
}

#[tokio::test]
async fn a_party_who_is_an_administrator_needs_the_other_side_as_everybody_does() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (root, ben) = (app.admin("root").await, app.member("ben").await);
    let job = scheduled(&root, &ben, "2026-02-10T02:00:00Z").await;
    done(&root, "startJob", &job).await;
    assert_eq!(state(&root, &job).await, "ASSIGNED");
    done(&ben, "startJob", &job).await;
    assert_eq!(state(&root, &job).await, "IN_PROGRESS");
}

#[tokio::test]
async fn a_proposal_ends_with_a_release_and_does_not_count_for_the_next_worker() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben, cat) =
        (app.member("ann").await, app.member("ben").await, app.member("cat").await);
    let job = scheduled(&ann, &ben, "2026-02-10T02:00:00Z").await;
    done(&ann, "startJob", &job).await;
    done_on(&ben, "releaseJob", &job, BECAUSE).await;
    assert_eq!(proposal(&ann, &job).await, Value::Null);
    done(&ann, "acceptApplication", &apply(&cat, &job).await).await;
    done(&cat, "startJob", &job).await;
    assert_eq!(state(&ann, &job).await, "ASSIGNED");
}
