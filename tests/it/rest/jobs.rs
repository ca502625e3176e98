//! `/api/*` as documented.

use serde_json::{Value, json};

use crate::support::{Client, TestApp};

pub(crate) fn cleaning() -> Value {
    json!({
        "title": "居家清潔",
        "jobType": "general",
        "city": "台北市",
        "address": "台北市信義區信義路五段7號",
        "estimatedAmount": 3000,
    })
}

async fn posted(machine: &Client) -> i64 {
    let reply = machine.post("/api/jobs", cleaning()).await;
    reply.json()["data"]["id"].as_i64().unwrap_or_else(|| panic!("{reply:?}"))
}

#[tokio::test]
async fn posting_a_job_answers_as_the_sample_of_the_contract() {
    let (app, _) = TestApp::new().await;
    let machine = app.machine("ann").await;
    let reply = machine.post("/api/jobs", cleaning()).await;
    assert_eq!(reply.status, 201);
    insta::assert_snapshot!(reply.text, @r#"{"success":true,"data":{"id":1,"title":"居家清潔","jobType":"general","city":"台北市","status":"published","createdAt":"2026-02-07T08:00:00.000Z"}}"#);
}

#[tokio::test]
async fn a_call_without_a_valid_key_answers_as_the_sample_of_the_contract() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    for client in [&anon, &ann] {
        let reply = client.get("/api/jobs").await;
        assert_eq!(reply.status, 401);
        insta::allow_duplicates! {
            insta::assert_snapshot!(reply.text, @r#"{"success":false,"error":{"code":"UNAUTHORIZED","message":"Invalid API credentials"}}"#);
        }
    }
}

#[tokio::test]
async fn a_job_begins_with_the_documented_fields_and_then_tells_the_rest() {
    let (app, _) = TestApp::new().await;
    let machine = app.machine("ann").await;
    let id = posted(&machine).await;
    let reply = machine.get(&format!("/api/jobs/{id}")).await;
    assert_eq!(reply.status, 200);
    insta::assert_snapshot!(reply.text, @r#"{"success":true,"data":{"id":1,"title":"居家清潔","jobType":"general","city":"台北市","status":"published","createdAt":"2026-02-07T08:00:00.000Z","description":"","address":"台北市信義區信義路五段7號","estimatedAmount":3000,"agreedAmount":null,"scheduledAt":null,"expiresAt":null,"version":1,"updatedAt":"2026-02-07T08:00:00.000Z","owner":{"id":"user_1","name":"ann 測試"}}}"#);
}

#[tokio::test]
async fn a_list_is_filtered_by_city_type_and_status_and_empty_parameters_do_not_filter() {
    let (app, _) = TestApp::new().await;
    let machine = app.machine("ann").await;
    posted(&machine).await;
    let count = async |query: &str| {
        let reply = machine.get(&format!("/api/jobs?{query}")).await;
        assert_eq!(reply.status, 200, "{query}: {}", reply.text);
        reply.json()["data"].as_array().unwrap().len()
    };
    assert_eq!(count("city=台北市&jobType=general&status=published").await, 1);
    assert_eq!(count("city=臺北市").await, 1, "both ways to write the city");
    assert_eq!(count("city=高雄市").await, 0);
    assert_eq!(count("jobType=moving").await, 0);
    assert_eq!(count("status=completed").await, 0);
    assert_eq!(count("city=&jobType=&status=").await, 1);
    assert_eq!(count("q=清潔&minAmount=3000&maxAmount=3000&city=Taipei").await, 1);
    assert_eq!(count("q=搬家").await + count("maxAmount=2999").await, 0);
    assert_eq!(count("district=信義區&city=台北市").await + count("district=臺北信義").await, 2);
    assert_eq!(count("district=大安").await, 0);
    assert_eq!(count("district=").await, 1);
    assert_eq!(count("scheduledFrom=2026-01-01T00:00:00Z").await, 0, "it has no time");
    for (name, value) in
        [("minAmount", "cheap"), ("scheduledFrom", "today"), ("district", "大安路")]
    {
        let refused = machine.get(&format!("/api/jobs?{name}={value}")).await;
        assert_eq!(refused.jobs_error(), "400 INVALID_REQUEST");
        assert!(refused.json()["error"]["message"].to_string().contains(name), "{}", refused.text);
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_gaps_or_repetitions() {
    let (app, _) = TestApp::new().await;
    let machine = app.machine("ann").await;
    for _ in 0..5 {
        posted(&machine).await;
    }
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let reply = machine.get(&format!("/api/jobs?limit=2&cursor={cursor}")).await;
        let json = reply.json();
        seen.extend(json["data"].as_array().unwrap().iter().map(|job| job["id"].as_i64().unwrap()));
        let Some(next) = json["pagination"]["nextCursor"].as_str() else {
            assert_eq!(json["pagination"], json!({ "nextCursor": null, "hasMore": false }));
            assert!(!reply.has("link"));
            break;
        };
        assert_eq!(json["pagination"]["hasMore"], true);
        let link =
            format!("<https://gateway.example/api/jobs?limit=2&cursor={next}>; rel=\"next\"");
        assert_eq!(reply.header("link"), link);
        cursor = next.to_owned();
    }
    assert_eq!(seen, [5, 4, 3, 2, 1], "newest first, also among equal times");
}

#[tokio::test]
async fn bad_input_names_every_field_in_the_documented_shape() {
    let (app, _) = TestApp::new().await;
    let machine = app.machine("ann").await;
    let mut job = cleaning();
    job["title"] = json!(" ");
    job["jobType"] = json!("nonsense");
    job["estimatedAmount"] = json!(10_000_001);
    let reply = machine.post("/api/jobs", job).await;
    assert_eq!(reply.jobs_error(), "400 INVALID_REQUEST");
    let message = reply.json()["error"]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("title is required"), "{message}");
    assert!(message.contains("jobType must be one of: general, cleaning"), "{message}");
    assert!(message.contains("estimatedAmount must be between 0 and 10000000"), "{message}");
    for query in ["limit=0", "limit=101", "limit=x", "cursor=x", "status=nonsense"] {
        let reply = machine.get(&format!("/api/jobs?{query}")).await;
        assert_eq!(reply.jobs_error(), "400 INVALID_REQUEST", "{query}");
        let name = query.split('=').next().unwrap();
        assert!(reply.text.contains(&format!("{name} ")), "{query}: {}", reply.text);
    }
}

#[tokio::test]
async fn a_path_that_names_no_job_is_not_found() {
    let (app, _) = TestApp::new().await;
    let machine = app.machine("ann").await;
    for id in ["1", "0", "-1", "x", "01", "99999999999999999999", "%00"] {
        let reply = machine.get(&format!("/api/jobs/{id}")).await;
        assert_eq!(reply.jobs_error(), "404 NOT_FOUND", "{id}");
    }
}

#[tokio::test]
async fn a_job_is_changed_and_called_off() {
    let (app, _) = TestApp::new().await;
    let machine = app.machine("ann").await;
    let id = posted(&machine).await;
    let path = format!("/api/jobs/{id}");
    let changed = machine.patch(&path, json!({ "estimatedAmount": 3500 })).await.json();
    assert_eq!(changed["data"]["estimatedAmount"], 3500);
    assert_eq!(changed["data"]["title"], "居家清潔");
    assert_eq!(changed["data"]["version"], 2);
    let stale = machine.patch(&path, json!({ "title": "別的", "expectedVersion": 1 })).await;
    assert_eq!(stale.jobs_error(), "409 CONFLICT");
    let cancelled = machine.post(&format!("{path}/cancel"), json!({})).await;
    assert_eq!(cancelled.json()["data"]["status"], "cancelled");
    let again = machine.post(&format!("{path}/cancel"), json!({})).await;
    assert_eq!(again.jobs_error(), "409 CONFLICT");
    assert!(again.text.contains("CANCELLED"), "the message names the state: {}", again.text);
}
