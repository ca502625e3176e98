//! The doors that stay open: WebSocket and server-sent events.

mod caps;
mod close;
mod ends;
mod hearing;
mod kept;
mod list;
mod list_away;
mod list_random;
mod list_world;
mod origin;
mod paused;
mod protocol;
mod replicas;
mod resume;
mod shared;
mod sse;
mod waiting;

/// Everything about an event that its listeners care for.
pub(crate) const EVENTS: &str =
    "subscription { jobEvents { cursor kind job { id title status } event { position } } }";

/// No limit is in the way, many listeners may come, and nothing but a wake-up wakes.
pub(crate) const OPEN: &[&str] = &[
    "--limit-graphql-per-minute=100000",
    "--limit-general-per-minute=100000",
    "--limit-key-per-minute=100000",
    "--limit-socket-operations-per-minute=100000",
    "--event-poll-ms=600000",
    "--session-check-ms=600000",
    "--socket-ping-ms=600000",
];

/// The same with other settings in addition or instead.
pub(crate) fn open_and<'a>(flags: &[&'a str]) -> Vec<&'a str> {
    let name = |flag: &str| flag.split('=').next().unwrap().to_owned();
    let given: Vec<String> = flags.iter().map(|flag| name(flag)).collect();
    let kept = OPEN.iter().filter(|flag| !given.contains(&name(flag)));
    kept.chain(flags).copied().collect()
}
