//! Limits of connections: number, sizes and timeouts.

use std::time::Duration;

use clap::{Args, ValueEnum};

use super::milliseconds;

/// What one connection may take of the gateway.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Connections")]
pub struct Http {
    /// Open connections in total; further ones are closed.
    #[arg(long, env, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub http_connections: u32,
    /// Open connections per client address (IPv6: per /64 network); trusted proxies are exempt.
    #[arg(long, env, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    pub http_connections_per_address: u32,
    /// Concurrent requests on one HTTP/2 connection.
    #[arg(long, env, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    pub http_streams: u32,
    /// Largest size of a request's headers in bytes.
    #[arg(long, env, default_value_t = 32_768, value_parser = clap::value_parser!(u32).range(8_192..=1_048_576))]
    pub http_header_bytes: u32,
    /// Milliseconds until the headers of a request are complete, from its first byte or from the
    /// start of the connection.
    #[arg(long, env, default_value = "10000", value_parser = milliseconds(1..))]
    pub http_header_timeout_ms: Duration,
    /// Milliseconds that a request body may take to arrive.
    #[arg(long, env, default_value = "15000", value_parser = milliseconds(1..))]
    pub http_body_timeout_ms: Duration,
    /// Milliseconds that a connection may be idle before it is closed.
    #[arg(long, env, default_value = "75000", value_parser = milliseconds(1..))]
    pub http_idle_timeout_ms: Duration,
    /// Milliseconds that a client may take to read what was written to it.
    #[arg(long, env, default_value = "60000", value_parser = milliseconds(1..))]
    pub http_write_timeout_ms: Duration,
    /// Bytes of a large answer that a client must take in a second, on the whole, after the time in which it must take anything.
    #[arg(long, env, default_value_t = 65_536, value_parser = clap::value_parser!(u32).range(1..))]
    pub http_min_bytes_per_second: u32,
    /// Bytes of unread responses in total; beyond that, the network that holds most loses some.
    #[arg(long, env, default_value_t = 67_108_864, value_parser = positive())]
    pub http_unread_bytes: u64,
    /// Bytes of unread responses per client address (IPv6: per /64 network); beyond that, its
    /// slowest response is aborted or the new one refused.
    #[arg(long, env, default_value_t = 25_165_824, value_parser = positive())]
    pub http_unread_bytes_per_address: u64,
    /// Bytes held by requests in total: bodies until answered, and documents of subscriptions.
    #[arg(long, env, default_value_t = 67_108_864, value_parser = positive())]
    pub http_request_bytes: u64,
    /// Bytes held by requests per client address (IPv6: per /64 network).
    #[arg(long, env, default_value_t = 16_777_216, value_parser = positive())]
    pub http_request_bytes_per_address: u64,
    /// Milliseconds at shutdown in which `/readyz` fails but requests are still accepted.
    #[arg(long, env, default_value = "2000", value_parser = milliseconds(..))]
    pub http_drain_delay_ms: Duration,
    /// Milliseconds at shutdown that running requests may take to finish, after the drain delay.
    #[arg(long, env, default_value = "25000", value_parser = milliseconds(..))]
    pub http_drain_timeout_ms: Duration,
    /// Draft of GraphQL over HTTP whose statuses are answered; the newer one has 422 and 294.
    #[arg(long, env, value_enum, default_value_t = StatusProfile::December2025)]
    pub http_status_profile: StatusProfile,
}

/// HTTP statuses of `/graphql`, by the date of the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StatusProfile {
    /// 400 for invalid documents and variables, 200 for every operation that ran.
    #[value(name = "2025-12")]
    December2025,
    /// 422 for invalid documents and variables, 294 for operations that ran with errors.
    #[value(name = "2026-08")]
    August2026,
}

fn positive() -> clap::builder::RangedU64ValueParser {
    clap::value_parser!(u64).range(1..)
}
