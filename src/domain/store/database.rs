//! The connections: one writer and many readers on SQLite, one pool on PostgreSQL.

mod connection;
mod fair;
mod file;
mod postgres;
mod schema;
mod slot;
mod sqlite;
mod statement;

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};

pub use self::connection::{Connections, Transaction};
use crate::{
    config::{Backend, Config},
    error::{Error, Result},
};

/// The database; cheap to clone.
#[derive(Clone)]
pub struct Database {
    read: Connections,
    write: Connections,
}

impl Database {
    /// Opens the configured database; creates a missing SQLite file.
    pub async fn connect(config: &Config) -> Result<Self> {
        match config.backend().map_err(Error::internal)? {
            Backend::Sqlite => sqlite::connect(config).await,
            Backend::Postgres => postgres::connect(config).await,
        }
    }

    /// Refuses a URL that the driver does not understand; does not connect.
    pub fn check(config: &Config) -> Result<()> {
        let url = config.database_url();
        let checked = match config.backend().map_err(Error::internal)? {
            Backend::Sqlite => file::check(url.reveal(), &config.data_dir),
            Backend::Postgres => postgres::check(url.reveal()),
        };
        checked.map_err(Error::internal)
    }

    /// Connections for statements that only read.
    #[must_use]
    pub fn read(&self) -> &Connections {
        &self.read
    }

    /// Connections for single writing statements.
    #[must_use]
    pub fn write(&self) -> &Connections {
        &self.write
    }

    /// Begins a writing transaction; on SQLite it holds the only writer from its first statement.
    pub async fn begin(&self) -> Result<Transaction> {
        // Boxed: waiting for a permit and a connection would enlarge every caller's future.
        Box::pin(self.write.begin()).await
    }

    /// Succeeds if the database responds.
    pub async fn ping(&self) -> Result<()> {
        self.read.execute_unprepared("SELECT 1").await?;
        Ok(())
    }

    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.write.backend
    }

    /// The number of reading connections that are idle.
    #[must_use]
    pub fn free_connections(&self) -> usize {
        self.read.pool.rest().len()
    }

    /// A writing connection without fair queue and timeouts, for migrations.
    pub async fn unlimited(&self) -> Result<DatabaseConnection> {
        let permit = self.write.pool.acquire().await?;
        Ok(permit.connection().await?)
    }

    /// Sets a callback for every statement, for tests that count them.
    pub fn on_statement(&mut self, callback: impl Fn(&str) + Send + Sync + 'static) {
        let callback: slot::OnStatement = Arc::new(callback);
        for slot in self.read.pool.rest().into_iter().chain(self.write.pool.rest()) {
            slot.on_statement(callback.clone());
        }
    }

    /// Closes all connections; on SQLite this checkpoints the write-ahead log.
    pub async fn close(self) -> Result<()> {
        for slot in self.read.pool.close().into_iter().chain(self.write.pool.close()) {
            slot.close().await?;
        }
        Ok(())
    }
}
