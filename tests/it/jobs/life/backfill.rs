//! What the jobs of earlier releases are told to have been.

use find_helper::domain::store::database::Database;
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Statement};

use crate::support::{
    config::config,
    database::{empty, settings},
    folder,
};

/// The migration before the life of a job.
const BEFORE: &str = "m20261202_000001_job_places";

const PEOPLE: &str = "INSERT INTO users (id, name, email, email_canonical, password_hash, role, created_at, updated_at)
    VALUES (1, 'a', 'a@x', 'a@x', '', 'user', 1, 1), (2, 'b', 'b@x', 'b@x', '', 'user', 1, 1),
        (3, 'c', 'c@x', 'c@x', '', 'user', 1, 1), (4, 'd', 'd@x', 'd@x', '', 'user', 1, 1)";

/// A draft, a job that Ben does for what he offered, and one that he did for the estimate.
const JOBS: &str = "INSERT INTO jobs (id, owner_id, assignee_id, title, description, job_type, city, city_folded, address,
        estimated_amount, status, version, created_at, updated_at)
    VALUES (1, 1, NULL, 't', '', 'pet', 'c', 'c', 'a', 100, 'draft', 1, 1, 5),
        (2, 1, 2, 't', '', 'pet', 'c', 'c', 'a', 200, 'assigned', 1, 1, 6),
        (3, 1, 2, 't', '', 'pet', 'c', 'c', 'a', 300, 'completed', 1, 1, 7)";

/// Cat was turned down before Ben was accepted, Dan when he was.
const APPLICATIONS: &str = "INSERT INTO applications (id, job_id, applicant_id, message, offered_amount, status, created_at, updated_at)
    VALUES (1, 2, 2, '', 250, 'accepted', 1, 4), (2, 2, 3, '', 1, 'rejected', 1, 3),
        (3, 2, 4, '', 2, 'rejected', 1, 4), (4, 3, 2, '', NULL, 'accepted', 1, 4), (5, 3, 4, '', 3, 'rejected', 1, 4)";

/// The first column of each row, or `-`.
async fn texts(db: &Database, sql: &str) -> String {
    let rows = db.read().query_all_raw(Statement::from_string(db.backend(), sql)).await.unwrap();
    let text = |row: &sea_orm::QueryResult| row.try_get_by_index::<Option<i64>>(0).unwrap();
    let all = rows.iter().map(text).map(|it| it.map_or("-".to_owned(), |it| it.to_string()));
    all.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn jobs_from_before_know_what_was_agreed_when_they_ended_and_who_may_return() {
    let folder = folder();
    let url = empty(folder.path(), "x.db").await;
    let db = Database::connect(&config(&settings(&url, folder.path(), &[]))).await.unwrap();
    let steps = migrations::known().iter().position(|name| name == BEFORE).unwrap() + 1;
    let connection = db.unlimited().await.unwrap();
    Migrator::up(&connection, Some(u32::try_from(steps).unwrap())).await.unwrap();
    for sql in [PEOPLE, JOBS, APPLICATIONS] {
        db.write().execute_unprepared(sql).await.unwrap();
    }
    db.migrate().await.unwrap();
    assert_eq!(texts(&db, "SELECT agreed_amount FROM jobs ORDER BY id").await, "- 250 300");
    assert_eq!(texts(&db, "SELECT completed_at FROM jobs ORDER BY id").await, "- - 7");
    let may_return = "SELECT CAST(id AS BIGINT) FROM applications WHERE may_return ORDER BY id";
    assert_eq!(texts(&db, may_return).await, "3", "of jobs whose work has not begun");
}
