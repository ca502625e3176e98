//! What is asked again and again, however large the tables are, is found along an index.

use find_helper::domain::jobs::{job, notice};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::support::TestApp;

/// How `SQLite` finds the rows of a statement.
async fn plan(app: &TestApp, sql: &str) -> String {
    let explained = Statement::from_string(DbBackend::Sqlite, format!("EXPLAIN QUERY PLAN {sql}"));
    let rows = app.services.db.read().query_all_raw(explained).await.unwrap();
    let steps = rows.iter().map(|row| row.try_get::<String>("", "detail").unwrap());
    steps.collect::<Vec<_>>().join("; ")
}

#[tokio::test]
async fn what_tasks_look_for_among_all_jobs_and_reviews_comes_in_the_order_of_an_index() {
    let (app, _) = TestApp::new().await;
    if app.services.db.backend() != DbBackend::Sqlite {
        return;
    }
    let looked = app.sql_of(async {
        notice::make_due(&app.services).await.unwrap();
        job::expire_due(&app.services).await.unwrap();
        job::complete_due(&app.services).await.unwrap();
    });
    let is_look = |sql: &&String| {
        sql.starts_with("SELECT")
            && ["FROM \"jobs\"", "FROM \"reviews\""].iter().any(|from| sql.contains(from))
    };
    let looked = looked.await;
    let looks: Vec<_> = looked.iter().filter(is_look).collect();
    assert!(looks.len() >= 6, "{looks:?}");
    for sql in looks {
        let plan = plan(&app, sql).await;
        assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{sql}: {plan}");
    }
}
