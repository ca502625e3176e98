//! What password hashes cost.

use std::time::Duration;

use clap::Args;

use super::milliseconds;

/// Work that a password hash costs (argon2id, RFC 9106).
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Password hashing")]
pub struct Hashing {
    /// Memory of one hash in KiB.
    #[arg(long, env, default_value_t = 19_456, value_parser = clap::value_parser!(u32).range(8..=131_072))]
    pub argon2_memory_kib: u32,
    /// Passes over the memory.
    #[arg(long, env, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=10))]
    pub argon2_iterations: u32,
    /// Hashes that run at once; unset: one core stays free for other requests.
    #[arg(long, env, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub argon2_concurrency: Option<u32>,
    /// Hashes that may wait; more are answered 503.
    #[arg(long, env, default_value_t = 64)]
    pub argon2_queue: u32,
    /// Milliseconds that a hash may wait.
    #[arg(long, env, default_value = "2000", value_parser = milliseconds(..))]
    pub argon2_max_wait_ms: Duration,
}
