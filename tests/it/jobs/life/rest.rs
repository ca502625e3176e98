//! What clients of the documented jobs API see of states that came later.

use find_helper::domain::viewer::Scope;
use serde_json::json;

use super::report::reported;
use crate::{
    jobs::steps::{UNLIMITED, assigned, dispute, done, state},
    support::TestApp,
};

#[tokio::test]
async fn states_that_the_contract_does_not_know_are_work_in_progress_there() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let machine = app.key(&ann, Scope::ALL).await;
    let (job, disputed) = (reported(&ann, &ben).await, reported(&ann, &ben).await);
    dispute(&ben, &disputed).await;
    for job in [&job, &disputed] {
        let number = job.strip_prefix("job_").unwrap();
        let one = machine.get(&format!("/api/jobs/{number}")).await.json();
        assert_eq!(one["data"]["status"], "in_progress");
        assert_eq!(one["data"]["agreedAmount"], 3_000);
    }
    let list = machine.get("/api/jobs").await.json();
    for job in list["data"].as_array().unwrap() {
        assert_eq!(job["status"], "in_progress");
    }
    for status in ["reported_done", "disputed"] {
        let list = machine.get(&format!("/api/jobs?status={status}")).await.json();
        assert_eq!(list["data"].as_array().unwrap().len(), 1, "{status}");
        assert_eq!(list["data"][0]["status"], "in_progress");
    }
}

#[tokio::test]
async fn cancelling_there_never_proposes() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let machine = app.key(&ann, Scope::ALL).await;
    let job = assigned(&ann, &ben).await;
    done(&ben, "startJob", &job).await;
    let path = format!("/api/jobs/{}/cancel", job.strip_prefix("job_").unwrap());
    let refused = machine.post(&path, json!({})).await;
    assert_eq!(refused.jobs_error(), "409 CONFLICT");
    let query = "query($id: ID!) { job(by: {id: $id}) { proposal { step } } }";
    assert_eq!(ann.data(query, json!({ "id": job })).await["job"]["proposal"], json!(null));
    assert_eq!(state(&ann, &job).await, "IN_PROGRESS");
}
