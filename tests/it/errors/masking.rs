//! Whatever fails inside, nothing of it leaves the gateway.

use axum::http::Method;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{World, ask, bare};
use crate::{
    rest::jobs::cleaning,
    support::{PASSWORD, Reply, TestApp},
};

/// Words of databases, libraries, files and types.
const LEAKS: &[&str] = &[
    "sql",
    "no such",
    "relation",
    "table",
    "column",
    "constraint",
    "pool",
    "::",
    ".rs",
    "src/",
    "/tmp",
    "panick",
    "dberr",
    "hidden_",
    "query error",
    "execution error",
    "argon",
];

const TABLES: &[&str] = &[
    "users",
    "sessions",
    "refresh_tokens",
    "mail_tokens",
    "api_keys",
    "job_types",
    "jobs",
    "applications",
    "job_events",
    "outbox",
];

/// Something of everything that reads or writes rows.
async fn attempts(World { anon, ann, machine, .. }: &World) -> Vec<Reply> {
    let person = json!({ "name": "安安", "email": "new@example.com", "password": PASSWORD });
    let login = json!({ "email": "ann@example.com", "password": PASSWORD });
    let refresh = json!({ "refresh_token": ann.refresh_token() });
    let resend = "mutation { resendVerification(input: {email: \"new@example.com\"}) { ok } }";
    let apply = "mutation { applyToJob(input: {jobId: \"job_1\"}) { application { id } } }";
    let key = "mutation { createApiKey(input: {name: \"k\", scopes: [JOBS_READ]}) { secret } }";
    let all = "{ viewer { id } apiKeys { nodes { id } } jobTypes { slug }
        jobs(first: 2) { totalCount nodes { owner { name jobs { totalCount } }
            applications { totalCount } events { nodes { kind } } } } }";
    vec![
        anon.post("/register", person).await,
        anon.post("/login", login).await,
        anon.post("/refresh", refresh.clone()).await,
        anon.get("/verify?token=x").await,
        ann.get("/user").await,
        machine.get("/api/jobs").await,
        machine.get("/api/jobs/1").await,
        machine.post("/api/jobs", cleaning()).await,
        machine.patch("/api/jobs/1", json!({ "title": "新的" })).await,
        machine.post("/api/jobs/1/cancel", json!({})).await,
        ask(ann, all, json!({})).await,
        ask(ann, apply, json!({})).await,
        ask(ann, key, json!({})).await,
        ask(anon, resend, json!({})).await,
        bare(anon, Method::GET, "/readyz").await,
        bare(ann, Method::POST, "/logout").await,
    ]
}

fn without_tokens(text: &str) -> String {
    let of_token = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    text.split_inclusive('"')
        .filter(|word| word.len() < 32 || !word.trim_end_matches('"').chars().all(of_token))
        .collect()
}

pub(super) fn assert_masked(reply: &Reply, cause: &str) {
    // Where in the client's own document something failed is no secret, and random tokens may
    // spell anything.
    let text = without_tokens(&reply.text).to_lowercase().replace("\"column\":", "");
    for leak in LEAKS {
        assert!(!text.contains(leak), "{cause}: {leak:?} in {}", reply.text);
    }
    assert!(!reply.header("x-request-id").is_empty());
}

#[tokio::test]
async fn a_missing_table_is_an_internal_error_that_tells_nothing_of_the_table() {
    for table in TABLES {
        let world = World::new(&[]).await;
        let db = world.app.services.db.write();
        let hide = format!("ALTER TABLE {table} RENAME TO hidden_{table}");
        db.execute_unprepared(&hide).await.unwrap();
        let replies = attempts(&world).await;
        let failed = replies.iter().filter(|reply| reply.text.contains("INTERNAL")).count();
        assert!(failed > 0, "nothing needs {table}");
        for reply in &replies {
            assert_masked(reply, table);
        }
    }
}

#[tokio::test]
async fn a_database_that_is_away_is_unavailable_and_tells_nothing_of_itself() {
    let world = World::new(&[]).await;
    world.app.services.db.clone().close().await.unwrap();
    for reply in attempts(&world).await {
        assert_masked(&reply, "closed");
        assert!(!reply.text.contains("INTERNAL"), "{}", reply.text);
    }
}

#[tokio::test]
async fn a_failure_of_one_field_leaves_the_others_and_the_request_id_leads_to_the_log() {
    let World { app, ann, .. } = World::new(&[]).await;
    let hide = "ALTER TABLE job_events RENAME TO hidden_job_events";
    app.services.db.write().execute_unprepared(hide).await.unwrap();
    let query = "{ job(by: {databaseId: 1}) { title events { nodes { kind } } } }";
    let reply = ask(&ann, query, json!({})).await;
    let json = reply.json();
    assert_eq!(json["data"]["job"], json!({ "title": "居家清潔", "events": null }));
    assert_eq!(json["errors"][0]["path"], json!(["job", "events"]));
    assert_eq!(json["errors"][0]["extensions"], json!({ "code": "INTERNAL_ERROR" }));
}

#[tokio::test]
async fn an_operation_that_fails_inside_leaves_nothing_half_done() {
    let (app, anon) = TestApp::new().await;
    let rename = async |from: &str, to: &str| {
        let statement = format!("ALTER TABLE {from} RENAME TO {to}");
        app.services.db.write().execute_unprepared(&statement).await.unwrap();
    };
    let machine = app.machine("ann").await;
    let written = app.table_of_new_events();
    rename(written, "hidden").await;
    let failed = machine.post("/api/jobs", cleaning()).await;
    assert_eq!(failed.jobs_error(), "500 INTERNAL_SERVER_ERROR");
    rename("hidden", written).await;
    assert_eq!(machine.get("/api/jobs").await.json()["data"], json!([]));
    drop(anon);
}
