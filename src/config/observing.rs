//! What an operator sees of a running gateway.

use std::{net::SocketAddr, time::Duration};

use clap::Args;

use super::{A_DAY, milliseconds};

/// Numbers for Prometheus, and lines about slow operations.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Observing")]
pub struct Observing {
    /// Address and port of a listener for `/metrics`, such as `127.0.0.1:9464`, which only a private network should
    /// reach; if unset, nothing is counted.
    #[arg(long, env)]
    pub metrics_addr: Option<SocketAddr>,
    /// Milliseconds from which an operation is logged as slow; 0 logs none.
    #[arg(long, env, default_value = "1000", value_parser = milliseconds(..=A_DAY))]
    pub log_slow_ms: Duration,
}
