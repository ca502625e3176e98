//! Services over fresh databases, for unit tests.

use clap::Parser;
use sea_orm::ConnectionTrait;
use tempfile::TempDir;

use crate::{
    app,
    clock::{Clock, Timestamp},
    config::Config,
    domain::Services,
    random::Random,
};

/// Services with a database that is deleted with them.
pub(crate) struct Fresh {
    pub services: Services,
    _folder: TempDir,
}

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    config: Config,
}

/// The time of the clock.
pub(crate) fn now() -> Timestamp {
    "2026-11-22T03:04:05.678Z".parse().unwrap()
}

/// A new SQLite file and, under tests/services.sh, a new PostgreSQL database.
pub(crate) async fn databases() -> Vec<Fresh> {
    let folder = tempfile::tempdir().unwrap();
    let mut databases =
        vec![fresh(&format!("sqlite://{}/x.db", folder.path().display()), folder).await];
    if let Some(server) = test_postgres() {
        let name = format!("test_{:x}", u64::from_be_bytes(Random::System.bytes()));
        let folder = tempfile::tempdir().unwrap();
        let anywhere = open(&server, &folder).await;
        let create = format!("CREATE DATABASE {name}");
        anywhere.db.write().execute_unprepared(&create).await.unwrap();
        let (server, _) = server.rsplit_once('/').unwrap();
        databases.push(fresh(&format!("{server}/{name}"), folder).await);
    }
    databases
}

async fn fresh(url: &str, folder: TempDir) -> Fresh {
    let services = open(url, &folder).await;
    services.db.migrate().await.unwrap();
    Fresh { services, _folder: folder }
}

async fn open(url: &str, folder: &TempDir) -> Services {
    let flags = [
        "find-helper".to_owned(),
        format!("--database-url={url}"),
        format!("--data-dir={}", folder.path().display()),
        "--jwt-secret=0123456789abcdef0123456789abcdef".to_owned(),
        "--argon2-memory-kib=8".to_owned(),
        "--argon2-iterations=1".to_owned(),
    ];
    let config = Arguments::try_parse_from(flags).unwrap().config;
    app::services(config, Clock::manual(now()), Random::seeded(1)).await.unwrap()
}

#[expect(clippy::disallowed_methods, reason = "tests/services.sh tells its address this way")]
fn test_postgres() -> Option<String> {
    std::env::var("TEST_POSTGRES_URL").ok()
}
