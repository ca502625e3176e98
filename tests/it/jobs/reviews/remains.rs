//! What is left of reviews once an account is erased.

use find_helper::domain::erasure;
use serde_json::{Value, json};

use super::{answer, completed, rating, report, reviewed, stars, two};
use crate::jobs::steps::outcome;

#[tokio::test]
async fn an_erased_author_s_words_are_gone_and_the_stars_count_on() {
    let (app, ann, bob) = two().await;
    let zoe = app.admin("zoe").await;
    let job = completed(&ann, &bob).await;
    let (of_bob, of_ann) =
        (reviewed(&ann, &job, 2, "ann-words").await, reviewed(&bob, &job, 5, "bob-words").await);
    assert_eq!(outcome(&answer(&ann, &of_ann, "ann-reply").await), "ok");
    assert_eq!(outcome(&answer(&bob, &of_bob, "bob-reply").await), "ok");
    assert_eq!(outcome(&report(&ann, &of_ann).await), "ok");
    app.execute(&format!("UPDATE users SET erase_at = 1 WHERE id = {}", ann.user_id())).await;
    assert_eq!(erasure::erase_due(&app.services).await.unwrap(), 1);
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) {
        ... on Review { rating text reply author { name } reviewed { name } } } }";
    let seen = bob.data(query, json!({ "ids": [of_bob, of_ann] })).await["nodes"].take();
    let (erased, bob_s_name) = (json!({ "name": "" }), json!({ "name": "bob 測試" }));
    let expected = json!([
        { "rating": 2, "text": "", "reply": "bob-reply", "author": erased, "reviewed": bob_s_name },
        { "rating": 5, "text": "bob-words", "reply": null, "author": bob_s_name, "reviewed": erased },
    ]);
    assert_eq!(seen, expected);
    assert_eq!(rating(&zoe, &bob).await, stars(2.0, 1));
    let reports = "{ reviewReports { nodes { reason status } } }";
    let reports = zoe.data(reports, json!({})).await["reviewReports"]["nodes"].take();
    assert_eq!(reports, json!([{ "reason": "", "status": "OPEN" }]));
}

#[tokio::test]
async fn an_export_holds_one_s_own_reviews_replies_and_reports_and_no_word_of_others() {
    let (_, ann, bob) = two().await;
    let job = completed(&ann, &bob).await;
    let (by_ann, by_bob) =
        (reviewed(&ann, &job, 2, "ann-words").await, reviewed(&bob, &job, 5, "bob-words").await);
    assert_eq!(outcome(&answer(&ann, &by_bob, "ann-reply").await), "ok");
    assert_eq!(outcome(&answer(&bob, &by_ann, "bob-reply").await), "ok");
    assert_eq!(outcome(&report(&ann, &by_bob).await), "ok");
    let data = ann.data("mutation { exportData { data } }", json!({})).await;
    let data = &data["exportData"]["data"];
    let one = |list: &str| -> Value {
        assert_eq!(data[list].as_array().unwrap().len(), 1, "{list}");
        data[list][0].clone()
    };
    let (review, reply, complaint) = (one("reviews"), one("reviewReplies"), one("reviewReports"));
    assert_eq!((&review["id"], &review["text"]), (&json!(by_ann), &json!("ann-words")));
    assert_eq!((&reply["review"], &reply["reply"]), (&json!(by_bob), &json!("ann-reply")));
    assert_eq!((&complaint["review"], &complaint["reason"]), (&json!(by_bob), &json!("words")));
    let text = data.to_string();
    assert!(!text.contains("bob-words") && !text.contains("bob-reply"), "{text}");
}
