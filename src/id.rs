//! Readable global ids: `job_123`, `user_123456`, `key_7`, `session_9`.

use std::{fmt, str::FromStr};

/// What a global id points at, with the row's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GlobalId {
    Job(i64),
    User(i64),
    Application(i64),
    ApiKey(i64),
    Session(i64),
    AuditEvent(i64),
}

impl fmt::Display for GlobalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Job(key) => write!(f, "job_{key}"),
            Self::User(key) => write!(f, "user_{key}"),
            Self::Application(key) => write!(f, "application_{key}"),
            Self::ApiKey(key) => write!(f, "key_{key}"),
            Self::Session(key) => write!(f, "session_{key}"),
            Self::AuditEvent(key) => write!(f, "audit_{key}"),
        }
    }
}

/// The text is not a global id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidId;

impl FromStr for GlobalId {
    type Err = InvalidId;

    /// Exactly what `Display` prints: no sign, no leading zero, no space.
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let (kind, key) = text.split_once('_').ok_or(InvalidId)?;
        let key = row_key(key).ok_or(InvalidId)?;
        match kind {
            "job" => Ok(Self::Job(key)),
            "user" => Ok(Self::User(key)),
            "application" => Ok(Self::Application(key)),
            "key" => Ok(Self::ApiKey(key)),
            "session" => Ok(Self::Session(key)),
            "audit" => Ok(Self::AuditEvent(key)),
            _ => Err(InvalidId),
        }
    }
}

/// A row's key as printed: decimal digits without a leading zero.
#[must_use]
pub fn row_key(digits: &str) -> Option<i64> {
    let canonical = !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    canonical.then(|| digits.parse().ok()).flatten()
}
