//! Replies to reviews.

use serde_json::json;

use super::{answer, completed, hide, reviewed, two};
use crate::jobs::steps::{fields, message, outcome};

#[tokio::test]
async fn the_reviewed_person_replies_once_to_what_everybody_sees() {
    let (app, ann, bob) = two().await;
    let cat = app.member("cat").await;
    let job = completed(&ann, &bob).await;
    let id = reviewed(&ann, &job, 2, "").await;
    assert_eq!(outcome(&answer(&bob, &id, "x").await), "NOT_FOUND", "it is sealed");
    assert_eq!(answer(&bob, &id, "x").await.text, answer(&bob, "review_99", "x").await.text);
    reviewed(&bob, &job, 5, "").await;
    for client in [&ann, &cat] {
        assert_eq!(outcome(&answer(client, &id, "x").await), "FORBIDDEN");
    }
    for words in [String::new(), " \n".into(), "x".repeat(1_001)] {
        assert_eq!(fields(&answer(&bob, &id, &words).await), ["text"], "{words:?}");
    }
    assert_eq!(outcome(&answer(&bob, &id, " 謝謝\n指教 ").await), "ok");
    assert_eq!(message(&answer(&bob, &id, "x").await), "You have already replied to this review");
    let query = "query($id: ID!) { node(id: $id) { ... on Review { reply repliedAt } } }";
    let seen = cat.data(query, json!({ "id": id })).await["node"].take();
    assert_eq!(seen, json!({ "reply": "謝謝\n指教", "repliedAt": "2026-02-07T08:00:00.000Z" }));
}

#[tokio::test]
async fn an_administrator_cannot_reply_before_others_could_nor_after_it_was_hidden() {
    let (app, ann, _) = two().await;
    let (zoe, yan) = (app.admin("zoe").await, app.admin("yan").await);
    let job = completed(&ann, &zoe).await;
    let id = reviewed(&ann, &job, 2, "").await;
    assert_eq!(outcome(&answer(&zoe, &id, "x").await), "NOT_FOUND");
    reviewed(&zoe, &job, 5, "").await;
    assert_eq!(outcome(&hide(&yan, &id).await), "ok");
    assert_eq!(outcome(&answer(&zoe, &id, "x").await), "NOT_FOUND");
}
