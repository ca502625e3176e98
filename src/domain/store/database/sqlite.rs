//! SQLite: one writer and many readers of one file.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, RuntimeErr, Statement,
    sqlx::SqliteConnection,
};
use tokio::time::{Instant, sleep};

use super::{
    Database,
    connection::Connections,
    fair::FairPool,
    file,
    slot::{Deadline, Limit, Slot},
};
use crate::{
    config::{Config, ConfigError},
    error::{Error, Result},
};

/// The oldest SQLite without the bug that can corrupt a database in WAL mode.
const OLDEST: (u32, u32, u32) = (3, 51, 3);
/// Steps of SQLite's virtual machine between two looks at the deadline: a fraction of a millisecond.
const STEPS: i32 = 10_000;
/// How long whoever could not open the file waits before the next try.
const PAUSE: Duration = Duration::from_millis(20);
/// The primary code of `SQLITE_BUSY`.
const BUSY: u32 = 5;

pub(super) async fn connect(config: &Config) -> Result<Database> {
    file::make_private(config.database_url().reveal());
    let writer = slot(config, false);
    let unreachable = |error: DbErr| ConfigError::DatabaseUnreachable(error.to_string());
    let connection = opened(&writer, config.waits.database_wait_ms)
        .await
        .map_err(|error| Error::internal(unreachable(error)))?;
    check_version(&connection).await?;
    // Looks at tables that have grown since the last time; without, SQLite guesses how many rows
    // an index leads to, and guesses wrong.
    match connection.execute_unprepared("PRAGMA optimize = 0x10002").await {
        // Another process is at work, and will look itself.
        Err(error) if is_busy(&error) => {}
        Err(error) => return Err(error.into()),
        Ok(_) => {}
    }
    let readers: Vec<_> = (0..config.database_connections).map(|_| slot(config, true)).collect();
    let connections = |slots: Vec<Slot>, read_only| Connections {
        pool: FairPool::new(slots, config.waits.database_wait_ms),
        backend: DbBackend::Sqlite,
        read_only,
        preamble: None,
    };
    Ok(Database { read: connections(readers, true), write: connections(vec![writer], false) })
}

/// Opens the file. Of those that turn a new one to WAL at the same moment SQLite refuses all but one at
/// once, whatever their patience; they try again.
async fn opened(writer: &Slot, patience: Duration) -> Result<DatabaseConnection, DbErr> {
    let until = Instant::now() + patience;
    loop {
        match writer.connection().await {
            Err(error) if is_busy(&error) && Instant::now() < until => sleep(PAUSE).await,
            opened => return opened,
        }
    }
}

fn slot(config: &Config, read_only: bool) -> Slot {
    let deadline = Deadline::default();
    let options = options(config, read_only, &deadline);
    Slot::new(options, Limit::Deadline(deadline, config.waits.database_statement_timeout_ms))
}

fn options(config: &Config, read_only: bool, deadline: &Deadline) -> ConnectOptions {
    let mut options = ConnectOptions::new(config.database_url().reveal());
    let deadline = deadline.clone();
    options
        .max_connections(1)
        .acquire_timeout(config.waits.database_wait_ms)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_pool_opts(move |options| {
            let deadline = deadline.clone();
            options
                .after_connect(move |connection, _| Box::pin(watch(connection, deadline.clone())))
        })
        .map_sqlx_sqlite_opts(move |options| {
            let options = options
                .busy_timeout(Duration::from_secs(5))
                .foreign_keys(true)
                .pragma("cache_size", "-16000")
                .pragma("temp_store", "MEMORY");
            if read_only {
                options.pragma("query_only", "ON")
            } else {
                options
                    .create_if_missing(true)
                    .pragma("journal_mode", "WAL")
                    .pragma("synchronous", "FULL")
                    // What is deleted is overwritten.
                    .pragma("secure_delete", "ON")
            }
        });
    options
}

/// From now on statements of the connection end at their deadline.
async fn watch(
    connection: &mut SqliteConnection,
    deadline: Deadline,
) -> Result<(), sea_orm::sqlx::Error> {
    let mut handle = connection.lock_handle().await?;
    handle.set_progress_handler(STEPS, move || deadline.is_ahead());
    Ok(())
}

/// Whether another process held the writer's lock for too long.
pub(super) fn is_busy(error: &DbErr) -> bool {
    let (DbErr::Exec(error) | DbErr::Query(error) | DbErr::Conn(error)) = error else {
        return false;
    };
    let RuntimeErr::SqlxError(error) = error else { return false };
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<u32>().ok());
    code.is_some_and(|code| code & 0xff == BUSY)
}

async fn check_version(connection: &DatabaseConnection) -> Result<()> {
    let statement = Statement::from_string(DbBackend::Sqlite, "SELECT sqlite_version() AS version");
    let row = connection.query_one_raw(statement).await?;
    let version: String = row.map_or(Ok(String::new()), |row| row.try_get("", "version"))?;
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    if (next(), next(), next()) < OLDEST {
        return Err(Error::internal(ConfigError::OldSqlite(version)));
    }
    Ok(())
}
