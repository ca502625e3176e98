//! Headers that every answer has.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::{
    error::{Error, ErrorCode, whole_seconds},
    graphql::Standing,
};

/// Headers of ours that scripts of other origins may read.
pub(super) const EXPOSED: [&str; 5] =
    ["link", "retry-after", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"];

/// `X-RateLimit-*` as the contract has them, and `Retry-After` where waiting helps.
pub(super) fn limits(headers: &mut HeaderMap, standing: Standing, error: Option<&Error>) {
    headers.insert("x-ratelimit-limit", standing.limit.into());
    headers.insert("x-ratelimit-remaining", standing.remaining.into());
    // Rounded up, so that a client that waits until then finds the bucket refilled.
    let millis = standing.reset_at.timestamp_millis();
    headers.insert(
        "x-ratelimit-reset",
        (millis.div_euclid(1_000) + i64::from(millis % 1_000 > 0)).into(),
    );
    if let Some(after) = error.and_then(Error::retry_after) {
        headers.insert(header::RETRY_AFTER, whole_seconds(after).into());
    }
}

/// What a client must present instead (RFC 9110 §11.6.1).
pub(super) fn challenge(headers: &mut HeaderMap, error: Option<&Error>) {
    let challenge = match error.map(Error::code) {
        Some(ErrorCode::Unauthorized) => "Bearer",
        Some(ErrorCode::TokenExpired) => "Bearer error=\"invalid_token\"",
        _ => return,
    };
    headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
}
