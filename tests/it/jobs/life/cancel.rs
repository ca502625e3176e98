//! Calling a job off after its work has begun.

use serde_json::{Value, json};

use super::{report::reported, start::proposal};
use crate::{
    jobs::steps::{UNLIMITED, act, assigned, done, done_on, message, outcome, state},
    support::TestApp,
};

#[tokio::test]
async fn once_work_has_begun_both_sides_call_it_off() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    for (first, second) in [(&ann, &ben), (&ben, &ann)] {
        let begun = assigned(&ann, &ben).await;
        done(&ann, "startJob", &begun).await;
        for job in [begun, reported(&ann, &ben).await] {
            let before = state(first, &job).await;
            for _ in 0..2 {
                done(first, "cancelJob", &job).await;
                assert_eq!(state(second, &job).await, before, "one side alone cannot");
            }
            assert_eq!(proposal(second, &job).await["step"], "CANCEL");
            done(second, "cancelJob", &job).await;
            assert_eq!(state(first, &job).await, "CANCELLED");
            assert_eq!(proposal(second, &job).await, Value::Null);
        }
    }
}

#[tokio::test]
async fn an_administrator_calls_it_off_at_once() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = reported(&ann, &ben).await;
    done(&app.admin("root").await, "cancelJob", &job).await;
    assert_eq!(state(&ann, &job).await, "CANCELLED");
}

#[tokio::test]
async fn before_that_the_worker_may_not_and_the_owner_needs_nobody() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = assigned(&ann, &ben).await;
    assert_eq!(outcome(&act(&ben, "cancelJob", &job).await), "FORBIDDEN");
    done(&ann, "cancelJob", &job).await;
    assert_eq!(state(&ben, &job).await, "CANCELLED");
}

#[tokio::test]
async fn a_report_ends_the_proposal_to_call_the_job_off() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = assigned(&ann, &ben).await;
    done(&ann, "startJob", &job).await;
    done(&ann, "cancelJob", &job).await;
    done_on(&ben, "reportDone", &job, "").await;
    assert_eq!(proposal(&ann, &job).await, Value::Null);
    done(&ben, "cancelJob", &job).await;
    assert_eq!(state(&ann, &job).await, "REPORTED_DONE", "Ann has to say so again");
}

#[tokio::test]
async fn who_does_not_want_to_propose_is_refused_unless_the_other_side_agrees() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = reported(&ann, &ben).await;
    let mutation =
        "mutation($id: ID!) { cancelJob(input: {id: $id}, orPropose: false) { job { status } } }";
    let refused = ann.gql(mutation, json!({ "id": job })).await;
    assert_eq!(message(&refused), "The job is REPORTED_DONE, which does not allow this");
    assert_eq!(proposal(&ann, &job).await, Value::Null);
    done(&ben, "cancelJob", &job).await;
    let data = ann.data(mutation, json!({ "id": job })).await;
    assert_eq!(data["cancelJob"]["job"]["status"], "CANCELLED");
}
