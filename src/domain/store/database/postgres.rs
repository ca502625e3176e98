//! PostgreSQL: connections that read and write, and may end or fall silent at any time.

use std::{sync::Arc, time::Duration};

use sea_orm::{
    ConnectOptions, DbBackend, DbErr, RuntimeErr,
    sqlx::{self, PgConnection, Row, postgres::PgConnectOptions},
};
use tokio::time::timeout;

use super::{
    Database,
    connection::Connections,
    fair::FairPool,
    slot::{Limit, Slot},
};
use crate::{
    config::{Config, ConfigError, Pooler, Waits},
    error::{Error, Result},
};

/// What a server says that does not take our settings as connections begin.
const PROTOCOL_VIOLATION: &str = "08P01";

/// Refuses a URL that the driver does not understand.
pub(super) fn check(url: &str) -> Result<(), ConfigError> {
    url.parse::<PgConnectOptions>().map(drop).map_err(|_| ConfigError::DatabaseUrl)
}

pub(super) async fn connect(config: &Config) -> Result<Database> {
    let waits = &config.waits;
    let patience = waits.database_statement_timeout_ms + waits.database_silence_ms;
    let slot = || Slot::new(options(config), Limit::Patience(patience));
    let slots: Vec<_> = (0..config.database_connections).map(|_| slot()).collect();
    for first in slots.iter().take(1) {
        first.connection().await.map_err(|error| Error::internal(unreachable(&error)))?;
    }
    let pool = FairPool::new(slots, waits.database_wait_ms);
    let preamble: Option<Arc<str>> = match waits.database_pooler {
        Pooler::None => None,
        Pooler::Transaction => Some(preamble(waits).into()),
    };
    let connections = |read_only| Connections {
        pool: pool.clone(),
        backend: DbBackend::Postgres,
        read_only,
        preamble: preamble.clone(),
    };
    Ok(Database { read: connections(true), write: connections(false) })
}

/// The server ends what takes too long, and what waits too long.
fn limits(waits: &Waits) -> [(&'static str, u128); 3] {
    [
        ("statement_timeout", waits.database_statement_timeout_ms.as_millis()),
        ("lock_timeout", waits.database_wait_ms.as_millis()),
        ("idle_in_transaction_session_timeout", 10_000),
    ]
}

/// What holds for one transaction, and an end to statements that others have prepared under names
/// that this one is going to use.
fn preamble(waits: &Waits) -> String {
    let settings = limits(waits).map(|(name, value)| format!("SET LOCAL {name} = {value};"));
    format!("DEALLOCATE ALL; {}", settings.join(" "))
}

fn options(config: &Config) -> ConnectOptions {
    let (waits, silence) = (config.waits.clone(), config.waits.database_silence_ms);
    let mut options = ConnectOptions::new(config.database_url().reveal());
    options
        .max_connections(1)
        .acquire_timeout(waits.database_wait_ms)
        .max_lifetime(Duration::from_mins(30))
        .test_before_acquire(false)
        .map_sqlx_postgres_before_acquire(move |connection, meta| {
            Box::pin(async move {
                // Who has rested longer than that may be gone, and is asked for a sign of life.
                if meta.idle_for < silence {
                    return Ok(true);
                }
                let answer = timeout(silence, is_writable(connection)).await;
                answer.unwrap_or(Err(sqlx::Error::PoolTimedOut))
            })
        })
        .sqlx_logging(false)
        .set_application_name("find-helper")
        .map_sqlx_postgres_opts(move |options| match waits.database_pooler {
            Pooler::None => options.options(limits(&waits)),
            // It takes no other settings, and leads no prepared statement to where it was prepared.
            Pooler::Transaction => options.extra_float_digits(None).statement_cache_capacity(0),
        });
    options
}

/// After a failover a connection may lead to a server that only reads: the pool drops it. Asked
/// without preparing, which poolers would not bear.
async fn is_writable(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let row = sqlx::raw_sql("SHOW transaction_read_only").fetch_one(connection).await?;
    Ok(row.try_get::<String, _>(0)? == "off")
}

fn unreachable(error: &DbErr) -> ConfigError {
    let DbErr::Conn(RuntimeErr::SqlxError(cause)) = error else {
        return ConfigError::DatabaseUnreachable(error.to_string());
    };
    let code = cause.as_database_error().and_then(sqlx::error::DatabaseError::code);
    if code.is_some_and(|code| code == PROTOCOL_VIOLATION) {
        return ConfigError::TransactionPooler;
    }
    ConfigError::DatabaseUnreachable(error.to_string())
}
