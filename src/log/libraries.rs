//! What libraries may log: some log the data that they handle, which is full of secrets.

use tracing::{Metadata, level_filters::LevelFilter};

/// Our own crates may log at any level; tests check them for secrets.
const OURS: [&str; 2] = ["find_helper", "migrations"];

/// The most verbose level for libraries, whatever `LOG_LEVEL` says.
const MOST: LevelFilter = LevelFilter::INFO;

/// Libraries with an even stricter level: this one warns of unknown parameters of `DATABASE_URL`
/// and repeats their values. No library is safe at `debug`: those for HTTP/2 and WebSocket log
/// paths and close reasons there, which clients choose.
const LESS: [(&str, LevelFilter); 1] = [("sqlx_postgres", LevelFilter::ERROR)];

/// Whether a span or event may be logged, judged by its target and level alone.
pub(super) fn may_log(metadata: &Metadata<'_>) -> bool {
    let of = metadata.target().split("::").next().unwrap_or_default();
    let most = match LESS.iter().find(|(name, _)| *name == of) {
        _ if OURS.contains(&of) => LevelFilter::TRACE,
        Some((_, level)) => *level,
        None => MOST,
    };
    *metadata.level() <= most
}
