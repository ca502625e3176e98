//! How events get their positions: on PostgreSQL at the commit of a lone change, or else after it, many at
//! once.

use futures_util::future::join_all;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use serde_json::json;

use crate::{
    jobs::steps::{UNLIMITED, act, done, outcome, published, state},
    realtime::{EVENTS, OPEN, open_and},
    support::{Client, Server, Socket, TestApp, held::Held, patiently},
};

/// How releases before this one write an event: under the lock that all releases share, at once.
const OLD_WRITER: &str = "SELECT pg_advisory_xact_lock(x'66696e640002'::bigint); \
    INSERT INTO job_events (position, job_id, kind, data, created_at) \
    SELECT MAX(position) + 1, 1, 'resumed', '{}', 1 FROM job_events";

/// The lock of whoever gives positions.
const LOCK: &str = "SELECT pg_advisory_xact_lock(x'66696e640002'::bigint)";

/// Ends the statements that wait for the lock.
const CANCEL: &str = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity \
    WHERE wait_event = 'advisory' AND datname = current_database()";

/// From now on whatever moves pending events leaves a row.
const WATCH_MOVES: &str = "CREATE TABLE moves (at BIGINT); \
    CREATE FUNCTION moved() RETURNS TRIGGER LANGUAGE plpgsql AS \
        'BEGIN INSERT INTO moves VALUES (txid_current()); RETURN NULL; END'; \
    CREATE TRIGGER moved AFTER DELETE ON pending_events EXECUTE FUNCTION moved()";

/// How many events were written by the transaction that wrote their job.
const OF_THEIR_CHANGE: &str = "SELECT count(*) FROM job_events \
    JOIN jobs ON jobs.id = job_id AND jobs.xmin = job_events.xmin";

/// What is left by a process that ends between the commit of a change and its round.
const CRASH: &str = "INSERT INTO pending_events (job_id, kind, data, created_at) \
    VALUES (1, 'paused', '{}', 1), (1, 'resumed', '{}', 1)";

/// A gateway on PostgreSQL with one published job; none on SQLite, whose events never wait.
async fn on_postgres(flags: &[&str]) -> Option<(TestApp, Client)> {
    with_job(flags).await.map(|(app, ann, _)| (app, ann))
}

/// The same with the id of the job.
async fn with_job(flags: &[&str]) -> Option<(TestApp, Client, String)> {
    let (app, _) = TestApp::with(flags).await;
    let ann = app.member("ann").await;
    let job = published(&ann).await;
    (app.services.db.backend() == DbBackend::Postgres).then_some((app, ann, job))
}

async fn published_by(owner: Client) {
    published(&owner).await;
}

/// Updates the job; its new version.
async fn update(owner: &Client, job: &str) -> i64 {
    let mutation =
        "mutation($id: ID!) { updateJob(input: {id: $id, title: \"x\"}) { job { version } } }";
    let answer = owner.data(mutation, json!({ "id": job })).await;
    answer["updateJob"]["job"]["version"].as_i64().unwrap()
}

/// Positions and kinds of all events.
async fn log(app: &TestApp) -> Vec<(i64, String)> {
    let db = &app.services.db;
    let sql = "SELECT position, kind FROM job_events ORDER BY position";
    let rows = db.read().query_all_raw(Statement::from_string(db.backend(), sql)).await.unwrap();
    let event =
        |row: &sea_orm::QueryResult| Ok((row.try_get("", "position")?, row.try_get("", "kind")?));
    rows.iter().map(event).collect::<Result<_, DbErr>>().unwrap()
}

