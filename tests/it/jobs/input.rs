//! What is taken for a job, and what is said of the rest.

use find_helper::domain::viewer::Scope;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{UNLIMITED, fields, job_with, outcome, published, text},
    rest::jobs::cleaning,
    support::{Client, Reply, TestApp},
};

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

const TOO_FAR: [&str; 3] =
    ["9999-12-31T23:59:59-23:59", "9999-12-31T23:59:59Z", "2036-02-07T08:00:00.001Z"];
const PAST: [&str; 3] =
    ["0000-01-01T00:00:00+23:59", "1969-12-31T23:59:59Z", "2026-02-07T08:00:00Z"];
const FAR: [&str; 2] = ["2036-02-07T08:00:00Z", "2036-02-07T23:59:00+15:59"];

#[tokio::test]
async fn s11_a_moment_that_is_stored_is_ahead_and_within_ten_years() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let ann = app.member("ann").await;
    let program = app.key(&ann, Scope::ALL).await;
    let job = published(&ann).await;
    let number = job.strip_prefix("job_").unwrap();
    let update = "mutation($input: UpdateJobInput!) { updateJob(input: $input) { job { id } } }";
    for field in ["scheduledAt", "expiresAt"] {
        for moment in TOO_FAR.into_iter().chain(PAST) {
            let change = json!({ field: moment });
            assert_eq!(fields(&create(&ann, change.clone()).await), [field], "{moment}");
            let input = json!({ "input": { "id": job, field: moment } });
            assert_eq!(fields(&ann.gql(update, input).await), [field], "{moment}");
            let mut rest = cleaning();
            rest[field] = moment.into();
            let posted = program.post("/api/jobs", rest).await;
            assert_eq!(posted.jobs_error(), "400 INVALID_REQUEST", "{moment}");
            let patched = program.patch(&format!("/api/jobs/{number}"), change).await;
            assert_eq!(patched.jobs_error(), "400 INVALID_REQUEST", "{moment}");
        }
        for moment in FAR {
            let reply = create(&ann, json!({ field: moment })).await;
            assert_eq!(outcome(&reply), "ok", "{moment}");
        }
    }
}

#[tokio::test]
async fn s11_what_is_printed_is_rfc_3339_whatever_is_stored_and_filters_take_every_moment() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let ann = app.member("ann").await;
    let program = app.key(&ann, Scope::ALL).await;
    for _ in 0..3 {
        published(&ann).await;
    }
    // What an older release took.
    app.execute("UPDATE jobs SET scheduled_at = 253402387139000, expires_at = NULL").await;
    app.execute("UPDATE jobs SET created_at = -62167305540000 WHERE id = 2").await;
    app.execute("UPDATE jobs SET created_at = 253402387139000 WHERE id = 3").await;
    let query = "query($filter: JobFilter, $after: String) { jobs(first: 1, filter: $filter,
        after: $after) { totalCount nodes { scheduledAt createdAt } pageInfo { endCursor } } }";
    let mut after = Value::Null;
    let mut created = Vec::new();
    for _ in 0..3 {
        let page = ann.data(query, json!({ "after": after })).await["jobs"].take();
        assert_eq!(page["nodes"][0]["scheduledAt"], "9999-12-31T23:59:59.999Z");
        created.push(text(&page["nodes"][0]["createdAt"]));
        after = page["pageInfo"]["endCursor"].clone();
    }
    let today = "2026-02-07T08:00:00.000Z";
    assert_eq!(created, ["9999-12-31T23:59:59.999Z", today, "0000-01-01T00:00:00.000Z"]);
    for (name, moment, found) in [
        ("createdFrom", "0000-01-01T00:00:00+23:59", 3),
        ("createdFrom", "0000-01-01T00:00:00Z", 2),
        ("createdFrom", "9999-12-31T23:59:59-23:59", 1),
        ("createdBefore", "9999-12-31T23:59:59-23:59", 2),
        ("createdBefore", "1969-12-31T23:59:59Z", 1),
    ] {
        let data = ann.data(query, json!({ "filter": { name: moment } })).await;
        assert_eq!(data["jobs"]["totalCount"], found, "{name} {moment}");
    }
    let events =
        "query($from: DateTime) { auditEvents(filter: {createdFrom: $from}) { totalCount } }";
    let admin = app.admin("root").await;
    let far = json!({ "from": "9999-12-31T23:59:59-23:59" });
    assert_eq!(admin.data(events, far).await["auditEvents"]["totalCount"], 0);
    let list = program.get("/api/jobs?limit=50").await.text;
    assert!(list.contains("9999-12-31T23:59:59.999Z") && !list.contains("+10000"), "{list}");
    let all = ann.data("mutation { exportData { data } }", json!({})).await.to_string();
    assert!(all.contains("9999-12-31T23:59:59.999Z") && !all.contains("+10000"), "{all}");
}
