//! The log: what this process tells its operator. A line that is lost harms nothing.

mod libraries;
pub mod lines;
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

/// Everything for standard error goes through here: whoever writes there directly may wait for ever,
/// or die, with its reader.
static LINES: OnceLock<Lines> = OnceLock::new();

/// Begins to log as the settings say, panics included.
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

/// Tells the person who started the program something, whatever the log level.
pub fn say(text: &str) {
    lines().send(format!("{text}\n").into_bytes());
}

/// Waits until all lines are written, a moment at most; for the end of the process.
pub fn flush() {
    lines().flush();
}

fn lines() -> &'static Lines {
    LINES.get_or_init(Lines::to_stderr)
}
