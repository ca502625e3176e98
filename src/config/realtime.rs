//! Settings of the doors that stay open: WebSocket and server-sent events.

use std::time::Duration;

use clap::Args;

use super::{A_DAY, at_least_one, milliseconds};

/// How long and how many connections may stay open, and how they are kept up to date.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Sockets and event streams")]
pub struct Realtime {
    /// Sockets and event streams that may be open at once in this process.
    #[arg(long, env, default_value_t = 5_000, value_parser = at_least_one())]
    pub limit_sockets: u32,
    /// Sockets and event streams of one client address.
    #[arg(long, env, default_value_t = 50, value_parser = at_least_one())]
    pub limit_sockets_per_address: u32,
    /// Operations that run at once on one socket.
    #[arg(long, env, default_value_t = 20, value_parser = at_least_one())]
    pub limit_socket_operations: u32,
    /// Operations that one socket may begin in a minute; it may send twice as many messages.
    #[arg(long, env, default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub limit_socket_operations_per_minute: u32,
    /// Bytes of answers that may wait until the client of a socket takes them; the largest answer is
    /// set aside for each operation while it runs.
    #[arg(long, env, default_value_t = 30_000_000, value_parser = at_least_one())]
    pub limit_socket_bytes: u32,
    /// Milliseconds within which a new socket must send `connection_init`.
    #[arg(long, env, default_value = "5000", value_parser = milliseconds(1..=A_DAY))]
    pub socket_init_ms: Duration,
    /// Milliseconds between signs of life to a client; a socket that does not answer one is closed.
    #[arg(long, env, default_value = "25000", value_parser = milliseconds(1..=A_DAY))]
    pub socket_ping_ms: Duration,
    /// Milliseconds after which a client has to connect anew, and up to a tenth more.
    #[arg(long, env, default_value = "3600000", value_parser = milliseconds(1..=A_DAY))]
    pub socket_max_age_ms: Duration,
    /// Milliseconds between looks at the sessions and keys of those connected, should a wake-up be lost.
    #[arg(long, env, default_value = "5000", value_parser = milliseconds(1..=A_DAY))]
    pub session_check_ms: Duration,
    /// Milliseconds between looks for new events, should a wake-up be lost.
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
