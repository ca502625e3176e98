//! A filled database of the last release is brought up to date.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use find_helper::domain::store::database::Database;
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::json;
use tokio::sync::watch;

use crate::support::{
    TestApp,
    config::config,
    database::{empty, settings},
    folder,
};

/// The last migration of the last release; those after it are new.
const RELEASED: &str = "m20261122_000003_own_applications";
/// So many people, and as many of everything else.
const ROWS: usize = 3_000;

/// Rows in the schema of [`RELEASED`].
const FILL: [&str; 11] = [
    "INSERT INTO users (name, email, email_canonical, phone, password_hash, role, verified_at, created_at, updated_at)
     SELECT '用戶 ' || n, 'u' || n || '@example.com', 'u' || n || '@example.com', '0912345678', '$argon2id$', 'user', n, n, n FROM numbers",
    "INSERT INTO sessions (user_id, refresh_mode, created_at, last_used_at, expires_at) SELECT id, 'rotating', 1, 2, 3 FROM users",
    "INSERT INTO refresh_tokens (session_id, digest, created_at) SELECT id, 'digest ' || id, 1 FROM sessions",
    "INSERT INTO mail_tokens (user_id, purpose, email, created_at, expires_at) SELECT id, 'verify_email', email, 1, 2 FROM users",
    "INSERT INTO api_keys (user_id, public_id, name, scopes, secret_digest, created_at, expires_at)
     SELECT id, 'fh_' || id, '金鑰', 'jobs:read', 'digest ' || id, 1, 2 FROM users",
    "INSERT INTO api_key_usage (api_key_id, day, route, requests, refused) SELECT id, 1, 'graphql', 2, 3 FROM api_keys",
    "INSERT INTO jobs (owner_id, title, description, job_type, city, city_folded, address, estimated_amount, status, version, created_at, updated_at)
     SELECT id, '遛狗 ' || id, '每天兩次', 'pet', CASE id % 3 WHEN 0 THEN '台北市' WHEN 1 THEN '臺中市' ELSE 'Kaohsiung' END,
     CASE id % 3 WHEN 0 THEN '台北市' WHEN 1 THEN '台中市' ELSE 'kaohsiung' END, '中山路 ' || id || ' 號', id,
     CASE id % 2 WHEN 0 THEN 'published' ELSE 'completed' END, 1, id, id FROM users",
    "INSERT INTO applications (job_id, applicant_id, message, offered_amount, status, created_at, updated_at)
     SELECT id, owner_id, '您好', 100, 'pending', id, id FROM jobs",
    "INSERT INTO job_events (position, job_id, actor_id, kind, data, created_at) SELECT id, id, owner_id, 'created', '{}', id FROM jobs",
    "INSERT INTO outbox (message_id, kind, user_id, attempts, next_attempt_at, created_at, done_at)
     SELECT 'message ' || id, 'verify_email', id, 1, 2, 3, 4 FROM users",
    "INSERT INTO audit_events (at, kind, user_id) SELECT id, 'signed_in', id FROM users",
];

/// A database of the last release, filled.
async fn released(url: &str, rows: usize) -> Database {
    let flags = settings(url, std::path::Path::new("."), &PATIENT);
    let db = Database::connect(&config(&flags)).await.unwrap();
    let known = migrations::known();
    let steps = known.iter().position(|name| name == RELEASED).unwrap() + 1;
    let connection = db.unlimited().await.unwrap();
    Migrator::up(&connection, Some(u32::try_from(steps).unwrap())).await.unwrap();
    for fill in FILL {
        let numbers = format!(
            "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {rows})"
        );
        db.write().execute_unprepared(&format!("{numbers} {fill}")).await.unwrap();
    }
    db
}

const PATIENT: [&str; 2] =
    ["--database-statement-timeout-ms=3600000", "--database-wait-ms=3600000"];

