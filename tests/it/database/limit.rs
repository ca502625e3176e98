//! Statements end at their time limit.

use axum::http::StatusCode;
use find_helper::domain::store::asker::Asker;
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::json;

use crate::{jobs::steps::published, support::TestApp};

pub(super) const JOBS: &str = "{ jobs(first: 5) { nodes { id } } }";

/// A query that nobody waits for.
pub(super) fn endless(app: &TestApp) -> &'static str {
    match app.services.db.backend() {
        DbBackend::Sqlite => {
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        }
        _ => "SELECT count(pg_sleep(3600))",
    }
}

/// From now on whoever reads jobs waits for ever.
pub(super) async fn stall_jobs(app: &TestApp) {
    published(&app.member("ann").await).await;
    app.execute("ALTER TABLE jobs RENAME TO slow_jobs").await;
    let endless = endless(app);
    app.execute(&format!("CREATE VIEW jobs AS SELECT * FROM slow_jobs WHERE ({endless}) > 0"))
        .await;
}

async fn release_jobs(app: &TestApp) {
    app.execute("DROP VIEW jobs").await;
    app.execute("ALTER TABLE slow_jobs RENAME TO jobs").await;
}

#[tokio::test]
async fn s01_a_statement_that_runs_too_long_is_ended_and_answered_503_at_every_door() {
    let (app, anon) = TestApp::with(&["--database-statement-timeout-ms=200"]).await;
    let machine = app.machine("ben").await;
    stall_jobs(&app).await;
    // More often than there are connections: none is lost.
    for _ in 0..6 {
        assert_eq!(anon.code(JOBS, json!({})).await, "SERVICE_UNAVAILABLE");
    }
    let reply = machine.get("/api/jobs").await;
    assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(reply.headers["retry-after"], "2");
    release_jobs(&app).await;
    assert_eq!(anon.data(JOBS, json!({})).await["jobs"]["nodes"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn s01_a_statement_of_a_transaction_ends_too_and_the_transaction_with_it() {
    let (app, anon) = TestApp::with(&["--database-statement-timeout-ms=200"]).await;
    let work = async {
        let tx = app.services.db.begin().await.unwrap();
        tx.execute_unprepared("DELETE FROM job_types").await.unwrap();
        let endless = tx.execute_unprepared(endless(&app)).await;
        find_helper::error::Error::from(endless.unwrap_err())
    };
    let error = Asker::at(anon.address()).scope(work).await;
    assert_eq!(error.code().name(), "SERVICE_UNAVAILABLE");
    let types = anon.data("{ jobTypes { slug } }", json!({})).await;
    assert!(!types["jobTypes"].as_array().unwrap().is_empty());
    app.execute("DELETE FROM daily_counts").await;
}
