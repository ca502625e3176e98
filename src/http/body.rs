//! Reads request bodies, with limits of size and time, as JSON objects.

use std::{ops::Deref, time::Duration};

use axum::{
    body::Body,
    http::{HeaderMap, header},
};
use http_body_util::BodyExt;
use serde_json::{Map, Value};
use tokio::time::timeout;

use super::json;
use crate::{
    error::{Error, Malformed, Result},
    network::Share,
};

/// A complete body; its bytes count towards the limits as long as it lives.
pub(super) struct Received {
    bytes: Vec<u8>,
    /// The counted share, for those who no longer need the bytes.
    pub share: Share,
}

/// Reads the whole body; fails if it is too large or too slow. Bytes are counted in `share` as they
/// arrive, so that many incomplete bodies cannot fill the memory.
pub(super) async fn read(
    body: Body,
    share: Share,
    max_bytes: usize,
    limit: Duration,
) -> Result<Received> {
    let mut received = Received { bytes: Vec::new(), share };
    let ended = timeout(limit, received.take_all(body, max_bytes)).await;
    ended.map_err(|_| Error::RequestTimeout)??;
    Ok(received)
}

impl Received {
    /// Copies each piece: a small one would keep the whole buffer that it was read into.
    async fn take_all(&mut self, mut body: Body, max_bytes: usize) -> Result<()> {
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| Error::Malformed(Malformed::NotJson))?;
            let Ok(piece) = frame.into_data() else { continue };
            if piece.len() > max_bytes - self.bytes.len() {
                return Err(Error::PayloadTooLarge { max_bytes });
            }
            self.share.grow(piece.len() as u64)?;
            self.bytes.extend_from_slice(&piece);
        }
        Ok(())
    }
}

impl Deref for Received {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
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

/// The media type of the body, or None. Parameters are ignored, even a charset: JSON is UTF-8 (RFC
/// 8259 §8.1). A duplicate or unreadable header is an unknown type.
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
