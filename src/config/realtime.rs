//! Settings of connections that stay open: WebSocket and event streams.

use std::time::Duration;

use clap::Args;

use super::at_least_one;

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
    #[arg(long, env, default_value_t = 5_000, value_parser = at_most_a_day())]
    pub socket_init_ms: u64,
    /// Milliseconds between keep-alive pings; a WebSocket that does not answer is closed.
    #[arg(long, env, default_value_t = 25_000, value_parser = at_most_a_day())]
    pub socket_ping_ms: u64,
    /// Milliseconds, plus up to a tenth, after which a client has to reconnect.
    #[arg(long, env, default_value_t = 3_600_000, value_parser = at_most_a_day())]
    pub socket_max_age_ms: u64,
    /// Milliseconds between checks of open connections' credentials, in case a wake-up is lost.
    #[arg(long, env, default_value_t = 5_000, value_parser = at_most_a_day())]
    pub session_check_ms: u64,
    /// Milliseconds between checks for new events, in case a wake-up is lost.
    #[arg(long, env, default_value_t = 5_000, value_parser = at_most_a_day())]
    pub event_poll_ms: u64,
}

impl Realtime {
    #[must_use]
    pub fn init_timeout(&self) -> Duration {
        Duration::from_millis(self.socket_init_ms)
    }

    #[must_use]
    pub fn ping_interval(&self) -> Duration {
        Duration::from_millis(self.socket_ping_ms)
    }

    /// The setting plus up to a random tenth, so that clients that connected together do not
    /// reconnect together.
    #[must_use]
    pub fn max_age(&self, random: [u8; 2]) -> Duration {
        let share = u64::from(u16::from_be_bytes(random));
        let more = self.socket_max_age_ms * share / u64::from(u16::MAX) / 10;
        Duration::from_millis(self.socket_max_age_ms + more)
    }

    #[must_use]
    pub fn session_check(&self) -> Duration {
        Duration::from_millis(self.session_check_ms)
    }

    #[must_use]
    pub fn event_poll(&self) -> Duration {
        Duration::from_millis(self.event_poll_ms)
    }
}

/// Longer times could overflow a clock.
fn at_most_a_day() -> clap::builder::RangedU64ValueParser {
    clap::value_parser!(u64).range(1..=86_400_000)
}
