//! The connections: one writer and many readers on SQLite, one pool on PostgreSQL.

mod file;

use std::{sync::Arc, time::Duration};

use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, sqlx,
};

use crate::{
    config::{Backend, Config, ConfigError},
    error::{Error, Result},
};

/// The oldest SQLite without the bug that can corrupt a database in WAL mode.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
/// The PostgreSQL advisory lock that migrations run under.
const MIGRATION_LOCK: i64 = 0x6669_6e64_0001;
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);
const IDLE_CHECK: Duration = Duration::from_secs(1);

/// Where rows live; cheap to clone.
#[derive(Debug, Clone)]
pub struct Database {
    read: DatabaseConnection,
    write: DatabaseConnection,
}

impl Database {
    /// Opens the database that the settings name, creating an SQLite file if there is none.
    pub async fn connect(config: &Config) -> Result<Self> {
        match config.backend().map_err(Error::internal)? {
            Backend::Sqlite => Self::connect_sqlite(config).await,
            Backend::Postgres => Self::connect_postgres(config).await,
        }
    }

    /// Refuses a URL that the driver does not understand; connects to nothing.
    pub fn check(config: &Config) -> Result<()> {
        let url = config.database_url();
        let checked = match config.backend().map_err(Error::internal)? {
            Backend::Sqlite => file::check(url.reveal(), &config.data_dir),
            Backend::Postgres => match url.reveal().parse::<sqlx::postgres::PgConnectOptions>() {
                Ok(_) => Ok(()),
                Err(_) => Err(ConfigError::DatabaseUrl),
            },
        };
        checked.map_err(Error::internal)
    }

    /// Connections for statements that change nothing.
    #[must_use]
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// The connection for single statements that change something.
    #[must_use]
    pub fn write(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Begins a writing transaction; on SQLite it holds the one writer from its first statement.
    pub async fn begin(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.write.begin_with_options(options).await?)
    }

    /// Brings the schema up to date; replicas that start together wait for the first.
    pub async fn migrate(&self) -> Result<()> {
        let tx = self.begin().await?;
        if self.backend() == DbBackend::Postgres {
            tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
                .await?;
        }
        Migrator::up(&tx, None).await?;
        Ok(tx.commit().await?)
    }

    /// Whether the schema is the one that this binary was built for.
    pub async fn is_migrated(&self) -> Result<bool> {
        Ok(Migrator::get_pending_migrations_read_only(&self.read).await?.is_empty())
    }

    /// Answers when the database answers.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.read.ping().await?)
    }

    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.write.get_database_backend()
    }

    /// Calls back after every statement, for tests that count them.
    pub fn on_statement(&mut self, callback: impl Fn(&str) + Send + Sync + 'static) {
        let callback = Arc::new(callback);
        for connection in [&mut self.read, &mut self.write] {
            let callback = callback.clone();
            connection.set_metric_callback(move |info| callback(&info.statement.sql));
        }
    }

    /// Closes all connections; on SQLite this folds the write-ahead log into the file.
    pub async fn close(self) -> Result<()> {
        self.read.close().await?;
        Ok(self.write.close().await?)
    }

    async fn connect_sqlite(config: &Config) -> Result<Self> {
        let url = config.database_url();
        let url = url.reveal();
        file::make_private(url);
        let write = connect(sqlite_options(url, 1, false)).await?;
        check_sqlite_version(&write).await?;
        // Looks at tables that have grown since the last time; without, SQLite guesses how many rows
        // an index leads to, and guesses wrong.
        write.execute_unprepared("PRAGMA optimize = 0x10002").await?;
        let read = connect(sqlite_options(url, config.database_connections, true)).await?;
        Ok(Self { read, write })
    }

    async fn connect_postgres(config: &Config) -> Result<Self> {
        let mut options = ConnectOptions::new(config.database_url().reveal());
        options
            .max_connections(config.database_connections)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .max_lifetime(Duration::from_mins(30))
            .test_before_acquire(false)
            .map_sqlx_postgres_before_acquire(|connection, meta| {
                Box::pin(async move {
                    if meta.idle_for < IDLE_CHECK {
                        return Ok(true);
                    }
                    is_writable(connection).await
                })
            })
            .sqlx_logging(false)
            .set_application_name("find-helper")
            .map_sqlx_postgres_opts(|options| {
                options.options([
                    ("statement_timeout", "5000"),
                    ("lock_timeout", "3000"),
                    ("idle_in_transaction_session_timeout", "10000"),
                ])
            });
        let pool = connect(options).await?;
        Ok(Self { read: pool.clone(), write: pool })
    }
}

/// After a failover a connection may lead to a server that only reads: the pool drops it.
async fn is_writable(connection: &mut sqlx::PgConnection) -> Result<bool, sqlx::Error> {
    let read_only: String =
        sqlx::query_scalar("SHOW transaction_read_only").fetch_one(connection).await?;
    Ok(read_only == "off")
}

fn sqlite_options(url: &str, connections: u32, read_only: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .sqlx_logging(false)
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

async fn connect(options: ConnectOptions) -> Result<DatabaseConnection> {
    let unreachable = |error: DbErr| ConfigError::DatabaseUnreachable(error.to_string());
    sea_orm::Database::connect(options).await.map_err(|error| Error::internal(unreachable(error)))
}

async fn check_sqlite_version(connection: &DatabaseConnection) -> Result<()> {
    let statement = Statement::from_string(DbBackend::Sqlite, "SELECT sqlite_version() AS version");
    let row = connection.query_one_raw(statement).await?;
    let version: String = row.map_or(Ok(String::new()), |row| row.try_get("", "version"))?;
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    if (next(), next(), next()) < OLDEST_SQLITE {
        return Err(Error::internal(ConfigError::OldSqlite(version)));
    }
    Ok(())
}
