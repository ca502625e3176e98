//! The log of this process for its operator. Losing a line never affects the service.

mod libraries;
pub mod lines;
pub mod observer;
pub mod record;
mod writer;

use std::{
    backtrace::Backtrace, backtrace::BacktraceStatus, io::IsTerminal, panic, sync::OnceLock,
};

use tracing_subscriber::{
    EnvFilter, filter::filter_fn, fmt, layer::SubscriberExt, util::SubscriberInitExt,
};

use self::writer::Lines;
use crate::config::{Config, LogFormat};

/// Everything for standard error goes through here: a direct write could block for ever, or kill
/// the process, when the reader is stuck or gone.
static LINES: OnceLock<Lines> = OnceLock::new();

/// Starts logging as configured, panics included.
pub fn start(config: &Config) {
    let filter = EnvFilter::try_new(&config.log_level).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = fmt::layer()
        .with_ansi(std::io::stderr().is_terminal())
        .log_internal_errors(false)
        .with_writer(lines().clone());
    let layers = tracing_subscriber::registry().with(filter).with(filter_fn(libraries::may_log));
    match config.log_format {
        LogFormat::Text => layers.with(lines).init(),
        LogFormat::Json => layers.with(lines.json()).init(),
    }
    panic::set_hook(Box::new(|panic| {
        let backtrace = Backtrace::capture();
        tracing::error!(
            at = panic.location().map(tracing::field::display),
            said = panic.payload_as_str(),
            backtrace = (backtrace.status() == BacktraceStatus::Captured)
                .then(|| tracing::field::display(backtrace)),
            "panic"
        );
    }));
}

/// Prints a message to the person who started the program, whatever the log level.
pub fn say(text: &str) {
    lines().send(format!("{text}\n").into_bytes());
}

/// How many lines were dropped since the start.
pub fn dropped() -> u64 {
    lines().dropped()
}

/// Waits briefly until all lines are written; called before the process ends.
pub fn flush() {
    lines().flush();
}

fn lines() -> &'static Lines {
    LINES.get_or_init(Lines::to_stderr)
}
