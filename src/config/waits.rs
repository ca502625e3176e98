//! Settings of the way to the database: how long anything may take, and what stands between.

use std::time::Duration;

use clap::{Args, ValueEnum};

use super::milliseconds;

/// How long the database may take, and how it is reached.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Database")]
pub struct Waits {
    /// Milliseconds that a statement may run; one that runs longer is ended and answered 503.
    #[arg(long, env, default_value = "5000", value_parser = milliseconds(1..=3_600_000))]
    pub database_statement_timeout_ms: Duration,
    /// Milliseconds that a statement waits for a connection or a lock; then it is answered 503.
    #[arg(long, env, default_value = "3000", value_parser = milliseconds(1..=3_600_000))]
    pub database_wait_ms: Duration,
    /// Milliseconds of silence after which a connection to PostgreSQL is given up: beyond the time
    /// that a statement may run, or when it has rested and is asked for a sign of life.
    #[arg(long, env, default_value = "1000", value_parser = milliseconds(1..=3_600_000))]
    pub database_silence_ms: Duration,
    /// Pooler in front of PostgreSQL, such as PgBouncer, by its mode.
    #[arg(long, env, value_enum, default_value_t = Pooler::None)]
    pub database_pooler: Pooler,
}

/// What stands between the gateway and PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Pooler {
    /// Nothing, or a pooler in session mode.
    None,
    /// A pooler that may lead each transaction to another connection: every statement becomes a
    /// transaction that says what holds for it, which takes more round trips.
    Transaction,
}
