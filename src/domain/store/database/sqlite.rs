//! SQLite: one writer and many readers of one file.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, RuntimeErr, SqlxSqliteConnector,
    Statement,
    sqlx::{
        ConnectOptions,
        sqlite::{SqliteConnectOptions, SqliteLockingMode, SqlitePoolOptions},
    },
};
use tokio::time::{Instant, sleep};

use super::{
    Database,
    connection::{Connections, OnStatement},
    fair::FairPool,
    file,
    link::{Driver, Link, lost},
    slot::{self, Deadline, Slot},
    statement::{Ask, One, Script},
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

/// How connections of a file are opened, and when their statements end.
pub(super) struct Source {
    options: SqliteConnectOptions,
    /// Of the statement that runs.
    pub deadline: Deadline,
    /// How long a statement may take.
    pub limit: Duration,
}

impl Source {
    fn new(config: &Config, read_only: bool) -> Result<Self> {
        let options: SqliteConnectOptions =
            config.database_url().reveal().parse().map_err(Error::internal)?;
        let options = options
            .disable_statement_logging()
            .busy_timeout(Duration::from_secs(5))
            .foreign_keys(true)
            .pragma("cache_size", "-16000")
            .pragma("temp_store", "MEMORY");
        let options = if read_only {
            options.pragma("query_only", "ON")
        } else {
            options
                .create_if_missing(true)
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                // What is deleted is overwritten.
                .pragma("secure_delete", "ON")
        };
        let (deadline, limit) = (Deadline::default(), config.waits.database_statement_timeout_ms);
        Ok(Self { options, deadline, limit })
    }

    /// A connection whose statements end at their deadline.
    pub async fn open(&self) -> Result<Link, DbErr> {
        let mut connection = self.options.connect().await.map_err(lost)?;
        let deadline = self.deadline.clone();
        let mut handle = connection.lock_handle().await.map_err(lost)?;
        handle.set_progress_handler(STEPS, move || deadline.is_ahead());
        drop(handle);
        Ok(Link::new(Driver::Sqlite(connection)))
    }

    /// A pool of one connection, as migrations take it.
    pub async fn pool(&self) -> Result<DatabaseConnection, DbErr> {
        let pool = SqlitePoolOptions::new().max_connections(1);
        let pool = pool.connect_with(self.options.clone()).await.map_err(lost)?;
        Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
    }
}

pub(super) async fn connect(config: &Config) -> Result<Database> {
    file::make_private(config.database_url().reveal());
    let writer = slot(config, false)?;
    let unreachable = |error: DbErr| ConfigError::DatabaseUnreachable(error.to_string());
    let mut link = opened(&writer, config.waits.database_wait_ms)
        .await
        .map_err(|error| Error::internal(unreachable(error)))?;
    check_version(&mut link).await?;
    // Looks at tables that have grown since the last time; without, SQLite guesses how many rows
    // an index leads to, and guesses wrong.
    match Script("PRAGMA optimize = 0x10002").ask(&mut link).await {
        // Another process is at work, and will look itself.
        Err(error) if is_busy(&error) => {}
        Err(error) => return Err(error.into()),
        Ok(_) => {}
    }
    writer.put_back(link);
    let readers = (0..config.database_connections).map(|_| slot(config, true));
    let on_statement = OnStatement::new(OnceLock::new());
    let connections = |slots: Vec<Slot>, read_only| Connections {
        pool: FairPool::new(slots, config.waits.database_wait_ms),
        backend: DbBackend::Sqlite,
        read_only,
        begin: Arc::from("BEGIN IMMEDIATE"),
        always_begins: false,
        on_statement: on_statement.clone(),
    };
    let readers = connections(readers.collect::<Result<_>>()?, true);
    Ok(Database { read: readers, write: connections(vec![writer], false) })
}

/// A connection that reads a file and keeps all others away; busy if one is there.
pub(super) async fn alone(config: &Config) -> Result<DatabaseConnection, DbErr> {
    let url = config.database_url();
    let options: SqliteConnectOptions = url.reveal().parse().map_err(lost)?;
    // SQLite locks a file against others only if it may write to it.
    let options = options
        .create_if_missing(false)
        .disable_statement_logging()
        .busy_timeout(Duration::ZERO)
        .locking_mode(SqliteLockingMode::Exclusive)
        .pragma("query_only", "ON");
    let pool = SqlitePoolOptions::new().max_connections(1);
    let pool = pool.connect_with(options).await.map_err(lost)?;
    let connection = SqlxSqliteConnector::from_sqlx_sqlite_pool(pool);
    // The first look at the file takes the lock.
    connection.execute_unprepared("SELECT count(*) FROM sqlite_schema").await?;
    Ok(connection)
}

/// Opens the file. Of those that turn a new one to WAL at the same moment SQLite refuses all but one at
/// once, whatever their patience; they try again.
async fn opened(writer: &Slot, patience: Duration) -> Result<Link, DbErr> {
    let until = Instant::now() + patience;
    loop {
        match writer.take().await {
            Err(error) if is_busy(&error) && Instant::now() < until => sleep(PAUSE).await,
            opened => return opened,
        }
    }
}

fn slot(config: &Config, read_only: bool) -> Result<Slot> {
    let source = slot::Source::Sqlite(Source::new(config, read_only)?);
    Ok(Slot::new(source, config.waits.database_wait_ms))
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

async fn check_version(link: &mut Link) -> Result<()> {
    let statement = Statement::from_string(DbBackend::Sqlite, "SELECT sqlite_version() AS version");
    let row = One(statement).ask(link).await?;
    let version: String = row.map_or(Ok(String::new()), |row| row.try_get("", "version"))?;
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    if (next(), next(), next()) < OLDEST {
        return Err(Error::internal(ConfigError::OldSqlite(version)));
    }
    Ok(())
}
