//! Work that is reported done, and what comes of the report.

use chrono::TimeDelta;
use find_helper::domain::jobs::job::{complete_due, expire_due};
use serde_json::{Value, json};

use crate::{
    jobs::steps::{UNLIMITED, act, act_on, assigned, dispute, done, done_on, outcome, state},
    support::{Client, TestApp},
};

/// A job whose work Ben says is done.
pub(super) async fn reported(ann: &Client, ben: &Client) -> String {
    let job = assigned(ann, ben).await;
    done(ann, "startJob", &job).await;
    done_on(ben, "reportDone", &job, "").await;
    job
}

async fn times(viewer: &Client, job: &str) -> Value {
    let query = "query($id: ID!) { job(by: {id: $id}) { reportedAt completedAt } }";
    viewer.data(query, json!({ "id": job })).await["job"].take()
}

#[tokio::test]
async fn the_owner_confirms_what_the_worker_reports_or_does_not_wait_for_it() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = reported(&ann, &ben).await;
    assert_eq!(state(&ann, &job).await, "REPORTED_DONE");
    assert_eq!(outcome(&act_on(&ben, "reportDone", &job, "").await), "CONFLICT");
    assert_eq!(outcome(&act(&ben, "completeJob", &job).await), "FORBIDDEN", "not the worker");
    app.advance(TimeDelta::hours(1));
    done(&ann, "completeJob", &job).await;
    assert_eq!(
        times(&ben, &job).await,
        json!({ "reportedAt": "2026-02-07T08:00:00.000Z", "completedAt": "2026-02-07T09:00:00.000Z" })
    );
    let other = assigned(&ann, &ben).await;
    done(&ben, "startJob", &other).await;
    done(&ann, "completeJob", &other).await;
    assert_eq!(state(&ann, &other).await, "COMPLETED");
}

#[tokio::test]
async fn a_report_without_an_answer_completes_the_job_after_72_hours_and_no_other() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (job, disputed) = (reported(&ann, &ben).await, reported(&ann, &ben).await);
    dispute(&ann, &disputed).await;
    let begun = assigned(&ann, &ben).await;
    done(&ann, "startJob", &begun).await;
    app.advance(TimeDelta::hours(72) - TimeDelta::seconds(1));
    assert_eq!(complete_due(&app.services).await.unwrap(), 0);
    app.advance(TimeDelta::seconds(1));
    assert_eq!(expire_due(&app.services).await.unwrap(), 0);
    assert_eq!(complete_due(&app.services).await.unwrap(), 1);
    let (ann, ben) =
        (app.signed_in("ann@example.com").await, app.signed_in("ben@example.com").await);
    let states = [&job, &disputed, &begun];
    let [job_state, disputed_state, begun_state] =
        [state(&ann, states[0]).await, state(&ann, states[1]).await, state(&ann, states[2]).await];
    assert_eq!([job_state, disputed_state, begun_state], ["COMPLETED", "DISPUTED", "IN_PROGRESS"]);
    let query = "query($id: ID!) { job(by: {id: $id}) { events(last: 1) { nodes { kind actor { id } } } } }";
    let last = ben.data(query, json!({ "id": job })).await;
    let by_itself = json!([{ "kind": "COMPLETED", "actor": null }]);
    assert_eq!(last["job"]["events"]["nodes"], by_itself);
}

#[tokio::test]
async fn how_long_a_report_waits_is_a_setting() {
    let (app, _) = TestApp::with(&["--complete-after-hours=1"]).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    reported(&ann, &ben).await;
    app.advance(TimeDelta::hours(1));
    assert_eq!(complete_due(&app.services).await.unwrap(), 1);
}

#[tokio::test]
async fn reported_work_counts_as_done_when_the_account_of_its_owner_is_erased() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = reported(&ann, &ben).await;
    app.execute(&format!("UPDATE users SET erase_at = 1 WHERE id = {}", ann.user_id())).await;
    assert_eq!(find_helper::domain::erasure::erase_due(&app.services).await.unwrap(), 1);
    assert_eq!(state(&ben, &job).await, "COMPLETED");
}