/// The log of jobs that are all published at once, with these events after the first two.
fn then(kinds: &[&str]) -> Vec<(i64, String)> {
    let kinds = ["created", "published"].iter().chain(kinds);
    (1..).zip(kinds.map(ToString::to_string)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_a_job_stand_in_the_order_of_its_changes_whichever_process_makes_them() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let replica = app.restarted(UNLIMITED).await;
    let ann = app.member("ann").await;
    let job = published(&ann).await;
    let program = app.key(&ann, find_helper::domain::viewer::Scope::ALL).await;
    let doors =
        [ann.clone(), ann.towards(&replica.router), program.towards(&replica.router), program];
    let changes = doors.iter().enumerate().map(async |(door, client)| {
        let mut versions = Vec::new();
        for _ in 0..15 {
            versions.push((update(client, &job).await, door >= 2));
        }
        versions
    });
    let mut changes = join_all(changes).await.concat();
    changes.sort_unstable();
    let db = &app.services.db;
    let sql = "SELECT api_key_id IS NOT NULL AS by_key FROM job_events WHERE kind = 'updated' ORDER BY position";
    let rows = db.read().query_all_raw(Statement::from_string(db.backend(), sql)).await.unwrap();
    let told: Vec<bool> = rows.iter().map(|row| row.try_get("", "by_key").unwrap()).collect();
    let made: Vec<bool> = changes.into_iter().map(|(_, by_key)| by_key).collect();
    assert_eq!(told, made);
}

#[tokio::test]
async fn events_that_a_crash_left_without_positions_are_told_after_the_next_poll() {
    let Some((app, ann)) = on_postgres(OPEN).await else { return };
    let listening = app.restarted(&open_and(&["--event-poll-ms=20"])).await;
    let server = Server::start(&listening).await;
    let (mut socket, here) = Socket::of(server.address, &ann).await;
    socket.subscribe("1", EVENTS, &here).await;
    app.execute(CRASH).await;
    for expected in [("PAUSED", 3), ("RESUMED", 4)] {
        let event = socket.event().await;
        let (kind, position) = (event["kind"].as_str(), event["event"]["position"].as_i64());
        assert_eq!((kind, position), (Some(expected.0), Some(expected.1)));
    }
}

#[tokio::test]
async fn events_that_a_crash_left_without_positions_come_before_those_of_the_next_change() {
    let Some((app, ann)) = on_postgres(OPEN).await else { return };
    app.execute(CRASH).await;
    published(&ann.towards(&app.restarted(OPEN).await.router)).await;
    assert_eq!(log(&app).await, then(&["paused", "resumed", "created", "published"]));
    assert_eq!(app.count("SELECT count(*) FROM pending_events").await, 0);
}

#[tokio::test]
async fn a_round_sees_what_the_last_holder_of_the_lock_has_written() {
    let Some((app, ann)) = on_postgres(OPEN).await else { return };
    let old = Held::by(&app, OLD_WRITER).await;
    let change = tokio::spawn(published_by(ann));
    assert!(old.is_wanted_by(&app, &change).await, "a round waits for the lock");
    old.commit().await;
    change.await.unwrap();
    assert_eq!(log(&app).await, then(&["resumed", "created", "published"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn writers_of_the_last_release_beside_this_one_leave_neither_gaps_nor_doubles() {
    let Some((app, ann)) = on_postgres(UNLIMITED).await else { return };
    let replica = app.restarted(UNLIMITED).await;
    let old = async {
        for _ in 0..40 {
            let tx = replica.services.db.begin().await.unwrap();
            tx.execute_unprepared(OLD_WRITER).await.unwrap();
            tx.commit().await.unwrap();
        }
    };
    let new = join_all([&app, &replica, &app].map(async |at| {
        for _ in 0..10 {
            published(&ann.towards(&at.router)).await;
        }
    }));
    tokio::join!(old, new);
    let positions: Vec<_> = log(&app).await.into_iter().map(|(position, _)| position).collect();
    assert_eq!(positions, (1..=2 + 40 + 3 * 10 * 2).collect::<Vec<_>>());
}

#[tokio::test]
async fn whoever_gives_positions_waits_for_no_change_of_the_same_job() {
    let Some((app, ann)) = on_postgres(OPEN).await else { return };
    app.execute(CRASH).await;
    let held = Held::by(&app, "SELECT id FROM jobs WHERE id = 1 FOR UPDATE").await;
    patiently(published(&ann)).await;
    assert_eq!(log(&app).await.len(), 6);
    held.commit().await;
}

#[tokio::test]
async fn a_lone_change_gives_positions_at_its_own_commit_and_takes_no_round() {
    let Some((app, ann)) = on_postgres(OPEN).await else { return };
    app.execute(WATCH_MOVES).await;
    published(&ann).await;
    assert_eq!(log(&app).await, then(&["created", "published"]));
    assert_eq!(app.count(OF_THEIR_CHANGE).await, 4);
    assert_eq!(app.count("SELECT count(*) FROM moves").await, 1);
}

#[tokio::test]
async fn a_change_that_finds_the_lock_held_commits_at_once_and_is_answered_after_its_release() {
    let Some((app, ann)) = on_postgres(OPEN).await else { return };
    let held = Held::by(&app, LOCK).await;
    let change = tokio::spawn(published_by(ann));
    assert!(held.is_wanted_by(&app, &change).await, "a round waits for the lock");
    assert_eq!(app.count("SELECT count(*) FROM pending_events").await, 2);
    assert_eq!(log(&app).await, then(&[]));
    held.commit().await;
    change.await.unwrap();
    assert_eq!(log(&app).await, then(&["created", "published"]));
}

#[tokio::test]
async fn a_lone_change_puts_events_of_its_job_that_are_pending_before_its_own() {
    let Some((app, ann, job)) = with_job(OPEN).await else { return };
    let held = Held::by(&app, LOCK).await;
    let (first, at) = (ann.clone(), job.clone());
    let first = tokio::spawn(async move { update(&first, &at).await });
    assert!(held.is_wanted_by(&app, &first).await, "a round waits for the lock");
    app.execute(CANCEL).await;
    first.await.unwrap();
    held.commit().await;
    assert_eq!(log(&app).await, then(&[]), "its round was cancelled");
    done(&ann, "cancelJob", &job).await;
    assert_eq!(log(&app).await, then(&["updated", "cancelled"]));
    assert_eq!(app.count(OF_THEIR_CHANGE).await, 2, "by the second change");
}

#[tokio::test]
async fn a_change_whose_events_cannot_be_numbered_yet_has_happened_and_they_are_numbered_later() {
    let Some((app, ann)) = on_postgres(OPEN).await else { return };
    let away = Held::by(&app, &format!("{LOCK}; ALTER TABLE job_events RENAME TO away")).await;
    let change = tokio::spawn(published_by(ann.clone()));
    assert!(away.is_wanted_by(&app, &change).await, "a round waits for the lock");
    away.commit().await;
    change.await.unwrap();
    app.execute("ALTER TABLE away RENAME TO job_events").await;
    assert_eq!(log(&app).await, then(&[]));
    published(&ann).await;
    assert_eq!(log(&app).await, then(&["created", "published", "created", "published"]));
}

#[tokio::test]
async fn a_lone_change_that_cannot_give_positions_has_not_happened() {
    let Some((app, ann, job)) = with_job(OPEN).await else { return };
    app.execute("ALTER TABLE job_events RENAME TO away").await;
    assert_eq!(outcome(&act(&ann, "cancelJob", &job).await), "INTERNAL_ERROR");
    app.execute("ALTER TABLE away RENAME TO job_events").await;
    assert_eq!(app.count("SELECT count(*) FROM pending_events").await, 0);
    assert_eq!(state(&ann, &job).await, "PUBLISHED");
}
