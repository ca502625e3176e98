//! A connection of the driver, without the driver's pool: that pool pings a connection after every
//! statement, which is a round trip to PostgreSQL or to SQLite's thread, and returns it in a spawned task.

use std::{sync::Arc, time::Instant};

use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{self, Connection, PgConnection, SqliteConnection},
};

pub(super) struct Link {
    pub driver: Driver,
    pub opened: Instant,
    /// When it was last used.
    pub rested: Instant,
}

pub(super) enum Driver {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Link {
    pub fn new(driver: Driver) -> Self {
        let now = Instant::now();
        Self { driver, opened: now, rested: now }
    }

    /// Waits for the end of a statement whose user left.
    pub async fn ping(&mut self) -> Result<(), DbErr> {
        match &mut self.driver {
            Driver::Sqlite(connection) => connection.ping().await,
            Driver::Postgres(connection) => connection.ping().await,
        }
        .map_err(lost)
    }

    /// Closes the connection gracefully.
    pub async fn close(self) -> Result<(), DbErr> {
        match self.driver {
            Driver::Sqlite(connection) => connection.close().await,
            Driver::Postgres(connection) => connection.close().await,
        }
        .map_err(lost)
    }
}

/// The driver could not open a connection, or lost it.
pub(super) fn lost(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error)))
}
