//! Limits of connections: number, sizes and timeouts.

use std::time::Duration;

use clap::{Args, ValueEnum};

/// Limits of HTTP connections.
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
    #[arg(long, env, default_value_t = 10_000, value_parser = positive())]
    pub http_header_timeout_ms: u64,
    /// Milliseconds that a request body may take to arrive.
    #[arg(long, env, default_value_t = 15_000, value_parser = positive())]
    pub http_body_timeout_ms: u64,
    /// Milliseconds that a connection may be idle before it is closed.
    #[arg(long, env, default_value_t = 75_000, value_parser = positive())]
    pub http_idle_timeout_ms: u64,
    /// Milliseconds that a client may take to read what was written to it.
    #[arg(long, env, default_value_t = 60_000, value_parser = positive())]
    pub http_write_timeout_ms: u64,
    /// Average bytes per second at which a client must read a large response, after the time
    /// allowed by `HTTP_WRITE_TIMEOUT_MS`.
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
    #[arg(long, env, default_value_t = 2_000)]
    pub http_drain_delay_ms: u64,
    /// Milliseconds at shutdown that running requests may take to finish, after the drain delay.
    #[arg(long, env, default_value_t = 25_000)]
    pub http_drain_timeout_ms: u64,
    /// Draft of GraphQL over HTTP that decides the statuses; the newer one adds 422 and 294.
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

impl Http {
    #[must_use]
    pub fn header_timeout(&self) -> Duration {
        Duration::from_millis(self.http_header_timeout_ms)
    }

    #[must_use]
    pub fn body_timeout(&self) -> Duration {
        Duration::from_millis(self.http_body_timeout_ms)
    }

    #[must_use]
    pub fn idle_timeout(&self) -> Duration {
        Duration::from_millis(self.http_idle_timeout_ms)
    }

    #[must_use]
    pub fn write_timeout(&self) -> Duration {
        Duration::from_millis(self.http_write_timeout_ms)
    }

    #[must_use]
    pub fn drain_delay(&self) -> Duration {
        Duration::from_millis(self.http_drain_delay_ms)
    }

    #[must_use]
    pub fn drain_timeout(&self) -> Duration {
        Duration::from_millis(self.http_drain_timeout_ms)
    }
}

fn positive() -> clap::builder::RangedU64ValueParser {
    clap::value_parser!(u64).range(1..)
}
