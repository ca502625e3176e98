//! PostgreSQL: connections that read and write, and may end or fall silent at any time.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use sea_orm::{
    DatabaseConnection, DbBackend, DbErr, RuntimeErr, SqlxPostgresConnector,
    sqlx::{
        self, ConnectOptions, PgConnection, Row,
        postgres::{PgConnectOptions, PgPoolOptions},
    },
};
use tokio::time::timeout;

use super::{
    Database,
    connection::Connections,
    fair::FairPool,
    link::{Driver, Link, lost},
    slot::{self, Slot},
};
use crate::{
    config::{Config, ConfigError, Pooler, Waits},
    error::{Error, Result},
};

/// A connection is replaced after this time, so that servers and poolers can be replaced.
const LIFETIME: Duration = Duration::from_mins(30);
/// What a server says that does not take our settings as connections begin.
const PROTOCOL_VIOLATION: &str = "08P01";

/// Refuses a URL that the driver does not understand.
pub(super) fn check(url: &str) -> Result<(), ConfigError> {
    url.parse::<PgConnectOptions>().map(drop).map_err(|_| ConfigError::DatabaseUrl)
}

/// How connections of a server are opened, and when they are given up.
#[derive(Clone)]
pub(super) struct Source {
    pub options: PgConnectOptions,
    /// After this time a statement should have been ended by the server.
    pub limit: Duration,
    /// Who has rested for longer than this may be gone, and is asked for a sign of life.
    pub silence: Duration,
}

impl Source {
    fn new(config: &Config) -> Result<Self> {
        let waits = &config.waits;
        let options: PgConnectOptions =
            config.database_url().reveal().parse().map_err(Error::internal)?;
        let options = options.disable_statement_logging().application_name("find-helper");
        let options = match waits.database_pooler {
            Pooler::None => options.options(limits(waits)),
            // It takes no other settings, and leads no prepared statement to where it was prepared.
            Pooler::Transaction => options.extra_float_digits(None).statement_cache_capacity(0),
        };
        let silence = waits.database_silence_ms;
        Ok(Self { options, limit: waits.database_statement_timeout_ms + silence, silence })
    }

    pub async fn open(&self) -> Result<Link, DbErr> {
        let connection = self.options.connect().await.map_err(lost)?;
        Ok(Link::new(Driver::Postgres(connection)))
    }

    /// Whether a connection may be used again.
    pub async fn is_fit(&self, link: &mut Link) -> bool {
        let Driver::Postgres(connection) = &mut link.driver else { return false };
        if link.opened.elapsed() > LIFETIME {
            return false;
        }
        link.rested.elapsed() < self.silence
            || matches!(timeout(self.silence, is_writable(connection)).await, Ok(Ok(true)))
    }

    /// A pool of one connection, as migrations take it.
    pub async fn pool(&self) -> Result<DatabaseConnection, DbErr> {
        let pool = PgPoolOptions::new().max_connections(1);
        let pool = pool.connect_with(self.options.clone()).await.map_err(lost)?;
        Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
    }
}

pub(super) async fn connect(config: &Config) -> Result<Database> {
    let waits = &config.waits;
    let source = Source::new(config)?;
    let slot = || Slot::new(slot::Source::Postgres(source.clone()), waits.database_wait_ms);
    let slots: Vec<_> = (0..config.database_connections).map(|_| slot()).collect();
    for first in slots.iter().take(1) {
        let link = first.take().await.map_err(|error| Error::internal(unreachable(&error)))?;
        first.put_back(link);
    }
    let (begin, always_begins) = match waits.database_pooler {
        Pooler::None => ("BEGIN".into(), false),
        Pooler::Transaction => (format!("BEGIN; {}", preamble(waits)), true),
    };
    let (pool, begin) = (FairPool::new(slots, waits.database_wait_ms), Arc::<str>::from(begin));
    let on_statement = Arc::new(OnceLock::new());
    let connections = |read_only| Connections {
        pool: pool.clone(),
        backend: DbBackend::Postgres,
        read_only,
        begin: begin.clone(),
        always_begins,
        on_statement: on_statement.clone(),
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

/// After a failover a connection may lead to a server that only reads: it is not used again. Asked
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
