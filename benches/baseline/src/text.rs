//! How ids, times and states look in answers, and cursors in requests.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, SecondsFormat};
use serde::{Serialize, Serializer};

/// `job_123`
#[derive(Clone, sqlx::Type)]
#[sqlx(transparent)]
pub struct JobId(pub i64);

/// `user_123`
#[derive(sqlx::Type)]
#[sqlx(transparent)]
pub struct UserId(pub i64);

/// Milliseconds since the Unix epoch, shown as RFC 3339.
#[derive(Clone, Copy, sqlx::Type)]
#[sqlx(transparent)]
pub struct Millis(pub i64);

/// A state as GraphQL shows it.
#[derive(Clone, sqlx::Type)]
#[sqlx(transparent)]
pub struct Status(String);

impl Serialize for JobId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("job_{}", self.0))
    }
}

impl Serialize for UserId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("user_{}", self.0))
    }
}

impl Serialize for Millis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let at = DateTime::from_timestamp_millis(self.0).unwrap_or_default();
        serializer.serialize_str(&at.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_ascii_uppercase())
    }
}

/// The place of a row in a list, newest first.
pub struct Cursor {
    pub created_at: i64,
    pub id: i64,
}

impl Cursor {
    pub fn print(&self) -> String {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.created_at.to_be_bytes());
        bytes[8..].copy_from_slice(&self.id.to_be_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 16] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let number = |at: usize| Some(i64::from_be_bytes(bytes[at..at + 8].try_into().ok()?));
        Some(Self { created_at: number(0)?, id: number(8)? })
    }
}
