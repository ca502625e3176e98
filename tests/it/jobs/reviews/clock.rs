//! When a review is seen, and by whom.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{completed, rating, review, reviewed, sees, stars, two};
use crate::jobs::steps::each;

const NOWHERE: [bool; 3] = [false; 3];
const EVERYWHERE: [bool; 3] = [true; 3];

#[tokio::test]
async fn a_review_alone_is_sealed_for_fourteen_days_but_for_its_author_and_administrators() {
    let (app, ann, bob) = two().await;
    app.admin("zoe").await;
    let job = completed(&ann, &bob).await;
    app.advance(TimeDelta::hours(1));
    let ann = app.signed_in("ann@example.com").await;
    let id = reviewed(&ann, &job, 2, "").await;
    for (wait, is_open) in [
        (TimeDelta::zero(), false),
        // It counts from the completion, which was an hour ago.
        (TimeDelta::hours(13 * 24 + 22), false),
        (TimeDelta::hours(1) - TimeDelta::milliseconds(1), false),
        (TimeDelta::milliseconds(1), true),
    ] {
        app.advance(wait);
        let ann = app.signed_in("ann@example.com").await;
        let bob = app.signed_in("bob@example.com").await;
        let zoe = app.signed_in("zoe@example.com").await;
        let at = (&*job, &bob);
        assert_eq!(sees(&ann, &id, at).await, EVERYWHERE, "the author, {wait}");
        assert_eq!(sees(&zoe, &id, at).await, EVERYWHERE, "an administrator, {wait}");
        assert_eq!(sees(&bob, &id, at).await, [is_open; 3], "the reviewed, {wait}");
        let counted = if is_open { stars(2.0, 1) } else { Value::Null };
        for client in [&ann, &bob, &zoe] {
            assert_eq!(rating(client, &bob).await, counted, "{wait}");
        }
    }
}

#[tokio::test]
async fn the_second_review_opens_both_at_once() {
    let (app, ann, bob) = two().await;
    let cat = app.member("cat").await;
    let job = completed(&ann, &bob).await;
    let first = reviewed(&bob, &job, 3, "").await;
    assert_eq!(sees(&ann, &first, (&job, &ann)).await, NOWHERE);
    let second = reviewed(&ann, &job, 5, "").await;
    assert_eq!(sees(&ann, &first, (&job, &ann)).await, EVERYWHERE);
    assert_eq!(sees(&bob, &second, (&job, &bob)).await, EVERYWHERE);
    // Others see the reviews, and not the job.
    assert_eq!(sees(&cat, &first, (&job, &ann)).await, [true, false, true]);
    let query =
        "query($id: ID!) { node(id: $id) { ... on Review { job { id } author { name } } } }";
    let seen = cat.data(query, json!({ "id": first })).await;
    assert_eq!(seen["node"], json!({ "job": null, "author": { "name": "bob 測試" } }));
    assert_eq!(rating(&cat, &ann).await, stars(3.0, 1));
}

#[tokio::test]
async fn whoever_writes_late_is_read_at_once_and_stands_first() {
    let (app, ann, bob) = two().await;
    let (early, late) = (completed(&ann, &bob).await, completed(&ann, &bob).await);
    let one = reviewed(&bob, &early, 3, "").await;
    app.advance(TimeDelta::days(20));
    let bob = app.signed_in("bob@example.com").await;
    let reply = review(&bob, &late, 4, "").await.json();
    let written = &reply["data"]["writeReview"]["review"];
    assert_eq!(written["visibleAt"], "2026-02-27T08:00:00.000Z");
    let query = "query($id: ID!) { user(id: $id) { reviews { totalCount nodes { id } } } }";
    let id = super::of(&ann);
    let page = bob.data(query, json!({ "id": id })).await["user"]["reviews"].take();
    assert_eq!(page["totalCount"], 2);
    assert_eq!(each(&page["nodes"], "id"), [written["id"].clone(), json!(one)]);
}
