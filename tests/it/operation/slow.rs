//! Slow operations have a line of their own, which names the document and repeats nothing of it.

use find_helper::graphql::document::DocumentHash;
use serde_json::{Value, json};

use crate::{
    http::server::{PROMPT, QUERY},
    support::{Process, TestApp},
};

const LOGIN: &str =
    "mutation Canary($input: LoginInput!) { canary: login(input: $input) { token } }";

/// The lines about slow operations of a process with this limit, after a sign-in and a small query.
async fn slow(limit: &str, level: &str) -> (Vec<Value>, String) {
    let (app, _) = TestApp::new().await;
    let flags =
        [PROMPT, "--log-format=json", "--log-level", level, limit, "--argon2-memory-kib=65536"];
    let process = Process::start(&app.settings(&flags));
    let input = json!({ "email": "canary@example.com", "password": "canary password" });
    let login = json!({ "query": LOGIN, "variables": { "input": input } });
    let answer = process.post("/graphql", &login, "tests");
    assert!(answer.contains("INVALID_CREDENTIALS"), "{answer}");
    process.post("/graphql", &serde_json::from_str(QUERY).unwrap(), "tests");
    let (_, log) = process.terminate();
    let lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    (lines.filter(|line| line["fields"]["message"] == "slow operation").collect(), log)
}

#[tokio::test]
async fn a_slow_operation_is_logged_by_the_hash_of_its_document_and_its_root_fields() {
    // Its password hash alone takes that long.
    let (lines, log) = slow("--log-slow-ms=20", "warn").await;
    let line = lines.iter().find(|line| line["fields"]["operation"] == "mutation login");
    let line = &line.unwrap_or_else(|| panic!("no line: {log}"))["fields"];
    assert_eq!(line["document"], DocumentHash::of(LOGIN).to_string());
    assert_eq!(
        (&line["route"], &line["error_code"]),
        (&json!("/graphql"), &json!("INVALID_CREDENTIALS"))
    );
    assert!(
        line["duration_ms"].as_u64().unwrap() >= 20 && line["request_id"].is_string(),
        "{line}"
    );
    assert!(!log.to_lowercase().contains("canary"), "{log}");
}

#[tokio::test]
async fn what_is_not_slow_is_not_logged_as_such_and_0_logs_nothing() {
    assert!(slow("--log-slow-ms=86400000", "info").await.0.is_empty());
    assert!(slow("--log-slow-ms=0", "info").await.0.is_empty());
}
