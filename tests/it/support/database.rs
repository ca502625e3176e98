//! A fresh database for each test: a copy of one that was migrated once.

use std::{
    path::{Path, PathBuf},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

use find_helper::{app, clock::Clock, domain::database::Database, random::Random};
use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::config::config;

/// The server to test with instead of SQLite files.
#[expect(clippy::disallowed_methods, reason = "how tests/services.sh tells of its servers")]
pub(crate) fn postgres_url() -> Option<String> {
    let wanted = std::env::var("TEST_DATABASE").is_ok_and(|kind| kind == "postgres");
    wanted.then(|| std::env::var("TEST_POSTGRES_URL").expect("tests/services.sh sets it"))
}

/// The Redis server, if there is one.
#[expect(clippy::disallowed_methods, reason = "how tests/services.sh tells of its servers")]
pub(crate) fn redis_url() -> Option<String> {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let url = std::env::var("TEST_REDIS_URL").ok()?;
    // A database of its own for each caller.
    Some(format!("{}/{}", url.trim_end_matches('/'), NEXT.fetch_add(1, Ordering::SeqCst)))
}

/// The URL of a migrated, empty database; a file is below `folder`.
pub(crate) async fn fresh(folder: &Path) -> String {
    match postgres_url() {
        None => sqlite_copy(folder).await,
        Some(server) => postgres_copy(&server).await,
    }
}

async fn sqlite_copy(folder: &Path) -> String {
    static TEMPLATE: OnceCell<(TempDir, PathBuf)> = OnceCell::const_new();
    let (_, template) = TEMPLATE
        .get_or_init(|| async {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("template.db");
            migrate(&format!("sqlite://{}", file.display())).await;
            (folder, file)
        })
        .await;
    let copy = folder.join("test.db");
    std::fs::copy(template, &copy).unwrap();
    format!("sqlite://{}", copy.display())
}

async fn postgres_copy(server: &str) -> String {
    static PREPARED: OnceCell<()> = OnceCell::const_new();
    static NEXT: AtomicU32 = AtomicU32::new(0);
    static PROCESS: LazyLock<u32> = LazyLock::new(std::process::id);
    let url = |name: &str| format!("{}/{name}", server.trim_end_matches("/postgres"));
    let template = format!("template_{}", *PROCESS);
    PREPARED
        .get_or_init(|| async {
            create(server, &format!("CREATE DATABASE {template}")).await;
            migrate(&url(&template)).await;
        })
        .await;
    let name = format!("test_{}_{}", *PROCESS, NEXT.fetch_add(1, Ordering::SeqCst));
    create(server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    url(&name)
}

/// One statement at a time: copies of one template would refuse each other.
async fn create(server: &str, statement: &str) {
    static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let _turn = ONE_AT_A_TIME.lock().await;
    let db = connect(server).await;
    db.write().execute_unprepared(statement).await.unwrap();
    db.close().await.unwrap();
}

async fn migrate(url: &str) {
    let db = connect(url).await;
    db.migrate().await.unwrap();
    db.close().await.unwrap();
}

/// A connection that tests use to look behind the scenes.
pub(crate) async fn connect(url: &str) -> Database {
    let flags = [format!("--database-url={url}"), "--database-connections=2".into()];
    Database::connect(&config(&flags)).await.unwrap()
}

/// The services over a database, with settings that make tests fast.
pub(crate) async fn services(
    url: &str,
    folder: &Path,
    clock: Clock,
    flags: &[&str],
) -> find_helper::domain::Services {
    let defaults = [
        format!("--database-url={url}"),
        format!("--data-dir={}", folder.display()),
        "--database-connections=4".into(),
        "--jwt-secret=a secret of tests that is long enough".into(),
        "--public-url=https://gateway.example".into(),
        "--argon2-memory-kib=8".into(),
        "--argon2-iterations=1".into(),
        "--argon2-max-wait-ms=60000".into(),
        "--argon2-queue=1000".into(),
    ];
    let flags: Vec<String> =
        defaults.into_iter().chain(flags.iter().map(ToString::to_string)).collect();
    app::services(config(&flags), clock, Random::System).await.unwrap()
}
