//! Timeouts of the database, and the pooler in front of it.

use std::time::Duration;

use clap::{Args, ValueEnum};

/// Timeouts of the database, and the pooler in front of it.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Database")]
pub struct Waits {
    /// Milliseconds that a database statement may run; then it is cancelled and answered 503.
    #[arg(long, env, default_value_t = 5_000, value_parser = milliseconds())]
    pub database_statement_timeout_ms: u64,
    /// Milliseconds that a statement may wait for a connection or a lock; then it is answered 503.
    #[arg(long, env, default_value_t = 3_000, value_parser = milliseconds())]
    pub database_wait_ms: u64,
    /// Milliseconds that PostgreSQL may be silent after `DATABASE_STATEMENT_TIMEOUT_MS`, or when an
    /// idle connection is probed, before the connection is dropped.
    #[arg(long, env, default_value_t = 1_000, value_parser = milliseconds())]
    pub database_silence_ms: u64,
    /// Mode of the pooler in front of PostgreSQL, such as PgBouncer.
    #[arg(long, env, value_enum, default_value_t = Pooler::None)]
    pub database_pooler: Pooler,
}

/// The pooler between the gateway and PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Pooler {
    /// No pooler, or one in session mode.
    None,
    /// A pooler that may move each transaction to another connection: every statement runs in a
    /// transaction that sets its own parameters, at the cost of more round trips.
    Transaction,
}

impl Waits {
    #[must_use]
    pub fn statement(&self) -> Duration {
        Duration::from_millis(self.database_statement_timeout_ms)
    }

    #[must_use]
    pub fn connection(&self) -> Duration {
        Duration::from_millis(self.database_wait_ms)
    }

    #[must_use]
    pub fn silence(&self) -> Duration {
        Duration::from_millis(self.database_silence_ms)
    }
}

fn milliseconds() -> clap::builder::RangedU64ValueParser {
    clap::value_parser!(u64).range(1..=3_600_000)
}
