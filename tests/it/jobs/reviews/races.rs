//! Two who come at the same moment, in both orders. SQLite has one writer at a time: there is nothing to
//! test there. Whoever comes twice comes to two replicas: one alone would not begin both.

use serde_json::json;
use tokio::task::JoinHandle;

use super::{WRITE, answer, completed, ratings, report, reviewed, two};
use crate::{
    ground::until_waiting,
    jobs::steps::{UNLIMITED, outcome, sorted_outcomes},
    support::{Client, Held, Reply, database::postgres_url},
};

fn writing(author: &Client, job: &str, rating: i64) -> JoinHandle<Reply> {
    let (author, job) = (author.clone(), job.to_owned());
    tokio::spawn(async move {
        let input = json!({ "jobId": job, "rating": rating });
        author.gql(WRITE, json!({ "input": input })).await
    })
}

#[tokio::test]
async fn of_both_sides_who_write_at_once_each_is_read_by_the_other() {
    if postgres_url().is_none() {
        return;
    }
    let (app, ann, bob) = two().await;
    for (first, second) in [(&ann, &bob), (&bob, &ann)] {
        let job = completed(&ann, &bob).await;
        let held = Held::by(&app, "SELECT id FROM jobs FOR UPDATE").await;
        let one = writing(first, &job, 5);
        until_waiting(&app, 1).await;
        let two = writing(second, &job, 5);
        until_waiting(&app, 2).await;
        held.commit().await;
        let replies = [one.await.unwrap(), two.await.unwrap()];
        assert_eq!(sorted_outcomes(&replies), ["ok", "ok"]);
        let sealed = "SELECT count(*) FROM reviews WHERE visible_at > created_at";
        assert_eq!(app.count(sealed).await, 0, "whoever was second opens both");
    }
    let two = json!({ "average": 5.0, "count": 2 });
    assert_eq!(ratings(&ann, &[&ann, &bob]).await, json!([two, two]));
}

#[tokio::test]
async fn of_one_side_that_writes_twice_at_once_one_review_comes() {
    if postgres_url().is_none() {
        return;
    }
    let (app, ann, bob) = two().await;
    let job = completed(&ann, &bob).await;
    let replica = app.restarted(UNLIMITED).await;
    let elsewhere = ann.towards(&replica.router);
    let held = Held::by(&app, "SELECT id FROM jobs FOR UPDATE").await;
    let (one, other) = (writing(&ann, &job, 1), writing(&elsewhere, &job, 2));
    until_waiting(&app, 2).await;
    held.commit().await;
    let replies = [one.await.unwrap(), other.await.unwrap()];
    assert_eq!(sorted_outcomes(&replies), ["CONFLICT", "ok"]);
}

#[tokio::test]
async fn of_two_replies_and_of_two_reports_at_once_one_comes() {
    if postgres_url().is_none() {
        return;
    }
    let (app, ann, bob) = two().await;
    let job = completed(&ann, &bob).await;
    let id = reviewed(&ann, &job, 1, "").await;
    reviewed(&bob, &job, 1, "").await;
    let replica = app.restarted(UNLIMITED).await;
    let elsewhere = bob.towards(&replica.router);
    for is_reply in [true, false] {
        let sent = |bob: &Client| {
            let (bob, id) = (bob.clone(), id.clone());
            tokio::spawn(async move {
                if is_reply { answer(&bob, &id, "x").await } else { report(&bob, &id).await }
            })
        };
        let held = Held::by(&app, "SELECT id FROM reviews FOR UPDATE").await;
        let (one, other) = (sent(&bob), sent(&elsewhere));
        until_waiting(&app, 2).await;
        held.commit().await;
        let replies = [one.await.unwrap(), other.await.unwrap()];
        assert_eq!(sorted_outcomes(&replies), ["CONFLICT", "ok"], "reply: {is_reply}");
    }
}

#[tokio::test]
async fn a_review_that_is_hidden_meanwhile_takes_no_reply_and_no_report() {
    if postgres_url().is_none() {
        return;
    }
    let (app, ann, bob) = two().await;
    let job = completed(&ann, &bob).await;
    let id = reviewed(&ann, &job, 1, "").await;
    reviewed(&bob, &job, 1, "").await;
    let replica = app.restarted(UNLIMITED).await;
    let elsewhere = bob.towards(&replica.router);
    let held = Held::by(&app, "UPDATE reviews SET hidden_at = 1").await;
    let replying = tokio::spawn({
        let (bob, id) = (bob.clone(), id.clone());
        async move { answer(&bob, &id, "x").await }
    });
    let reporting = tokio::spawn(async move { report(&elsewhere, &id).await });
    until_waiting(&app, 2).await;
    held.commit().await;
    for reply in [replying.await.unwrap(), reporting.await.unwrap()] {
        assert_eq!(outcome(&reply), "NOT_FOUND");
    }
}

#[tokio::test]
async fn a_dispute_that_comes_first_leaves_no_review() {
    if postgres_url().is_none() {
        return;
    }
    let (app, ann, bob) = two().await;
    let job = completed(&ann, &bob).await;
    let held = Held::by(&app, "UPDATE jobs SET status = 'disputed'").await;
    let waiting = writing(&ann, &job, 1);
    assert!(held.is_wanted_by(&app, &waiting).await);
    held.commit().await;
    assert_eq!(outcome(&waiting.await.unwrap()), "CONFLICT");
    assert_eq!(app.count("SELECT count(*) FROM reviews").await, 0);
}
