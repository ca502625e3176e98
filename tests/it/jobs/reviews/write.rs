//! Who may write which review.

use chrono::TimeDelta;
use find_helper::domain::viewer::Scope;
use serde_json::json;

use super::{completed, of, review, reviewed, two};
use crate::jobs::steps::{apply, assigned, done, fields, message, outcome, published};

#[tokio::test]
async fn each_side_of_a_completed_job_reviews_the_other_once() {
    let (_, ann, bob) = two().await;
    let job = completed(&ann, &bob).await;
    for (author, other) in [(&ann, &bob), (&bob, &ann)] {
        let reply = review(author, &job, 4, " 準時\n有禮貌 ").await;
        let written = &reply.json()["data"]["writeReview"]["review"];
        assert_eq!(written["author"]["id"], of(author));
        assert_eq!(written["reviewed"]["id"], of(other));
        assert_eq!(
            message(&review(author, &job, 5, "").await),
            "You have already reviewed this job"
        );
    }
    let query = "query($id: ID!) { job(by: {id: $id}) { reviews { rating text reply hiddenAt } } }";
    let seen = ann.data(query, json!({ "id": job })).await["job"]["reviews"].take();
    let one = json!({ "rating": 4, "text": "準時\n有禮貌", "reply": null, "hiddenAt": null });
    assert_eq!(seen, json!([one, one]));
}

#[tokio::test]
async fn nobody_else_reviews_a_job_and_strangers_do_not_learn_that_it_exists() {
    let (app, ann, bob) = two().await;
    let (cat, dan, zoe) =
        (app.member("cat").await, app.member("dan").await, app.admin("zoe").await);
    let job = published(&ann).await;
    apply(&cat, &job).await;
    done(&ann, "acceptApplication", &apply(&bob, &job).await).await;
    done(&ann, "startJob", &job).await;
    done(&ann, "completeJob", &job).await;
    for (client, expected) in [(&cat, "FORBIDDEN"), (&zoe, "FORBIDDEN"), (&dan, "NOT_FOUND")] {
        assert_eq!(outcome(&review(client, &job, 5, "").await), expected);
    }
    let (foreign, missing) =
        (review(&dan, &job, 5, "").await, review(&dan, "job_999999", 5, "").await);
    assert_eq!(foreign.text, missing.text);
    assert_eq!(outcome(&review(&app.anon(), &job, 5, "").await), "UNAUTHORIZED");
}

#[tokio::test]
async fn a_job_that_is_not_completed_is_not_reviewed_and_the_conflict_names_its_state() {
    let (app, ann, bob) = two().await;
    let job = assigned(&ann, &bob).await;
    assert!(message(&review(&ann, &job, 5, "").await).contains("ASSIGNED"));
    done(&ann, "startJob", &job).await;
    assert!(message(&review(&bob, &job, 5, "").await).contains("IN_PROGRESS"));
    done(&ann, "completeJob", &job).await;
    let id = reviewed(&ann, &job, 5, "").await;
    // A dispute takes the completion back: what was written stays, and nothing more is.
    app.execute("UPDATE jobs SET status = 'disputed'").await;
    assert!(message(&review(&bob, &job, 5, "").await).contains("DISPUTED"));
    let seen = ann.data("query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
    assert_eq!(seen["node"]["id"], id);
}

#[tokio::test]
async fn stars_and_words_have_bounds() {
    let (_, ann, bob) = two().await;
    let job = completed(&ann, &bob).await;
    for (stars, words, wrong) in [
        (0, String::new(), vec!["rating"]),
        (6, String::new(), vec!["rating"]),
        (-1, "x".repeat(1_001), vec!["rating", "text"]),
        (5, "a\u{7}b".into(), vec!["text"]),
    ] {
        assert_eq!(fields(&review(&ann, &job, stars, &words).await), wrong, "{stars}");
    }
    reviewed(&ann, &job, 1, &"好".repeat(1_000)).await;
    reviewed(&bob, &job, 5, "").await;
}

#[tokio::test]
async fn reviews_are_taken_for_sixty_days_from_the_completion() {
    let (app, ann, bob) = two().await;
    let job = completed(&ann, &bob).await;
    // What counts is when it was completed, not when it changed last.
    app.execute("UPDATE jobs SET completed_at = updated_at, updated_at = updated_at + 864000000")
        .await;
    app.advance(TimeDelta::days(60));
    let ann = app.signed_in("ann@example.com").await;
    reviewed(&ann, &job, 5, "").await;
    app.advance(TimeDelta::milliseconds(1));
    let late = review(&bob_again(&app).await, &job, 5, "").await;
    assert_eq!(outcome(&late), "CONFLICT");
    assert_eq!(message(&late), "Reviews are taken for 60 days after a job is completed");
}

async fn bob_again(app: &crate::support::TestApp) -> crate::support::Client {
    app.signed_in("bob@example.com").await
}

#[tokio::test]
async fn a_key_reviews_for_its_owner_if_it_may_write() {
    let (app, ann, bob) = two().await;
    let (reader, writer) =
        (app.key(&ann, &[Scope::JobsRead]).await, app.key(&ann, &[Scope::JobsWrite]).await);
    let job = completed(&ann, &bob).await;
    assert_eq!(outcome(&review(&reader, &job, 5, "").await), "FORBIDDEN");
    reviewed(&writer, &job, 5, "").await;
    assert_eq!(outcome(&review(&ann, &job, 5, "").await), "CONFLICT");
}

#[tokio::test]
async fn an_event_tells_both_sides_that_one_has_written_and_nobody_what() {
    let (app, ann, bob) = two().await;
    let job = completed(&ann, &bob).await;
    reviewed(&ann, &job, 1, "secret words").await;
    let query = "query($id: ID!) { job(by: {id: $id}) { events(last: 1) { nodes { kind actor { id } } } } }";
    let told = bob.data(query, json!({ "id": job })).await["job"]["events"]["nodes"][0].take();
    assert_eq!(told, json!({ "kind": "REVIEWED", "actor": { "id": of(&ann) } }));
    let log =
        "SELECT (SELECT count(*) FROM job_events WHERE kind = 'reviewed' AND data LIKE '%false%')
        - (SELECT count(*) FROM job_events WHERE data LIKE '%secret%')";
    assert_eq!(app.count(log).await, 1);
}
