//! Lists of jobs: filters, orders and totals.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{each, fields, post},
    support::{Client, Reply, TestApp},
};

async fn list(client: &Client, filter: Value, order: &str) -> Reply {
    let query = "query($filter: JobFilter, $order: JobOrder!) {
        jobs(filter: $filter, orderBy: $order) { totalCount nodes { title } } }";
    client.gql(query, json!({ "filter": filter, "order": order })).await
}

/// The titles in order, which the total must count.
async fn titles(client: &Client, filter: Value, order: &str) -> String {
    let json = list(client, filter, order).await.json();
    let jobs = &json["data"]["jobs"];
    let titles = each(&jobs["nodes"], "title");
    assert_eq!(jobs["totalCount"], titles.len(), "{json}");
    titles.iter().map(|title| title.as_str().unwrap()).collect()
}

/// Five jobs, an hour apart, of two owners; A first. E is a draft of the second owner.
async fn market() -> (TestApp, Client, Client) {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    for (owner, job) in [
        (&ann, json!({ "title": "A", "city": "台北市", "estimatedAmount": 500 })),
        (&ben, json!({ "title": "B", "city": "臺北市", "estimatedAmount": 100, "jobType": "pet" })),
        (&ann, json!({ "title": "C", "city": "臺 北 市", "estimatedAmount": 500 })),
        (&ann, json!({ "title": "D", "city": "Taipei", "estimatedAmount": 300, "jobType": "pet" })),
        (
            &ben,
            json!({ "title": "E", "city": "ＴＡＩＰＥＩ", "estimatedAmount": 0, "publish": false }),
        ),
    ] {
        post(owner, job).await;
        app.advance(TimeDelta::hours(1));
    }
    (app, ann, ben)
}

#[tokio::test]
async fn all_conditions_of_a_filter_must_hold() {
    let (_, ann, ben) = market().await;
    let ids = [ann.user_id(), ben.user_id()].map(|id| format!("user_{id}"));
    for (filter, found) in [
        (json!(null), "ABCD"),
        (json!({}), "ABCD"),
        (json!({ "city": "臺北市" }), "ABCD"),
        (json!({ "city": " 台北市 " }), "ABCD"),
        (json!({ "city": "台北" }), "ABCD"),
        (json!({ "city": "高雄市" }), ""),
        (json!({ "city": "taipei" }), "ABCD"),
        (json!({ "jobType": "pet" }), "BD"),
        (json!({ "jobType": "nonsense" }), ""),
        (json!({ "jobTypes": ["pet", "cleaning"] }), "ABCD"),
        (json!({ "jobTypes": ["pet"] }), "BD"),
        (json!({ "jobTypes": [] }), "ABCD"),
        (json!({ "owner": ids[0] }), "ACD"),
        (json!({ "owner": ids[1] }), "B"),
        (json!({ "owner": ids[1], "jobType": "cleaning" }), ""),
        (json!({ "minAmount": 300 }), "ACD"),
        (json!({ "maxAmount": 300 }), "BD"),
        (json!({ "minAmount": 300, "maxAmount": 300 }), "D"),
        (json!({ "minAmount": 0, "maxAmount": 10_000_000 }), "ABCD"),
        (json!({ "createdFrom": "2026-02-07T09:00:00Z" }), "BCD"),
        (json!({ "createdFrom": "2026-02-07T17:00:00.001+08:00" }), "CD"),
        (json!({ "createdBefore": "2026-02-07T09:00:00Z" }), "A"),
        (
            json!({ "createdFrom": "2026-02-07T09:00:00Z", "createdBefore": "2026-02-07T11:00:00Z" }),
            "BC",
        ),
        (
            json!({ "createdFrom": "2026-02-07T09:00:00Z", "createdBefore": "2026-02-07T09:00:00Z" }),
            "",
        ),
        (json!({ "status": "PUBLISHED" }), "ABCD"),
        (json!({ "status": "DRAFT" }), ""),
    ] {
        assert_eq!(titles(&ann, filter.clone(), "OLDEST").await, found, "{filter}");
    }
    assert_eq!(titles(&ben, json!({ "status": "DRAFT" }), "OLDEST").await, "E");
    assert_eq!(titles(&ben, json!({ "city": "taipei" }), "OLDEST").await, "ABCDE");
}

#[tokio::test]
async fn each_order_sorts_and_ranks_the_newer_of_equals_higher() {
    let (_, _, ben) = market().await;
    for (order, found) in [
        ("NEWEST", "EDCBA"),
        ("OLDEST", "ABCDE"),
        ("AMOUNT_HIGHEST", "CADBE"),
        ("AMOUNT_LOWEST", "EBDAC"),
        ("SCHEDULED_SOONEST", "ABCDE"),
    ] {
        assert_eq!(titles(&ben, json!({}), order).await, found, "{order}");
    }
}

#[tokio::test]
async fn the_soonest_work_comes_first_and_jobs_without_a_time_come_last() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    for (title, day) in
        [("A", None), ("B", Some(12)), ("C", Some(10)), ("D", Some(12)), ("E", None)]
    {
        let at = day.map(|day| format!("2026-02-{day}T09:00:00+08:00"));
        post(&ann, json!({ "title": title, "scheduledAt": at })).await;
    }
    let from = json!({ "scheduledFrom": "2026-02-11T00:00:00+08:00" });
    let before = json!({ "scheduledBefore": "2026-02-11T00:00:00+08:00" });
    for (filter, found) in [(json!({}), "CBDAE"), (from, "BD"), (before, "C")] {
        assert_eq!(titles(&anon, filter.clone(), "SCHEDULED_SOONEST").await, found, "{filter}");
    }
}

#[tokio::test]
async fn filters_that_cannot_be_meant_are_refused_by_the_name_of_their_field() {
    let (_, ann, _) = market().await;
    for (filter, path) in [
        (json!({ "minAmount": -1 }), "filter.minAmount"),
        (json!({ "maxAmount": 10_000_001 }), "filter.maxAmount"),
        (json!({ "minAmount": 2, "maxAmount": 1 }), "filter.maxAmount"),
        (
            json!({ "createdFrom": "2026-02-02T00:00:00Z", "createdBefore": "2026-02-01T00:00:00Z" }),
            "filter.createdBefore",
        ),
        (json!({ "owner": "job_1" }), "filter.owner"),
        (json!({ "status": "published" }), "filter.status"),
        (json!({ "city": "台".repeat(51) }), "filter.city"),
        (json!({ "jobType": "general\u{1}" }), "filter.jobType"),
    ] {
        assert_eq!(fields(&list(&ann, filter.clone(), "NEWEST").await), [path], "{filter}");
    }
}

#[tokio::test]
async fn an_order_of_null_is_refused_by_its_name() {
    let (_, anon) = TestApp::new().await;
    let query = "query($order: JobOrder) { jobs(orderBy: $order) { totalCount } }";
    let reply = anon.gql(query, json!({ "order": null })).await;
    assert_eq!(fields(&reply), ["order"]);
    assert_eq!(anon.data(query, json!({})).await["jobs"]["totalCount"], 0);
}
