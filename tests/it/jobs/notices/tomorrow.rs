//! What is to happen tomorrow is told once.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::kinds;
use crate::{
    jobs::steps::{apply, done, post},
    support::{Client, TestApp},
};

/// A job that begins and expires in this many hours.
async fn in_hours(owner: &Client, app: &TestApp, hours: i64) -> String {
    let at: Value = (app.clock.now() + TimeDelta::hours(hours)).to_rfc3339().into();
    post(owner, json!({ "scheduledAt": at, "expiresAt": at })).await
}

#[tokio::test]
async fn an_owner_is_told_a_day_before_that_nobody_has_the_job_yet() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    in_hours(&ann, &app, 30).await;
    let assigned = in_hours(&ann, &app, 200).await;
    app.tell().await;
    app.advance(TimeDelta::hours(5));
    app.tell().await;
    assert!(kinds(&ann).await.is_empty(), "it is more than a day");
    app.advance(TimeDelta::minutes(61));
    app.tell().await;
    assert_eq!(kinds(&ann).await, ["JOB_EXPIRES_TOMORROW"]);
    for _ in 0..3 {
        app.advance(TimeDelta::minutes(10));
        app.tell().await;
    }
    assert_eq!(kinds(&ann).await.len(), 1, "once");
    done(&ann, "cancelJob", &assigned).await;
    app.advance(TimeDelta::hours(180));
    app.tell().await;
    let all = app.count("SELECT count(*) FROM notices").await;
    assert_eq!(all, 1, "what is called off does not expire");
}

#[tokio::test]
async fn both_sides_are_reminded_a_day_before_the_work_also_after_a_pause() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    app.tell().await;
    let job = in_hours(&ann, &app, 40).await;
    let past = in_hours(&ann, &app, 4).await;
    for job in [&job, &past] {
        done(&ann, "acceptApplication", &apply(&ben, job).await).await;
    }
    app.tell().await;
    // Nobody looks for twenty hours; one of the two has begun by then.
    app.advance(TimeDelta::hours(20));
    app.tell().await;
    app.tell().await;
    let reminders =
        |kinds: Vec<String>| kinds.iter().filter(|it| *it == "SCHEDULED_TOMORROW").count();
    assert_eq!(reminders(kinds(&ann).await), 1);
    assert_eq!(reminders(kinds(&ben).await), 1);
}

#[tokio::test]
async fn however_many_jobs_expire_at_the_same_moment_each_owner_is_told_of_each() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    app.tell().await;
    let at = (app.clock.now() + TimeDelta::hours(25)).timestamp_millis();
    for (owner, count) in [(ann.user_id(), 120), (ben.user_id(), 230)] {
        app.execute(&format!(
            "INSERT INTO jobs (owner_id, title, description, job_type, city, city_folded, address,
                estimated_amount, status, version, created_at, updated_at, expires_at)
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
             SELECT {owner}, 'x', '', 'general', 'x', 'x', 'x', 1, 'published', 1, i, i, {at} FROM n"
        ))
        .await;
    }
    for _ in 0..3 {
        app.advance(TimeDelta::hours(2));
        app.tell().await;
    }
    let told = "SELECT count(*) FROM notices WHERE kind = 'job_expires_tomorrow'";
    assert_eq!(app.count(told).await, 350);
    assert_eq!(app.count(&told.replace('*', "DISTINCT source")).await, 350);
}
