//! A request with a key, and how it ended.

use async_graphql::Enum;

use crate::{clock::Timestamp, entity::api_key_request::Model, error::ErrorCode};

/// Requests of a key that are kept.
pub const KEPT: usize = 100;

/// A request with a key, after its end: neither its body nor its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub at: Timestamp,
    pub request_id: String,
    /// As in the usage of keys.
    pub route: String,
    /// The name that the client gave its operation.
    pub operation: Option<String>,
    /// None for an operation over a WebSocket.
    pub status: Option<u16>,
    /// The first error.
    pub code: Option<String>,
    pub duration_ms: i64,
}

/// How a request with an API key ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "ApiKeyRequestOutcome")]
pub enum Ending {
    /// It did what it was sent for.
    Answered,
    /// The client made a mistake, was not allowed to do this, or left before the answer.
    ClientError,
    /// A limit was used up.
    Refused,
    /// The gateway failed.
    ServerError,
}

impl Request {
    /// An error counts by its code, since GraphQL may tell of it in an answer with status 200.
    #[must_use]
    pub fn ending(&self) -> Ending {
        let code = ErrorCode::ALL.iter().find(|code| self.code.as_deref() == Some(code.name()));
        match code.map(|code| code.status().as_u16()).or(self.status).unwrap_or(200) {
            429 => Ending::Refused,
            500.. => Ending::ServerError,
            400.. => Ending::ClientError,
            _ => Ending::Answered,
        }
    }
}

impl From<Model> for Request {
    fn from(row: Model) -> Self {
        Self {
            at: row.at.0,
            request_id: row.request_id,
            route: row.route,
            operation: row.operation,
            status: row.status.and_then(|status| status.try_into().ok()),
            code: row.code,
            duration_ms: row.duration_ms,
        }
    }
}
