//! Services over fresh databases, for unit tests.

use clap::Parser;
use tempfile::TempDir;

use crate::{
    app,
    clock::{Clock, Timestamp},
    config::Config,
    domain::Services,
    random::Random,
};

#[path = "../../tests/it/support/postgres.rs"]
mod postgres;

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
    if let Some(url) = postgres::url() {
        let url = postgres::database(&url, "").await;
        databases.push(fresh(&url, tempfile::tempdir().unwrap()).await);
    }
    databases
}

async fn fresh(url: &str, folder: TempDir) -> Fresh {
    let flags = [
        "find-helper".to_owned(),
        format!("--database-url={url}"),
        format!("--data-dir={}", folder.path().display()),
        "--jwt-secret=0123456789abcdef0123456789abcdef".to_owned(),
        "--argon2-memory-kib=8".to_owned(),
        "--argon2-iterations=1".to_owned(),
    ];
    let config = Arguments::try_parse_from(flags).unwrap().config;
    let services = app::services(config, Clock::manual(now()), Random::seeded(1)).await.unwrap();
    services.db.migrate().await.unwrap();
    Fresh { services, _folder: folder }
}
