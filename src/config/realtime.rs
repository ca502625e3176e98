//! Settings of connections that stay open: WebSocket and event streams.

use std::time::Duration;

use clap::Args;

use super::{A_DAY, at_least_one, milliseconds};

/// Limits and intervals of connections that stay open.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Sockets and event streams")]
pub struct Realtime {
    /// Open WebSocket connections and event streams of this process.
    #[arg(long, env, default_value_t = 5_000, value_parser = at_least_one())]
    pub limit_sockets: u32,
    /// Open WebSocket connections and event streams per client address.
    #[arg(long, env, default_value_t = 50, value_parser = at_least_one())]
    pub limit_sockets_per_address: u32,
    /// Concurrent operations per WebSocket.
    #[arg(long, env, default_value_t = 20, value_parser = at_least_one())]
    pub limit_socket_operations: u32,
    /// Operations that a WebSocket may start per minute; it may send twice as many messages.
    #[arg(long, env, default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub limit_socket_operations_per_minute: u32,
    /// Bytes of unread answers per WebSocket, with `LIMIT_RESPONSE_BYTES` reserved for each running
    /// operation; beyond that, further operations wait.
    #[arg(long, env, default_value_t = 30_000_000, value_parser = at_least_one())]
    pub limit_socket_bytes: u32,
    /// Milliseconds within which a new WebSocket must send `connection_init`.
    #[arg(long, env, default_value = "5000", value_parser = milliseconds(1..=A_DAY))]
    pub socket_init_ms: Duration,
    /// Milliseconds between keep-alive pings; a WebSocket that does not answer is closed.
    #[arg(long, env, default_value = "25000", value_parser = milliseconds(1..=A_DAY))]
    pub socket_ping_ms: Duration,
    /// Milliseconds, plus up to a tenth, after which a client has to reconnect.
    #[arg(long, env, default_value = "3600000", value_parser = milliseconds(1..=A_DAY))]
    pub socket_max_age_ms: Duration,
    /// Milliseconds between checks of open connections' credentials, in case a wake-up is lost.
    #[arg(long, env, default_value = "5000", value_parser = milliseconds(1..=A_DAY))]
    pub session_check_ms: Duration,
    /// Milliseconds between checks for new events, in case a wake-up is lost.
    #[arg(long, env, default_value = "5000", value_parser = milliseconds(1..=A_DAY))]
    pub event_poll_ms: Duration,
}

impl Realtime {
    /// Up to a tenth longer than set, as random bytes have it, so that those who came together do
    /// not return together.
    #[must_use]
    pub fn max_age(&self, random: [u8; 2]) -> Duration {
        let share = f64::from(u16::from_be_bytes(random)) / f64::from(u16::MAX);
        self.socket_max_age_ms.mul_f64(1.0 + share / 10.0)
    }
}
