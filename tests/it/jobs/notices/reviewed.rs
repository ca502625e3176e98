//! People are invited once to review, and told once of a review that they can read.

use chrono::TimeDelta;
use find_helper::domain::erasure;

use super::kinds;
use crate::{
    jobs::{
        reviews::{completed, reviewed},
        steps::{BECAUSE, UNLIMITED, act_on, dispute, done_on, outcome},
    },
    support::{Client, TestApp},
};

async fn two() -> (TestApp, [Client; 2]) {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let people = [app.member("ann").await, app.member("bob").await];
    (app, people)
}

/// Time passes, and whoever is to be told of something is.
async fn pass(app: &TestApp, time: TimeDelta) {
    app.advance(time);
    app.tell().await;
    app.tell().await;
}

/// How often each of the two was told of a kind.
async fn told(app: &TestApp, kind: &str) -> [usize; 2] {
    let mut times = [0; 2];
    for (times, name) in times.iter_mut().zip(["ann", "bob"]) {
        let client = app.signed_in(&format!("{name}@example.com")).await;
        *times = kinds(&client).await.iter().filter(|it| *it == kind).count();
    }
    times
}

const WRITE: &str = "REVIEW_TO_WRITE";
const READ: &str = "REVIEW_TO_READ";

#[tokio::test]
async fn a_day_after_completion_both_sides_are_invited_to_review_once() {
    let (app, [ann, bob]) = two().await;
    completed(&ann, &bob).await;
    pass(&app, TimeDelta::hours(23)).await;
    assert_eq!(told(&app, WRITE).await, [0, 0]);
    pass(&app, TimeDelta::minutes(61)).await;
    assert_eq!(told(&app, WRITE).await, [1, 1]);
    for days in [1, 7, 30] {
        pass(&app, TimeDelta::days(days)).await;
        assert_eq!(told(&app, WRITE).await, [1, 1]);
    }
}

#[tokio::test]
async fn whoever_was_invited_by_the_other_s_review_or_has_written_is_not_invited_again() {
    let (app, [ann, bob]) = two().await;
    let job = completed(&ann, &bob).await;
    reviewed(&ann, &job, 5, "").await;
    pass(&app, TimeDelta::zero()).await;
    assert_eq!(told(&app, WRITE).await, [0, 1], "at once");
    pass(&app, TimeDelta::hours(25)).await;
    assert_eq!(told(&app, WRITE).await, [0, 1]);
    // The other way about: first the day, then the review.
    let (ann, bob) =
        (app.signed_in("ann@example.com").await, app.signed_in("bob@example.com").await);
    let job = completed(&ann, &bob).await;
    pass(&app, TimeDelta::hours(25)).await;
    assert_eq!(told(&app, WRITE).await, [1, 2]);
    let ann = app.signed_in("ann@example.com").await;
    reviewed(&ann, &job, 5, "").await;
    pass(&app, TimeDelta::hours(1)).await;
    assert_eq!(told(&app, WRITE).await, [1, 2]);
}

#[tokio::test]
async fn a_review_that_opens_by_itself_is_told_once_and_a_hidden_one_never() {
    let (app, [ann, bob]) = two().await;
    for is_hidden in [false, true] {
        let job = completed(&ann, &bob).await;
        let id = reviewed(&ann, &job, 4, "").await;
        if is_hidden {
            let row = id.trim_start_matches("review_");
            app.execute(&format!("UPDATE reviews SET hidden_at = 1 WHERE id = {row}")).await;
        }
    }
    pass(&app, TimeDelta::days(14)).await;
    assert_eq!(told(&app, READ).await, [0, 0], "it may still be written");
    pass(&app, TimeDelta::minutes(1)).await;
    assert_eq!(told(&app, READ).await, [0, 1]);
    pass(&app, TimeDelta::days(3)).await;
    assert_eq!(told(&app, READ).await, [0, 1]);
}

#[tokio::test]
async fn whoever_opens_both_reviews_by_writing_is_told_of_neither() {
    let (app, [ann, bob]) = two().await;
    let job = completed(&ann, &bob).await;
    reviewed(&ann, &job, 4, "").await;
    reviewed(&bob, &job, 4, "").await;
    pass(&app, TimeDelta::minutes(2)).await;
    assert_eq!(told(&app, READ).await, [1, 0]);
    pass(&app, TimeDelta::days(15)).await;
    assert_eq!(told(&app, READ).await, [1, 0]);
}

#[tokio::test]
async fn who_is_suspended_is_not_invited_and_nobody_is_invited_to_review_the_erased() {
    for (state, people) in [("suspended_at = 1", [0, 1]), ("erase_at = 1", [0, 0])] {
        let (app, [ann, bob]) = two().await;
        completed(&bob, &ann).await;
        app.execute(&format!("UPDATE users SET {state} WHERE id = {}", ann.user_id())).await;
        erasure::erase_due(&app.services).await.unwrap();
        pass(&app, TimeDelta::hours(25)).await;
        let count = |client: &Client| {
            format!(
                "SELECT count(*) FROM notices WHERE kind = 'review_to_write' AND user_id = {}",
                client.user_id()
            )
        };
        let invited = [app.count(&count(&ann)).await, app.count(&count(&bob)).await];
        assert_eq!(invited, people, "{state}");
    }
}

#[tokio::test]
async fn whoever_s_completed_job_was_disputed_is_invited_once_it_is_decided() {
    let (app, [ann, bob]) = two().await;
    app.admin("zoe").await;
    let [kept, lost] = [completed(&ann, &bob).await, completed(&ann, &bob).await];
    dispute(&bob, &kept).await;
    dispute(&bob, &lost).await;
    pass(&app, TimeDelta::days(3)).await;
    assert_eq!(told(&app, WRITE).await, [0, 0]);
    let zoe = app.signed_in("zoe@example.com").await;
    done_on(&zoe, "resolveDispute", &kept, &format!("{BECAUSE}, outcome: COMPLETED")).await;
    let reply =
        act_on(&zoe, "resolveDispute", &lost, &format!("{BECAUSE}, outcome: CANCELLED")).await;
    assert_eq!(outcome(&reply), "ok");
    pass(&app, TimeDelta::days(2)).await;
    assert_eq!(told(&app, WRITE).await, [1, 1]);
}

#[tokio::test]
async fn after_a_long_pause_nothing_is_missed_and_what_nobody_can_review_any_more_is_not_told() {
    let (app, [ann, bob]) = two().await;
    completed(&ann, &bob).await;
    app.advance(TimeDelta::days(50));
    let (ann, bob) =
        (app.signed_in("ann@example.com").await, app.signed_in("bob@example.com").await);
    completed(&ann, &bob).await;
    pass(&app, TimeDelta::days(15)).await;
    assert_eq!(told(&app, WRITE).await, [1, 1]);
}
