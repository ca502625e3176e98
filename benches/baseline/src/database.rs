//! The pools, with the gateway's settings.

use std::{str::FromStr, time::Duration};

use sqlx::{
    PgPool, Sqlite, SqlitePool, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

/// As many connections as the gateway has by default.
const CONNECTIONS: u32 = 10;

pub enum Database {
    Postgres(PgPool),
    Sqlite { read: SqlitePool, write: SqlitePool },
}

/// Runs the same expression against the pool of either kind, for reading.
macro_rules! read {
    ($db:expr, |$pool:ident| $body:expr) => {
        match $db {
            crate::database::Database::Postgres($pool) => $body,
            crate::database::Database::Sqlite { read: $pool, .. } => $body,
        }
    };
}

/// Runs the same expression in a transaction of either kind and commits it.
macro_rules! write {
    ($db:expr, |$tx:ident| $body:expr) => {
        match $db {
            crate::database::Database::Postgres(pool) => {
                let mut $tx = pool.begin().await?;
                let result = $body;
                $tx.commit().await?;
                result
            }
            crate::database::Database::Sqlite { write: pool, .. } => {
                let mut $tx = crate::database::begin_immediate(pool).await?;
                let result = $body;
                $tx.commit().await?;
                result
            }
        }
    };
}

pub(crate) use {read, write};

pub async fn begin_immediate(pool: &SqlitePool) -> sqlx::Result<Transaction<'static, Sqlite>> {
    pool.begin_with("BEGIN IMMEDIATE").await
}

impl Database {
    pub async fn connect(url: &str) -> sqlx::Result<Self> {
        if url.starts_with("sqlite:") {
            return Self::connect_sqlite(url).await;
        }
        let options = PgConnectOptions::from_str(url)?;
        let pool = PgPoolOptions::new().max_connections(CONNECTIONS).test_before_acquire(false);
        Ok(Self::Postgres(pool.connect_with(options).await?))
    }

    async fn connect_sqlite(url: &str) -> sqlx::Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?
            .busy_timeout(Duration::from_secs(5))
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("cache_size", "-16000")
            .pragma("temp_store", "MEMORY");
        let pool = || SqlitePoolOptions::new().test_before_acquire(false);
        Ok(Self::Sqlite {
            write: pool().max_connections(1).connect_with(options.clone()).await?,
            read: pool().max_connections(CONNECTIONS).connect_with(options).await?,
        })
    }
}
