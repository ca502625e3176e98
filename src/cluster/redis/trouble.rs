//! What is wrong with Redis, in a phrase that says what to do.

use redis::{ErrorKind, RedisError};

const CREDENTIALS: &str = "Redis rejects the user or password of REDIS_URL";

/// Precedes "counting limits in this process".
pub(super) fn trouble(cause: &RedisError) -> &'static str {
    if cause.kind() == ErrorKind::AuthenticationFailed {
        return CREDENTIALS;
    }
    match cause.code() {
        Some("MOVED" | "ASK" | "CROSSSLOT" | "CLUSTERDOWN" | "TRYAGAIN") => {
            "Redis is a cluster, which is not supported: name a single server in REDIS_URL"
        }
        Some("NOAUTH" | "WRONGPASS") => CREDENTIALS,
        Some("NOPERM") => {
            "Redis denies its user a command: allow scripts, PUBLISH, SUBSCRIBE and all else on find-helper:*"
        }
        Some("READONLY" | "MASTERDOWN") => {
            "Redis is a read-only replica: name the primary in REDIS_URL"
        }
        Some("OOM" | "MISCONF" | "BUSY" | "LOADING") => "Redis accepts no commands at the moment",
        Some(_) => "Redis rejects a command: it must support scripts and pub/sub",
        None => "Redis is unreachable",
    }
}
