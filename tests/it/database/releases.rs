//! Several processes and releases at one database.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Output, Stdio},
};

use axum::http::StatusCode;
use find_helper::domain::store::database::Database;
use sea_orm::{ConnectionTrait, DbBackend};

use crate::support::{
    TestApp,
    config::config,
    database::{empty, settings},
    folder,
};

fn program(settings: &[String], command: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_find-helper"));
    program.args(settings).args(["--bind-addr=127.0.0.1:0"]).args(command);
    program
}

fn output(settings: &[String], command: &[&str]) -> Output {
    program(settings, command).output().unwrap()
}

#[tokio::test]
async fn f06_whoever_comes_while_another_process_migrates_waits_and_says_so() {
    let folder = folder();
    let settings = settings(&empty(folder.path(), "x.db").await, folder.path(), &[]);
    let first = Database::connect(&config(&settings)).await.unwrap();
    let held = first.begin().await.unwrap();
    if first.backend() == DbBackend::Postgres {
        // The lock of migrations, as those of all releases take it.
        held.execute_unprepared("SELECT pg_advisory_xact_lock(x'66696e640001'::bigint)")
            .await
            .unwrap();
    }
    let mut second = program(&settings, &["migrate"]).stderr(Stdio::piped()).spawn().unwrap();
    let mut log = BufReader::new(second.stderr.take().unwrap());
    let mut lines = log.by_ref().lines().map(Result::unwrap);
    let said =
        lines.find(|line| line.contains("another process is migrating the database; waiting"));
    assert!(said.is_some());
    assert!(second.try_wait().unwrap().is_none());
    held.rollback().await.unwrap();
    let mut rest = String::new();
    log.read_to_string(&mut rest).unwrap();
    assert!(second.wait().unwrap().success(), "{rest}");
    assert!(first.is_migrated().await.unwrap());
}

#[tokio::test]
async fn f06_migrations_take_the_time_that_they_need() {
    let folder = folder();
    let url = empty(folder.path(), "x.db").await;
    let hasty = ["--database-statement-timeout-ms=1"];
    let db = Database::connect(&config(&settings(&url, folder.path(), &hasty))).await.unwrap();
    db.migrate().await.unwrap();
    // Nothing of that is left behind.
    assert!(db.is_migrated().await.is_ok() || db.backend() == DbBackend::Postgres);
}

#[tokio::test]
async fn f16_a_database_of_a_newer_release_is_served_by_those_who_run_and_refused_by_those_who_start()
 {
    let (app, anon) = TestApp::new().await;
    app.execute(
        "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000001_future', 0)",
    )
    .await;
    // Whoever runs already goes on: migrations add, and take nothing away.
    assert!(app.services.db.is_migrated().await.unwrap());
    assert_eq!(anon.get("/readyz").await.status, StatusCode::OK);

    let settings = app.settings(&[]);
    for command in
        [&["serve"][..], &["migrate"], &["user", "create", "--email=x@example.com", "--name=x"]]
    {
        let refused = output(&settings, command);
        let said = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(1), "{command:?}: {said}");
        for part in ["newer release", "m29990101_000001_future", "start that release"] {
            assert!(said.contains(part), "{command:?}: {said}");
        }
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    let listed = output(&settings, &["signing-key", "list"]);
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    assert!(String::from_utf8(listed.stdout).unwrap().contains("signs"));
}
