//! What is wrong with Redis, in a sentence that says what to do.

use redis::{ErrorKind, RedisError};

const CREDENTIALS: &str = "Redis does not know the user and password of REDIS_URL";

/// Stands before "limits are counted in this process".
pub(super) fn trouble(cause: &RedisError) -> &'static str {
    if cause.kind() == ErrorKind::AuthenticationFailed {
        return CREDENTIALS;
    }
    match cause.code() {
        Some("MOVED" | "ASK" | "CROSSSLOT" | "CLUSTERDOWN" | "TRYAGAIN") => {
            "Redis is a cluster, which cannot count several limits at once: name a single server in REDIS_URL"
        }
        Some("NOAUTH" | "WRONGPASS") => CREDENTIALS,
        Some("NOPERM") => {
            "Redis refuses its user a command: allow scripts, PUBLISH, SUBSCRIBE and all else on find-helper:*"
        }
        Some("READONLY" | "MASTERDOWN") => {
            "Redis is a replica that only reads: name the primary in REDIS_URL"
        }
        Some("OOM" | "MISCONF" | "BUSY" | "LOADING") => "Redis does not take commands now",
        Some(_) => "Redis refuses what the gateway asks: it must offer scripts and messages",
        None => "Redis is away",
    }
}
