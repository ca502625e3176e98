//! Marking notices read, and which are kept.

use chrono::TimeDelta;
use find_helper::domain::pruning;
use serde_json::{Value, json};

use super::notices;
use crate::{
    jobs::steps::{apply, each, fields, published},
    support::{Client, TestApp},
};

const READ: &str = "mutation($ids: [ID!]!) { markNoticesRead(input: {ids: $ids}) { unreadCount } }";
const READ_ALL: &str =
    "mutation($id: ID) { markAllNoticesRead(input: {upTo: $id}) { unreadCount } }";

/// Ann, who was told three things, and Ben, who was told one.
async fn told() -> (TestApp, Client, Client) {
    let (app, _) = TestApp::new().await;
    let (ann, ben, cat) =
        (app.member("ann").await, app.member("ben").await, app.member("cat").await);
    let job = published(&ann).await;
    apply(&ben, &job).await;
    apply(&cat, &job).await;
    apply(&ann, &published(&ben).await).await;
    apply(&cat, &published(&ann).await).await;
    app.tell().await;
    (app, ann, ben)
}

async fn unread(client: &Client) -> i64 {
    notices(client).await["unreadCount"].as_i64().unwrap()
}

#[tokio::test]
async fn what_is_marked_read_counts_no_more_and_foreign_ids_do_nothing() {
    let (_, ann, ben) = told().await;
    assert_eq!((unread(&ann).await, unread(&ben).await), (3, 1));
    let ids = each(&notices(&ann).await["nodes"], "id");
    let left = ben.data(READ, json!({ "ids": ids })).await;
    assert_eq!(left["markNoticesRead"]["unreadCount"], 1);
    assert_eq!(unread(&ann).await, 3);
    let left = ann.data(READ, json!({ "ids": [ids[0], "notice_999999"] })).await;
    assert_eq!(left["markNoticesRead"]["unreadCount"], 2);
    let query = "{ viewer { notices(unreadOnly: true) { nodes { id } } } }";
    let unread_ids = each(&ann.data(query, json!({})).await["viewer"]["notices"]["nodes"], "id");
    assert_eq!(unread_ids, ids[1..]);
    assert!(!notices(&ann).await["nodes"][0]["readAt"].is_null());
    assert_eq!(fields(&ann.gql(READ, json!({ "ids": ["job_1"] })).await), ["ids"]);
    assert_eq!(fields(&ann.gql(READ, json!({ "ids": vec!["notice_1"; 101] })).await), ["ids"]);
}

#[tokio::test]
async fn marking_all_leaves_what_came_after_the_newest_that_was_shown() {
    let (_, ann, ben) = told().await;
    let ids = each(&notices(&ann).await["nodes"], "id");
    let left = ann.data(READ_ALL, json!({ "id": ids[1] })).await;
    assert_eq!(left["markAllNoticesRead"]["unreadCount"], 1);
    ann.data(READ_ALL, json!({ "id": Value::Null })).await;
    assert_eq!((unread(&ann).await, unread(&ben).await), (0, 1));
}

#[tokio::test]
async fn notices_are_kept_for_ninety_days_and_a_thousand_of_a_person() {
    let (app, ann, ben) = told().await;
    let many =
        (0..1_010).map(|n| format!("({}, 'completed', 'x {n}', 1, 1770451200000)", ann.user_id()));
    let many = many.collect::<Vec<_>>().join(", ");
    let insert = "INSERT INTO notices (user_id, kind, source, job_id, created_at) VALUES";
    app.execute(&format!("{insert} {many}")).await;
    pruning::prune(&app.services).await.unwrap();
    let of = |client: &Client| {
        format!("SELECT count(*) FROM notices WHERE user_id = {}", client.user_id())
    };
    assert_eq!((app.count(&of(&ann)).await, app.count(&of(&ben)).await), (1_000, 1));
    let oldest = "SELECT count(*) FROM notices WHERE source = 'x 1009'";
    assert_eq!(app.count(oldest).await, 1, "the newest stay");
    app.advance(TimeDelta::days(91));
    pruning::prune(&app.services).await.unwrap();
    assert_eq!(app.count("SELECT count(*) FROM notices").await, 0);
}