async fn texts(db: &Database, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(db.backend(), sql);
    let rows = db.read().query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// For each table what reads its rows, each as one text, by the columns that it has now.
async fn readings(db: &Database) -> BTreeMap<String, String> {
    let (tables, columns) = match db.backend() {
        DbBackend::Sqlite => (
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
            "SELECT name FROM pragma_table_info('{}') ORDER BY cid",
        ),
        _ => (
            "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
            "SELECT attname::text FROM pg_attribute WHERE attrelid = '{}'::regclass AND attnum > 0 ORDER BY attnum",
        ),
    };
    let mut readings = BTreeMap::new();
    for table in texts(db, tables).await {
        let columns = texts(db, &columns.replace("{}", &table)).await;
        let cells: Vec<_> = columns
            .iter()
            // Derived from the city by rules that may become better.
            .filter(|column| *column != "city_folded")
            .map(|column| format!("coalesce(CAST(\"{column}\" AS TEXT), '-')"))
            .collect();
        let reading =
            format!("SELECT {} AS line FROM {table} ORDER BY 1", cells.join(" || ' ' || "));
        readings.insert(table, reading);
    }
    readings
}

#[tokio::test]
async fn a_filled_database_of_the_last_release_keeps_every_row_when_it_is_brought_up_to_date() {
    let folder = folder();
    let url = empty(folder.path(), "x.db").await;
    let db = released(&url, ROWS).await;
    let readings = readings(&db).await;
    let mut before = BTreeMap::new();
    for (table, reading) in &readings {
        before.insert(table, texts(&db, reading).await);
    }
    assert!(before.values().filter(|rows| rows.len() == ROWS).count() == FILL.len());
    db.migrate().await.unwrap();
    assert!(db.is_migrated().await.unwrap());
    for (table, reading) in &readings {
        let after = texts(&db, reading).await;
        let lost = before[table].iter().find(|row| after.binary_search(row).is_err());
        assert_eq!(lost, None, "{table}");
    }
    db.close().await.unwrap();
    let app = TestApp::at(&url, &[]).await;
    let jobs = "{ jobs(first: 100) { totalCount nodes { id title city owner { name } } } }";
    let jobs = app.anon().data(jobs, json!({})).await["jobs"].take();
    assert_eq!(jobs["totalCount"], ROWS / 2);
    assert_eq!(jobs["nodes"].as_array().unwrap().len(), 100);
}

/// Prints how long an upgrade takes, and how long others wait for it.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures and asserts nothing; `make bench-upgrade`"]
async fn the_time_for_which_an_upgrade_stops_others() {
    let folder = folder();
    let url = empty(folder.path(), "x.db").await;
    let db = released(&url, 200_000).await;
    let (end, ended) = watch::channel(false);
    let beside = ["SELECT id FROM jobs WHERE id = 1", "UPDATE jobs SET version = 1 WHERE id = 1"];
    let others = beside.map(|sql| tokio::spawn(longest(url.clone(), sql, ended.clone())));
    let began = Instant::now();
    db.migrate().await.unwrap();
    let took = began.elapsed();
    end.send_replace(true);
    let [reads, writes] = others;
    println!(
        "{:?}: 200,000 rows in each table: upgraded in {took:?}; the longest read took {:?}, the longest write {:?}",
        db.backend(),
        reads.await.unwrap(),
        writes.await.unwrap(),
    );
}

/// The longest time that a statement takes until the upgrade has ended.
async fn longest(url: String, sql: &'static str, ended: watch::Receiver<bool>) -> Duration {
    let flags = settings(&url, std::path::Path::new("."), &PATIENT);
    let db = Database::connect(&config(&flags)).await.unwrap();
    let mut longest = Duration::ZERO;
    loop {
        let began = Instant::now();
        while db.write().execute_unprepared(sql).await.is_err() {}
        longest = longest.max(began.elapsed());
        if *ended.borrow() {
            return longest;
        }
    }
}
