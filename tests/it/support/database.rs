//! A fresh database for each test: a copy of one that was migrated once.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use find_helper::{app, clock::Clock, domain::store::database::Database, random::Random};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::{config::config, postgres};

/// The server to test with instead of SQLite files.
#[expect(clippy::disallowed_methods, reason = "how `make test-postgres` asks for it")]
pub(crate) fn postgres_url() -> Option<String> {
    let wanted = std::env::var("TEST_DATABASE").is_ok_and(|kind| kind == "postgres");
    wanted.then(|| postgres::url().expect("tests/services.sh sets it"))
}

/// The pooler in transaction mode in front of the server of [`postgres_url`].
#[expect(clippy::disallowed_methods, reason = "how tests/services.sh tells of its servers")]
pub(crate) fn pooler_url() -> String {
    std::env::var("TEST_PGBOUNCER_URL").expect("tests/services.sh sets it")
}

/// An empty database of the Redis server, if there is one.
#[expect(clippy::disallowed_methods, reason = "how tests/services.sh tells of its servers")]
pub(crate) fn redis_url() -> Option<String> {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let url = std::env::var("TEST_REDIS_URL").ok()?;
    // A separate database for each caller, without data of an earlier process.
    let url = format!("{}/{}", url.trim_end_matches('/'), NEXT.fetch_add(1, Ordering::SeqCst));
    let mut connection = redis::Client::open(url.as_str()).unwrap().get_connection().unwrap();
    redis::cmd("FLUSHDB").exec(&mut connection).unwrap();
    Some(url)
}

/// The URL of a migrated, empty database; an SQLite file is created in `folder`.
pub(crate) async fn fresh(folder: &Path) -> String {
    match postgres_url() {
        None => sqlite_copy(folder).await,
        Some(server) => postgres_copy(&server).await,
    }
}

/// The URL of a database without tables; an SQLite file is created in `folder` with this name.
pub(crate) async fn empty(folder: &Path, name: &str) -> String {
    match postgres_url() {
        None => format!("sqlite://{}", folder.join(name).display()),
        Some(server) => postgres::database(&server, "").await,
    }
}

async fn sqlite_copy(folder: &Path) -> String {
    static TEMPLATE: OnceCell<(TempDir, PathBuf)> = OnceCell::const_new();
    let (_, template) = TEMPLATE
        .get_or_init(|| async {
            let folder = super::folder();
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
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    let template = TEMPLATE
        .get_or_init(|| async {
            let url = postgres::database(server, "").await;
            migrate(&url).await;
            url.rsplit('/').next().unwrap().to_owned()
        })
        .await;
    postgres::database(server, &format!("TEMPLATE {template}")).await
}

async fn migrate(url: &str) {
    let db = connect(url).await;
    db.migrate().await.unwrap();
    db.close().await.unwrap();
}

/// A direct connection for tests.
pub(crate) async fn connect(url: &str) -> Database {
    let flags = [format!("--database-url={url}"), "--database-connections=2".into()];
    Database::connect(&config(&flags)).await.unwrap()
}

/// The services of a database, with settings that make tests fast.
pub(crate) async fn services(
    url: &str,
    folder: &Path,
    clock: Clock,
    flags: &[&str],
) -> find_helper::domain::Services {
    app::services(config(&settings(url, folder, flags)), clock, Random::System).await.unwrap()
}

/// Settings that make tests fast, and these flags.
pub(crate) fn settings(url: &str, folder: &Path, flags: &[&str]) -> Vec<String> {
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
        "--redis-timeout-ms=30000".into(),
    ];
    let name = |flag: &str| flag.split('=').next().unwrap().to_owned();
    let replaced: Vec<String> = flags.iter().map(|flag| name(flag)).collect();
    let defaults = defaults.into_iter().filter(|default| !replaced.contains(&name(default)));
    defaults.chain(flags.iter().map(ToString::to_string)).collect()
}
