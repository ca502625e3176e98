//! Reports of reviews, and what administrators do about them.

use chrono::TimeDelta;
use find_helper::entity::audit_event::{self, Kind};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::{about, completed, dismiss, hide, rating, report, reviewed, sees, stars, two};
use crate::{
    jobs::steps::{fields, message, outcome, text},
    support::{Client, TestApp},
};

/// Two reviews that everybody sees: of Bob by Ann, of Ann by Bob.
async fn both(ann: &Client, bob: &Client) -> (String, String, String) {
    let job = completed(ann, bob).await;
    let (of_bob, of_ann) = (reviewed(ann, &job, 1, "").await, reviewed(bob, &job, 5, "").await);
    (job, of_bob, of_ann)
}

async fn reports(admin: &Client) -> Value {
    let query = "{ reviewReports { totalCount nodes { id status reason settledAt review { id }
        reporter { name } } } }";
    admin.data(query, json!({})).await["reviewReports"].take()
}

async fn audited(app: &TestApp, kind: Kind) -> Vec<(Option<i64>, Value)> {
    let events = audit_event::Entity::find().filter(audit_event::Column::Kind.eq(kind));
    let events = events.all(app.services.db.read()).await.unwrap();
    let detail = |text: Option<String>| serde_json::from_str(&text.unwrap()).unwrap();
    events.into_iter().map(|event| (event.user_id, detail(event.detail))).collect()
}

#[tokio::test]
async fn whoever_sees_a_review_reports_it_once_but_not_their_own() {
    let (app, ann, bob) = two().await;
    let (cat, zoe) = (app.member("cat").await, app.admin("zoe").await);
    let job = completed(&ann, &bob).await;
    let id = reviewed(&ann, &job, 1, "").await;
    for client in [&bob, &cat, &zoe] {
        assert_eq!(outcome(&report(client, &id).await), "NOT_FOUND", "it is sealed");
    }
    reviewed(&bob, &job, 5, "").await;
    assert_eq!(message(&report(&ann, &id).await), "You cannot report your own review");
    for client in [&bob, &cat, &zoe] {
        assert_eq!(outcome(&report(client, &id).await), "ok");
        assert_eq!(message(&report(client, &id).await), "You have already reported this review");
    }
    for reason in [String::new(), "x".repeat(501)] {
        let rest = format!(", reason: {}", json!(reason));
        assert_eq!(fields(&about(&bob, "reportReview", &id, &rest).await), ["reason"]);
    }
    assert_eq!(fields(&report(&bob, &job).await), ["reviewId"]);
    assert_eq!(outcome(&report(&app.anon(), &id).await), "UNAUTHORIZED");
    assert_eq!(outcome(&report(&app.machine("dan").await, &id).await), "FORBIDDEN");
    assert_eq!(reports(&zoe).await["totalCount"], 3);
    for client in [&ann, &app.anon()] {
        let reply = client.gql("{ reviewReports { nodes { id } } }", json!({})).await;
        assert_ne!(outcome(&reply), "ok");
    }
}

#[tokio::test]
async fn a_hidden_review_is_gone_for_all_but_its_author_and_administrators_and_does_not_count() {
    let (app, ann, bob) = two().await;
    let (cat, zoe) = (app.member("cat").await, app.admin("zoe").await);
    let (job, id, _) = both(&ann, &bob).await;
    assert_eq!(rating(&cat, &bob).await, stars(1.0, 1));
    assert_eq!(outcome(&report(&cat, &id).await), "ok");
    assert_eq!(outcome(&hide(&zoe, &id).await), "ok");
    assert_eq!(sees(&cat, &id, (&job, &bob)).await, [false; 3]);
    assert_eq!(sees(&bob, &id, (&job, &bob)).await, [false; 3]);
    let query = "query($id: ID!) { node(id: $id) { id } }";
    let seen = app.anon().data(query, json!({ "id": id })).await;
    assert_eq!(seen["node"], Value::Null);
    for client in [&ann, &zoe] {
        assert_eq!(sees(client, &id, (&job, &bob)).await, [true; 3]);
        assert_eq!(rating(client, &bob).await, Value::Null);
        let query = "query($id: ID!) { node(id: $id) { ... on Review { hiddenAt hiddenReason } } }";
        let told = client.data(query, json!({ "id": id })).await["node"].take();
        let at = "2026-02-07T08:00:00.000Z";
        assert_eq!(told, json!({ "hiddenAt": at, "hiddenReason": "insults" }));
    }
    let detail = json!({ "review": id, "reason": "insults" });
    assert_eq!(audited(&app, Kind::ReviewHidden).await, [(Some(ann.user_id()), detail)]);
    assert_eq!(reports(&zoe).await["nodes"][0]["status"], "UPHELD");
    assert_eq!(message(&hide(&zoe, &id).await), "The review is hidden already");
    assert_eq!(outcome(&report(&cat, &id).await), "NOT_FOUND");
}

#[tokio::test]
async fn open_reports_come_first_then_those_that_were_settled_last() {
    let (app, ann, bob) = two().await;
    app.admin("zoe").await;
    let mut ids = Vec::new();
    for _ in 0..4 {
        let (_, id, _) = both(&ann, &bob).await;
        assert_eq!(outcome(&report(&bob, &id).await), "ok");
        ids.push(id);
    }
    let zoe = app.signed_in("zoe@example.com").await;
    assert_eq!(outcome(&hide(&zoe, &ids[3]).await), "ok");
    app.advance(TimeDelta::minutes(1));
    assert_eq!(outcome(&dismiss(&zoe, &ids[1]).await), "ok");
    let found = reports(&zoe).await["nodes"].take();
    let found: Vec<_> =
        found.as_array().unwrap().iter().map(|it| [text(&it["id"]), text(&it["status"])]).collect();
    let expected = [
        ["report_3", "OPEN"],
        ["report_1", "OPEN"],
        ["report_2", "DISMISSED"],
        ["report_4", "UPHELD"],
    ];
    assert_eq!(found, expected);
}

#[tokio::test]
async fn dismissing_leaves_the_review_as_it_is_and_tells_its_author_nothing() {
    let (app, ann, bob) = two().await;
    let (cat, zoe) = (app.member("cat").await, app.admin("zoe").await);
    let (job, id, _) = both(&ann, &bob).await;
    assert_eq!(outcome(&dismiss(&zoe, &id).await), "ok", "there is nothing to dismiss");
    assert_eq!(audited(&app, Kind::ReviewReportsDismissed).await, []);
    assert_eq!(outcome(&report(&cat, &id).await), "ok");
    assert_eq!(outcome(&dismiss(&zoe, &id).await), "ok");
    assert_eq!(
        audited(&app, Kind::ReviewReportsDismissed).await,
        [(None, json!({ "review": id }))]
    );
    assert_eq!(sees(&cat, &id, (&job, &bob)).await, [true, false, true]);
    assert_eq!(rating(&cat, &bob).await, stars(1.0, 1));
    assert_eq!(message(&report(&cat, &id).await), "You have already reported this review");
    assert_eq!(outcome(&dismiss(&zoe, "review_99").await), "NOT_FOUND");
    assert_eq!(outcome(&hide(&zoe, "review_99").await), "NOT_FOUND");
}
