//! Timeouts of the database, and the pooler in front of it.

use std::time::Duration;

use clap::{Args, ValueEnum};

use super::milliseconds;

/// Timeouts of the database, and the pooler in front of it.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Database")]
pub struct Waits {
    /// Milliseconds that a database statement may run; then it is cancelled and answered 503.
    #[arg(long, env, default_value = "5000", value_parser = milliseconds(1..=3_600_000))]
    pub database_statement_timeout_ms: Duration,
    /// Milliseconds that a statement may wait for a connection or a lock; then it is answered 503.
    #[arg(long, env, default_value = "3000", value_parser = milliseconds(1..=3_600_000))]
    pub database_wait_ms: Duration,
    /// Milliseconds that PostgreSQL may be silent after `DATABASE_STATEMENT_TIMEOUT_MS`, or when an
    /// idle connection is probed, before the connection is dropped.
    #[arg(long, env, default_value = "1000", value_parser = milliseconds(1..=3_600_000))]
    pub database_silence_ms: Duration,
    /// Pooler in front of PostgreSQL, such as PgBouncer, by its mode.
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
