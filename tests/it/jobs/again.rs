//! Applying again after a withdrawal.

use futures_util::future::join_all;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use crate::{
    jobs::steps::{
        UNLIMITED, apply, done, message, outcome, published, sorted_outcomes, state, try_to_apply,
    },
    support::{Client, TestApp},
};

async fn count(app: &TestApp, table: &str) -> i64 {
    let db = app.services.db.read();
    let sql = format!("SELECT count(*) AS rows FROM {table}");
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await;
    row.unwrap().unwrap().try_get("", "rows").unwrap()
}

/// Applies and withdraws so many times; the id of the application.
async fn rounds(applicant: &Client, job: &str, rounds: usize) -> String {
    let mut id = String::new();
    for _ in 0..rounds {
        id = apply(applicant, job).await;
        done(applicant, "withdrawApplication", &id).await;
    }
    id
}

#[tokio::test]
async fn s20_who_applies_again_sends_the_same_application_with_what_is_said_now() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = published(&ann).await;
    let first = rounds(&ben, &job, 1).await;
    app.advance(chrono::TimeDelta::minutes(3));
    let mutation = "mutation($job: ID!) {
        applyToJob(input: {jobId: $job, message: \"這次可以\", offeredAmount: 7}) { application {
            id message offeredAmount status createdAt } } }";
    let again = ben.data(mutation, json!({ "job": job })).await["applyToJob"]["application"].take();
    assert_eq!(
        again,
        json!({ "id": first, "message": "這次可以", "offeredAmount": 7, "status": "PENDING",
            "createdAt": "2026-02-07T08:03:00.000Z" })
    );
    assert_eq!(outcome(&try_to_apply(&ben, &job).await), "CONFLICT", "once at a time");
    done(&ann, "acceptApplication", &first).await;
    assert_eq!(state(&ann, &job).await, "ASSIGNED");
}

#[tokio::test]
async fn s20_thirty_rounds_are_one_row_and_five_notices() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben, cat) =
        (app.member("ann").await, app.member("ben").await, app.member("cat").await);
    let job = published(&ann).await;
    rounds(&ben, &job, 5).await;
    for _ in 0..25 {
        let refused = try_to_apply(&ben, &job).await;
        assert_eq!(
            (outcome(&refused).as_str(), message(&refused).as_str()),
            ("CONFLICT", "You have applied to this job 5 times, which is as often as one may")
        );
    }
    assert_eq!(count(&app, "applications").await, 1);
    let received = "job_events WHERE kind = 'application_received'";
    assert_eq!(count(&app, received).await, 5);
    apply(&cat, &job).await;
    apply(&ben, &published(&ann).await).await;
}

#[tokio::test]
async fn s20_rows_from_before_count_together_and_the_newest_lives_on() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = published(&ann).await;
    let id = ben.user_id();
    for at in 1..=3 {
        app.execute(&format!(
            "INSERT INTO applications (job_id, applicant_id, message, status, created_at, updated_at)
             VALUES (1, {id}, 'x', 'withdrawn', {at}, {at})"
        ))
        .await;
    }
    assert_eq!(rounds(&ben, &job, 1).await, "application_3");
    let last = apply(&ben, &job).await;
    assert_eq!((last.as_str(), count(&app, "applications").await), ("application_3", 3));
    done(&ben, "withdrawApplication", &last).await;
    assert_eq!(outcome(&try_to_apply(&ben, &job).await), "CONFLICT", "five in all");
}

#[tokio::test(flavor = "multi_thread")]
async fn s20_of_applications_at_once_one_is_sent() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let replica = app.restarted(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = published(&ann).await;
    let doors = [ben.clone(), ben.towards(&replica.router)];
    for round in 0..3 {
        let replies = doors.iter().cycle().take(8).map(|client| try_to_apply(client, &job));
        let replies = join_all(replies).await;
        assert_eq!(sorted_outcomes(&replies), [vec!["CONFLICT"; 7], vec!["ok"]].concat());
        assert_eq!(count(&app, "applications").await, 1, "round {round}");
        done(&ben, "withdrawApplication", "application_1").await;
    }
}
