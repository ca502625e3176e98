//! PostgreSQL behind PgBouncer in transaction mode, whose few connections change hands.

use axum::http::StatusCode;
use find_helper::domain::store::database::Database;
use futures_util::future::join_all;
use serde_json::json;

use crate::{
    jobs::steps::{UNLIMITED, apply, published},
    support::{
        TestApp,
        config::config,
        database::{fresh, pooler_url, postgres_url, settings},
        folder, patiently,
    },
};

/// The URL of a migrated database behind the pooler; nothing on SQLite.
async fn behind_pooler() -> Option<String> {
    postgres_url()?;
    let direct = fresh(folder().path()).await;
    let (pooler, _) =
        pooler_url().rsplit_once('/').map(|(it, at)| (it.to_owned(), at.to_owned()))?;
    Some(format!("{pooler}/{}", direct.rsplit('/').next()?))
}

#[tokio::test(flavor = "multi_thread")]
async fn f15_behind_a_pooler_in_transaction_mode_everything_works_with_the_setting() {
    let Some(url) = behind_pooler().await else { return };
    let flags = [&["--database-pooler=transaction"], UNLIMITED].concat();
    let (one, two) = (TestApp::at(&url, &flags).await, TestApp::at(&url, &flags).await);
    one.services.db.migrate().await.unwrap();
    assert!(one.services.db.is_migrated().await.unwrap());
    let owner = one.member("ann").await;
    let helpers = join_all((0..4).map(|n| {
        let app = if n % 2 == 0 { &one } else { &two };
        async move { app.member(&format!("helper-{n}")).await }
    }))
    .await;
    // Replicas prepare statements under the same names, and connections go from one to the other.
    let read = "{ jobs(first: 10) { totalCount nodes { id title owner { name jobs { totalCount } } } } jobTypes { slug } }";
    let rounds = (0..20).map(|round| {
        let (owner, helpers, anon) = (&owner, &helpers, two.anon());
        async move {
            let job = published(owner).await;
            apply(&helpers[round % 4], &job).await;
            anon.data(read, json!({})).await;
            assert_eq!(anon.get("/readyz").await.status, StatusCode::OK);
        }
    });
    join_all(rounds).await;
    let jobs = one.anon().data("{ jobs(first: 1) { totalCount } }", json!({})).await;
    assert_eq!(jobs["jobs"]["totalCount"], 20);
}

#[tokio::test]
async fn f15_without_the_setting_the_start_says_what_to_do() {
    let Some(url) = behind_pooler().await else { return };
    let folder = folder();
    let refused = Database::connect(&config(&settings(&url, folder.path(), &[]))).await;
    let error = refused.err().expect("the pooler takes no options");
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains("DATABASE_POOLER=transaction"), "{cause}");
}

#[tokio::test]
async fn f15_statements_behind_a_pooler_have_time_limits_too() {
    let Some(url) = behind_pooler().await else { return };
    // Silence would end the statement too, but not within the time of the test.
    let flags = [
        "--database-pooler=transaction",
        "--database-statement-timeout-ms=200",
        "--database-silence-ms=600000",
    ];
    let app = TestApp::at(&url, &flags).await;
    super::limit::stall_jobs(&app).await;
    let anon = app.anon();
    let refused = patiently(anon.code(super::limit::JOBS, json!({}))).await;
    assert_eq!(refused, "SERVICE_UNAVAILABLE");
    app.anon().data("{ jobTypes { slug } }", json!({})).await;
}
