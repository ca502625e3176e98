//! What the files of the database keep of people who are gone.

use chrono::TimeDelta;
use find_helper::{domain::erasure, entity::job};
use sea_orm::{DbBackend, EntityTrait};
use serde_json::json;

use super::{DELETE, register, row, token};
use crate::{
    jobs::steps::{UNLIMITED, job_with, published},
    support::{PASSWORD, TestApp},
};

/// In every text that a person leaves.
const CANARY: &str = "kanarienvogel";

/// The bytes of the database's files; on `PostgreSQL` there are none that a test could read.
fn files(app: &TestApp) -> Vec<u8> {
    let read = |name| std::fs::read(app.folder().join(name)).unwrap_or_default();
    [read("test.db"), read("test.db-wal")].concat()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Other people among whom one is to be forgotten, so many that pages are split.
async fn crowd(app: &TestApp, name: &str) {
    app.execute(&format!(
        "INSERT INTO users (name, email, email_canonical, password_hash, role, created_at, updated_at)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
        SELECT 'x', e, e, 'x', 'user', 1, 1
        FROM (SELECT (i * 7919 % 1000) || '{name}@example.com' AS e FROM n) AS people"
    ))
    .await;
    app.execute(
        "INSERT INTO jobs (owner_id, title, description, job_type, city, city_folded, address,
            estimated_amount, status, version, created_at, updated_at)
        SELECT id, 'x', 'a longer description of this job', 'general', email, email, 'x',
            1, 'published', 1, 1, 1
        FROM users",
    )
    .await;
}

#[tokio::test]
async fn s13_after_an_account_is_erased_neither_rows_nor_files_hold_what_its_owner_wrote() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    crowd(&app, "a").await;
    let (bird, bob) = (app.member(CANARY).await, app.member("bob").await);
    let profile = format!(
        "mutation {{ updateProfile(input: {{name: \"{CANARY}\", phone: \"0987 123 4567\"}}) {{ user {{ id }} }} }}"
    );
    bird.data(&profile, json!({})).await;
    let key = format!(
        "mutation {{ createApiKey(input: {{name: \"{CANARY}\", scopes: [JOBS_READ]}}) {{ secret }} }}"
    );
    bird.data(&key, json!({})).await;
    let hash = row(&app, bird.user_id()).await.password_hash;
    let post = "mutation($input: CreateJobInput!) { createJob(input: $input) { job { id } } }";
    for n in 0..40 {
        let mut job = job_with(&json!({ "publish": n % 2 == 0 }));
        for field in ["title", "description", "city", "address"] {
            job[field] = format!("{n} {CANARY} {field}").into();
        }
        bird.data(post, json!({ "input": job })).await;
    }
    let job = published(&bob).await;
    let message = "mutation($job: ID!, $message: String) { applyToJob(input:
        {jobId: $job, message: $message}) { application { id } } }";
    bird.data(message, json!({ "job": job, "message": CANARY })).await;
    crowd(&app, "b").await;
    app.execute("ANALYZE").await;
    while app.send_mails().await > 0 {}
    let left = [CANARY, "0987 123 4567", &hash];
    let before = files(&app);
    bird.data(DELETE, json!({ "password": PASSWORD })).await;
    app.advance(TimeDelta::days(14));
    assert_eq!(erasure::erase_due(&app.services).await.unwrap(), 1);
    // The last word to its owner still has to find them.
    while app.send_mails().await > 0 {}
    erasure::empty_log(&app.services).await.unwrap();
    let rows = job::Entity::find().all(app.services.db.read()).await.unwrap();
    assert!(!format!("{rows:?}").contains(CANARY), "cities too");
    if app.services.db.backend() != DbBackend::Sqlite {
        // What its files keep, and for how long, is in docs/security.md.
        return;
    }
    for text in left {
        assert!(holds(&before, text), "{text} was there");
        assert!(!holds(&files(&app), text), "{text} is still there");
    }
    assert!(holds(&files(&app), "bob@example.com"), "others are not forgotten");
}

#[tokio::test]
async fn s13_a_rejected_registration_leaves_nothing_in_the_files() {
    let (app, anon) = TestApp::new().await;
    if app.services.db.backend() != DbBackend::Sqlite {
        // There are no files to look at: the rows are looked at above.
        return;
    }
    crowd(&app, "a").await;
    let email = format!("{CANARY}@example.com");
    assert_eq!(register(&app, &email, PASSWORD).await.status, 200);
    let hash = row(&app, 301).await.password_hash;
    crowd(&app, "b").await;
    app.execute("ANALYZE").await;
    let reject = token(&app, &email, "reject").await;
    let before = files(&app);
    let mutation = "mutation($t: String!) { rejectRegistration(input: {token: $t}) { ok } }";
    anon.data(mutation, json!({ "t": reject })).await;
    for text in [&email, &hash] {
        assert!(holds(&before, text), "{text} was there");
        assert!(!holds(&files(&app), text), "{text} is still there");
    }
}
