//! Headers of responses.

use std::fmt::Write;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{
    clock::{Precision, rfc3339},
    error::{Error, ErrorCode, whole_seconds},
    graphql::{Outcome, Quota, RateLimitStatus},
};

/// The expiry of the API key as an RFC 3339 time; sent from 14 days before.
const KEY_EXPIRES: &str = "x-api-key-expires";

/// Our headers that scripts of other origins may read.
pub(super) const EXPOSED: [&str; 8] = [
    "link",
    "ratelimit",
    "ratelimit-policy",
    "retry-after",
    KEY_EXPIRES,
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
];

/// Enough for the lists of most callers.
const LIST_BYTES: usize = 128;

/// `X-RateLimit-*` as the contract defines them, `RateLimit` and `RateLimit-Policy`
/// (draft-ietf-httpapi-ratelimit-headers-11), `Retry-After` if waiting helps, and the expiry of the
/// API key if it is near.
pub(super) fn limits(headers: &mut HeaderMap, standing: RateLimitStatus, error: Option<&Error>) {
    headers.insert("x-ratelimit-limit", standing.limit.into());
    headers.insert("x-ratelimit-remaining", standing.remaining.into());
    // Rounded up, so that a client that waits until then finds the bucket refilled.
    let millis = standing.reset_at.timestamp_millis();
    headers.insert(
        "x-ratelimit-reset",
        (millis.div_euclid(1_000) + i64::from(millis % 1_000 > 0)).into(),
    );
    let list = || String::with_capacity(LIST_BYTES);
    let (mut policies, mut limits, mut separator) = (list(), list(), "");
    for quota in standing.quotas.iter().flatten() {
        let Quota { policy, limit, window_seconds, remaining, reset_after } = quota;
        let seconds = whole_seconds(*reset_after);
        // Writing to memory cannot fail.
        write!(policies, "{separator}\"{policy}\";q={limit};w={window_seconds}").ok();
        write!(limits, "{separator}\"{policy}\";r={remaining};t={seconds}").ok();
        separator = ", ";
    }
    for (name, list) in [("ratelimit-policy", policies), ("ratelimit", limits)] {
        if let Some(list) = HeaderValue::try_from(list).ok().filter(|list| !list.is_empty()) {
            headers.insert(name, list);
        }
    }
    if let Some(at) = standing.key_expires_at {
        let at = rfc3339(at, Precision::Seconds);
        headers
            .extend(HeaderValue::try_from(at).map(|at| (HeaderName::from_static(KEY_EXPIRES), at)));
    }
    if let Some(after) = error.and_then(Error::retry_after) {
        headers.insert(header::RETRY_AFTER, whole_seconds(after).into());
    }
}

/// The cookies that an operation sets or deletes.
pub(super) fn cookies(headers: &mut HeaderMap, outcome: &Outcome) {
    for cookie in outcome.response.http_headers.get_all(header::SET_COOKIE) {
        headers.append(header::SET_COOKIE, cookie.clone());
    }
}

/// The authentication that is required instead (RFC 9110 §11.6.1).
pub(super) fn challenge(headers: &mut HeaderMap, error: Option<&Error>) {
    let challenge = match error.map(Error::code) {
        Some(ErrorCode::Unauthorized) => "Bearer",
        Some(ErrorCode::TokenExpired) => "Bearer error=\"invalid_token\"",
        _ => return,
    };
    headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
}
