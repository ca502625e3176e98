//! The schema: whoever comes first brings it up to date, the others wait and say so.

use std::time::Duration;

use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use tokio::time::{Instant, sleep};

use super::{Database, sqlite::is_busy};
use crate::{
    config::ConfigError,
    error::{Error, Result},
};

/// The PostgreSQL advisory lock that migrations run under.
const LOCK: i64 = 0x6669_6e64_0001;
/// How often whoever waits asks for the lock …
const PAUSE: Duration = Duration::from_millis(200);
/// … and says so.
const REMINDER: Duration = Duration::from_secs(30);

impl Database {
    /// Brings the schema up to date, however long it takes; replicas that start together wait for
    /// the first. A database that a newer release has migrated is left alone.
    pub async fn migrate(&self) -> Result<()> {
        let connection = self.unlimited().await?;
        let tx = self.begin_schema(&connection).await?;
        bring_up(&tx).await?;
        tx.commit().await?;
        Ok(connection.close().await?)
    }

    /// A transaction without time limits; nobody migrates the database until it ends.
    pub(in crate::domain) async fn begin_schema(
        &self,
        connection: &DatabaseConnection,
    ) -> Result<DatabaseTransaction> {
        Ok(match self.backend() {
            DbBackend::Postgres => locked_postgres(connection).await,
            _ => locked_sqlite(connection).await,
        }?)
    }

    /// Whether the database has all that this release needs, and perhaps more.
    pub async fn is_migrated(&self) -> Result<bool> {
        let applied = migrations::applied(&self.read).await?;
        Ok(migrations::known().iter().all(|migration| applied.contains(migration)))
    }

    /// The migrations of newer releases.
    pub async fn newer_migrations(&self) -> Result<Vec<String>> {
        Ok(newer(&self.read).await?)
    }
}

/// Runs the missing migrations in this transaction; refuses a database of a newer release.
pub(in crate::domain) async fn bring_up(tx: &DatabaseTransaction) -> Result<()> {
    let newer = newer(tx).await?;
    if !newer.is_empty() {
        return Err(Error::internal(ConfigError::NewerDatabase(newer.join(", "))));
    }
    Ok(Migrator::up(tx, None).await?)
}

async fn newer(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let known = migrations::known();
    let mut applied = migrations::applied(db).await?;
    applied.retain(|migration| !known.contains(migration));
    Ok(applied)
}

/// A transaction that nobody else migrates in, free of all time limits.
async fn locked_postgres(connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let tx = connection.begin().await?;
    tx.execute_unprepared(
        "DEALLOCATE ALL; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; \
         SET LOCAL idle_in_transaction_session_timeout = 0",
    )
    .await?;
    let lock = format!("SELECT pg_try_advisory_xact_lock({LOCK})");
    let mut wait = Wait::default();
    loop {
        let lock = Statement::from_string(DbBackend::Postgres, &lock);
        let row = tx.query_one_raw(lock).await?;
        if row.map_or(Ok(false), |row| row.try_get_by_index(0))? {
            return Ok(tx);
        }
        wait.pause().await;
    }
}

/// The same on SQLite, whose writer's lock has a patience of its own.
async fn locked_sqlite(connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let mut wait = Wait::default();
    let immediate = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    connection.execute_unprepared("PRAGMA busy_timeout = 0").await?;
    let tx = loop {
        match connection.begin_with_options(immediate).await {
            Err(error) if is_busy(&error) => wait.pause().await,
            begun => break begun?,
        }
    };
    tx.execute_unprepared("PRAGMA busy_timeout = 5000").await?;
    Ok(tx)
}

#[derive(Default)]
struct Wait {
    told: Option<Instant>,
}

impl Wait {
    /// A pause before the next try; those who wait long for the start are told why.
    async fn pause(&mut self) {
        if self.told.is_none_or(|told| told.elapsed() >= REMINDER) {
            tracing::info!("another process is migrating the database; waiting");
            self.told = Some(Instant::now());
        }
        sleep(PAUSE).await;
    }
}
