//! What libraries may log: some write down what they carry, and that is full of secrets.

use tracing::{Metadata, level_filters::LevelFilter};

/// Our own crates may say anything; tests look for secrets in it.
const OURS: [&str; 2] = ["find_helper", "migrations"];

/// The least important level at which a library is heard, whatever `LOG_LEVEL` asks for.
const MOST: LevelFilter = LevelFilter::INFO;

/// Libraries of which even less is heard: this one warns of parameters of `DATABASE_URL` that it does
/// not know, and repeats their values. None was found that can be heard at `debug`: those of HTTP/2 and
/// of WebSocket tell paths and reasons there, which clients choose.
const LESS: [(&str, LevelFilter); 1] = [("sqlx_postgres", LevelFilter::ERROR)];

/// Whether a span or event can be logged without a look at what it holds.
pub(super) fn may_log(metadata: &Metadata<'_>) -> bool {
    let of = metadata.target().split("::").next().unwrap_or_default();
    let most = match LESS.iter().find(|(name, _)| *name == of) {
        _ if OURS.contains(&of) => LevelFilter::TRACE,
        Some((_, level)) => *level,
        None => MOST,
    };
    *metadata.level() <= most
}
