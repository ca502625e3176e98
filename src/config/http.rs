//! Settings of connections: how many, how large and how long.

use std::time::Duration;

use clap::{Args, ValueEnum};

use super::milliseconds;

/// What one connection may take of the gateway.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Connections")]
pub struct Http {
    /// Connections at once; further ones are closed.
    #[arg(long, env, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub http_connections: u32,
    /// Connections at once from one client address (IPv6: a network of 64 bits); trusted proxies have no such limit.
    #[arg(long, env, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    pub http_connections_per_address: u32,
    /// Requests at once on one HTTP/2 connection.
    #[arg(long, env, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    pub http_streams: u32,
    /// Bytes of the head of a request.
    #[arg(long, env, default_value_t = 32_768, value_parser = clap::value_parser!(u32).range(8_192..=1_048_576))]
    pub http_header_bytes: u32,
    /// Milliseconds from the first byte of a request, or of a connection, to the end of its head.
    #[arg(long, env, default_value = "10000", value_parser = milliseconds(1..))]
    pub http_header_timeout_ms: Duration,
    /// Milliseconds that the body of a request may take.
    #[arg(long, env, default_value = "15000", value_parser = milliseconds(1..))]
    pub http_body_timeout_ms: Duration,
    /// Milliseconds that a connection is kept without a request.
    #[arg(long, env, default_value = "75000", value_parser = milliseconds(1..))]
    pub http_idle_timeout_ms: Duration,
    /// Milliseconds in which a client must take what is written to it.
    #[arg(long, env, default_value = "60000", value_parser = milliseconds(1..))]
    pub http_write_timeout_ms: Duration,
    /// Bytes of a large answer that a client must take in a second, on the whole, after the time in which it must take anything.
    #[arg(long, env, default_value_t = 65_536, value_parser = clap::value_parser!(u32).range(1..))]
    pub http_min_bytes_per_second: u32,
    /// Bytes of answers that may wait until their clients take them, in all; who holds most gives way.
    #[arg(long, env, default_value_t = 67_108_864, value_parser = positive())]
    pub http_unread_bytes: u64,
    /// The same of one client address (IPv6: a network of 64 bits); beyond, the slowest reader gives way or an answer is refused.
    #[arg(long, env, default_value_t = 25_165_824, value_parser = positive())]
    pub http_unread_bytes_per_address: u64,
    /// Bytes that requests may hold, in all: bodies until they are answered, and the documents of subscriptions.
    #[arg(long, env, default_value_t = 67_108_864, value_parser = positive())]
    pub http_request_bytes: u64,
    /// The same of one client address (IPv6: a network of 64 bits).
    #[arg(long, env, default_value_t = 16_777_216, value_parser = positive())]
    pub http_request_bytes_per_address: u64,
    /// Milliseconds at the end in which `/readyz` refuses and all else is still served.
    #[arg(long, env, default_value = "2000", value_parser = milliseconds(..))]
    pub http_drain_delay_ms: Duration,
    /// Milliseconds at the end in which requests in flight may finish.
    #[arg(long, env, default_value = "25000", value_parser = milliseconds(..))]
    pub http_drain_timeout_ms: Duration,
    /// Draft of GraphQL over HTTP whose statuses are answered; the newer one has 422 and 294.
    #[arg(long, env, value_enum, default_value_t = StatusProfile::December2025)]
    pub http_status_profile: StatusProfile,
}

/// Which statuses `/graphql` answers, by the date of the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StatusProfile {
    /// 400 for documents and variables that do not fit, 200 for all that ran.
    #[value(name = "2025-12")]
    December2025,
    /// 422 for documents and variables that do not fit, 294 for what ran with errors.
    #[value(name = "2026-08")]
    August2026,
}

fn positive() -> clap::builder::RangedU64ValueParser {
    clap::value_parser!(u64).range(1..)
}
