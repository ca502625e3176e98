//! The connections: one writer and many readers on SQLite, one pool on PostgreSQL.

mod connection;
mod fair;
mod file;
mod lease;
mod link;
mod postgres;
pub(in crate::domain) mod schema;
mod slot;
mod sqlite;
mod statement;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};

pub use self::connection::{Connections, Transaction};
use crate::{
    config::{Backend, Config},
    error::{Error, Result},
    fair_queue::Usage,
};

/// Where rows live; cheap to clone.
#[derive(Clone)]
pub struct Database {
    read: Connections,
    write: Connections,
}

impl Database {
    /// Opens the database that the settings name, creating an SQLite file if there is none.
    pub async fn connect(config: &Config) -> Result<Self> {
        match config.backend().map_err(Error::internal)? {
            Backend::Sqlite => sqlite::connect(config).await,
            Backend::Postgres => postgres::connect(config).await,
        }
    }

    /// One reading connection to an SQLite file that no other process has open, nor opens before it is
    /// closed; None if one has.
    pub(in crate::domain) async fn alone(config: &Config) -> Result<Option<DatabaseConnection>> {
        match sqlite::alone(config).await {
            Err(error) if sqlite::is_busy(&error) => Ok(None),
            opened => Ok(Some(opened?)),
        }
    }

    /// Whether the file that an SQLite URL names is there.
    pub(in crate::domain) fn file_exists(url: &str) -> bool {
        file::path(url).is_some_and(|path| path.is_file())
    }

    /// Refuses a URL that the driver does not understand; connects to nothing.
    pub fn check(config: &Config) -> Result<()> {
        let url = config.database_url();
        let checked = match config.backend().map_err(Error::internal)? {
            Backend::Sqlite => file::check(url.reveal(), &config.data_dir),
            Backend::Postgres => postgres::check(url.reveal()),
        };
        checked.map_err(Error::internal)
    }

    /// Connections for statements that change nothing.
    #[must_use]
    pub fn read(&self) -> &Connections {
        &self.read
    }

    /// The connection for single statements that change something.
    #[must_use]
    pub fn write(&self) -> &Connections {
        &self.write
    }

    /// Begins a writing transaction; on SQLite it holds the one writer from its first statement.
    pub async fn begin(&self) -> Result<Transaction> {
        // Boxed: what waits for a turn and a connection would make every caller as large.
        Box::pin(self.write.begin()).await
    }

    /// Answers when the database answers.
    pub async fn ping(&self) -> Result<()> {
        self.read.execute_unprepared("SELECT 1").await?;
        Ok(())
    }

    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.write.backend
    }

    /// How many reading connections nobody uses at the moment.
    #[must_use]
    pub fn free_connections(&self) -> usize {
        self.read.pool.rest().len()
    }

    /// How the connections are used, by what they are for: SQLite has one that writes beside those that read.
    #[must_use]
    pub fn usage(&self) -> Vec<(&'static str, Usage)> {
        match self.backend() {
            DbBackend::Sqlite => {
                vec![("read", self.read.pool.usage()), ("write", self.write.pool.usage())]
            }
            _ => vec![("all", self.write.pool.usage())],
        }
    }

    /// Bytes of the write-ahead log; None unless the settings name an SQLite file.
    #[must_use]
    pub fn log_bytes(config: &Config) -> Option<u64> {
        let is_file = config.backend() == Ok(Backend::Sqlite);
        is_file.then(|| file::log_bytes(config.database_url().reveal()))
    }

    /// A writing connection without turns and limits, for work on the schema.
    pub async fn unlimited(&self) -> Result<DatabaseConnection> {
        let permit = self.write.pool.acquire().await?;
        let opened = match permit.source() {
            slot::Source::Sqlite(source) => source.pool().await,
            slot::Source::Postgres(source) => source.pool().await,
        };
        Ok(opened?)
    }

    /// Calls back after every statement, for tests that count them; once for a database.
    pub fn on_statement(&self, callback: impl Fn(&str) + Send + Sync + 'static) {
        drop(self.write.on_statement.set(Box::new(callback)));
    }

    /// Closes all connections; on SQLite this folds the write-ahead log into the file.
    pub async fn close(self) -> Result<()> {
        for slot in self.read.pool.close().into_iter().chain(self.write.pool.close()) {
            slot.close().await?;
        }
        Ok(())
    }
}
