//! Reading request bodies: bounded, JSON, an object.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde_json::{Map, Value};
use tokio::time::timeout;

use super::json;
use crate::error::{Error, Malformed, Result};

/// The whole body, unless it is larger than allowed or does not end in time.
pub(super) async fn read(body: Body, max_bytes: usize, limit: Duration) -> Result<Bytes> {
    let collected = timeout(limit, Limited::new(body, max_bytes).collect()).await;
    match collected.map_err(|_| Error::RequestTimeout)? {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Error::PayloadTooLarge { max_bytes }),
        Err(_) => Err(Error::Malformed(Malformed::NotJson)),
    }
}

/// The members of a JSON object; an empty body has none and needs no content type.
pub(super) fn object(headers: &HeaderMap, body: &[u8]) -> Result<Map<String, Value>> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    match media_type(headers) {
        None => return Err(Error::Malformed(Malformed::MissingContentType)),
        Some(media_type) if !is_json(media_type) => return Err(Error::UnsupportedMediaType),
        Some(_) => {}
    }
    json::object(json::parse(body)?).ok_or(Error::Malformed(Malformed::NotAnObject))
}

/// The media type of the body; unset is nothing. Its parameters do not matter, a charset neither: JSON
/// is UTF-8 (RFC 8259 §8.1). What is said twice, or cannot be read, is a type that nobody knows.
pub(super) fn media_type(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::CONTENT_TYPE).iter();
    let value = values.next()?.as_bytes();
    let essence = value.split(|&byte| byte == b';').next().unwrap_or_default();
    let essence = str::from_utf8(essence).unwrap_or_default();
    Some(if values.next().is_none() { essence.trim() } else { "" })
}

pub(super) fn is_json(media_type: &str) -> bool {
    media_type.eq_ignore_ascii_case("application/json")
}
