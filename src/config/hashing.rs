//! The cost of password hashes.

use std::time::Duration;

use clap::Args;

use super::milliseconds;

/// Work that a password hash costs (argon2id, RFC 9106).
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Password hashing")]
pub struct Hashing {
    /// Memory of one password hash in KiB.
    #[arg(long, env, default_value_t = 19_456, value_parser = clap::value_parser!(u32).range(8..=131_072))]
    pub argon2_memory_kib: u32,
    /// Iterations (passes over the memory) of one password hash.
    #[arg(long, env, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=10))]
    pub argon2_iterations: u32,
    /// Password hashes that run at once; if unset, the number of cores minus one.
    #[arg(long, env, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub argon2_concurrency: Option<u32>,
    /// Password hashes that may wait for their turn; further ones are answered 503.
    #[arg(long, env, default_value_t = 64)]
    pub argon2_queue: u32,
    /// Milliseconds that a password hash may wait for its turn; then it is answered 503.
    #[arg(long, env, default_value = "2000", value_parser = milliseconds(..))]
    pub argon2_max_wait_ms: Duration,
}
