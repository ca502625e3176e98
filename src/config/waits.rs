//! Settings of the way to the database: how long anything may take, and what stands between.

use std::time::Duration;

use clap::{Args, ValueEnum};

/// How long the database may take, and how it is reached.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Database")]
pub struct Waits {
    /// Milliseconds that a statement may run; one that runs longer is ended and answered 503.
    #[arg(long, env, default_value_t = 5_000, value_parser = milliseconds())]
    pub database_statement_timeout_ms: u64,
    /// Milliseconds that a statement waits for a connection or a lock; then it is answered 503.
    #[arg(long, env, default_value_t = 3_000, value_parser = milliseconds())]
    pub database_wait_ms: u64,
    /// Milliseconds of silence after which a connection to PostgreSQL is given up: beyond the time
    /// that a statement may run, or when it has rested and is asked for a sign of life.
    #[arg(long, env, default_value_t = 1_000, value_parser = milliseconds())]
    pub database_silence_ms: u64,
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
