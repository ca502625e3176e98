//! What is taken for a job, and what is said of the rest.

use serde_json::{Value, json};

use super::steps::{fields, job_with, outcome, text};
use crate::support::{Client, Reply, TestApp};

async fn create(client: &Client, changes: Value) -> Reply {
    let mutation = "mutation($input: CreateJobInput!) { createJob(input: $input) { job {
        title description jobType city address estimatedAmount status } } }";
    client.gql(mutation, json!({ "input": job_with(&changes) })).await
}

#[tokio::test]
async fn all_problems_of_a_job_are_told_together() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let reply = create(
        &ann,
        json!({
            "title": " \n ",
            "description": "長".repeat(5_001),
            "jobType": "nonsense",
            "city": "臺".repeat(51),
            "address": "a\u{0}b",
            "estimatedAmount": 10_000_001,
            "scheduledAt": "2026-02-07T08:00:00Z",
            "expiresAt": "2020-01-01T00:00:00Z",
        }),
    )
    .await;
    let json = reply.json();
    assert_eq!(json["errors"].as_array().unwrap().len(), 1);
    let told = json["errors"][0]["extensions"]["fields"].as_array().unwrap().iter();
    let told: Vec<String> = told
        .map(|field| format!("{}: {}", text(&field["path"]), text(&field["message"])))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    title: is required
    description: must have at most 5000 characters
    jobType: must be one of: general, cleaning, moving, repair, delivery, care, tutoring, pet, gardening, event, photography, it
    city: must have at most 50 characters
    address: must not contain control characters
    estimatedAmount: must be between 0 and 10000000
    scheduledAt: must be in the future
    expiresAt: must be in the future
    "#);
}

#[tokio::test]
async fn the_longest_and_the_largest_are_taken_and_one_more_is_not() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    for (field, good, bad) in [
        ("title", json!("界".repeat(100)), json!("界".repeat(101))),
        ("description", json!("界".repeat(5_000)), json!("界".repeat(5_001))),
        ("city", json!("界".repeat(50)), json!("界".repeat(51))),
        ("address", json!("界".repeat(200)), json!("界".repeat(201))),
        ("estimatedAmount", json!(0), json!(-1)),
        ("estimatedAmount", json!(10_000_000), json!(10_000_001)),
        ("scheduledAt", json!("2026-02-07T08:00:00.001Z"), json!("2026-02-07T08:00:00Z")),
    ] {
        assert_eq!(outcome(&create(&ann, json!({ field: good })).await), "ok", "{field}");
        assert_eq!(fields(&create(&ann, json!({ field: bad })).await), [field]);
    }
}

#[tokio::test]
async fn text_is_kept_as_typed_but_for_the_space_around_it() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let job = json!({ "title": "  Ａ臺 ", "description": " 一\n二 ", "city": " 臺北市 ", "publish": false });
    let reply = create(&ann, job).await;
    insta::assert_snapshot!(reply.text, @r#"{"data":{"createJob":{"job":{"title":"Ａ臺","description":"一\n二","jobType":"cleaning","city":"臺北市","address":"台北市信義區信義路五段7號","estimatedAmount":3000,"status":"DRAFT"}}}}"#);
}

#[tokio::test]
async fn what_the_schema_does_not_offer_cannot_be_set() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    for (field, value) in [
        ("ownerId", json!("user_1")),
        ("status", json!("COMPLETED")),
        ("assigneeId", json!("user_1")),
        ("version", json!(7)),
        ("estimatedAmount", json!(1.5)),
        ("estimatedAmount", json!("3000")),
        ("title", json!(null)),
    ] {
        let reply = create(&ann, json!({ field: value })).await;
        assert_eq!(fields(&reply), [format!("input.{field}")], "{value}");
    }
    let register = r#"mutation { register(input: {name: "新人", email: "new@example.com",
        password: "long enough", role: ADMIN}) { user { id } } }"#;
    assert_eq!(anon.code(register, json!({})).await, "GRAPHQL_VALIDATION_FAILED");
}

#[tokio::test]
async fn each_job_type_that_is_offered_is_taken() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let types = anon.data("{ jobTypes { slug labelZh labelEn } }", json!({})).await;
    let types = types["jobTypes"].as_array().unwrap();
    assert_eq!(types.len(), 12);
    for job_type in types {
        let reply = create(&ann, json!({ "jobType": job_type["slug"] })).await;
        assert_eq!(outcome(&reply), "ok", "{job_type}");
    }
}
