//! Requests with API keys in the schema.

use async_graphql::{Description, Object};

use crate::{
    domain::keys::{self, Ending},
    graphql::schema::scalars::DateTime,
};

/// A request with an API key: what it was for and how it ended, never what was sent or answered.
#[derive(Description)]
pub struct ApiKeyRequest(pub(super) keys::Request);

#[Object(use_type_description)]
impl ApiKeyRequest {
    /// When it was answered.
    async fn at(&self) -> DateTime {
        DateTime::millis(self.0.at)
    }

    /// A route such as `GET /api/jobs`, or kind and first root field of an operation such as
    /// `query jobs`; `graphql` if there was no valid operation, `websocket` for the opening of a socket.
    async fn route(&self) -> &str {
        &self.0.route
    }

    /// The name that the program gave the GraphQL operation, at most 64 characters of it.
    async fn operation(&self) -> Option<&str> {
        self.0.operation.as_deref()
    }

    /// How it ended.
    async fn outcome(&self) -> Ending {
        self.0.ending()
    }

    /// The HTTP status; 499 if the program left before the answer, null for an operation over a
    /// WebSocket.
    async fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The code of its first error, also if other parts of a GraphQL answer succeeded.
    async fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Milliseconds from its arrival to the begin of the answer.
    async fn duration_ms(&self) -> i64 {
        self.0.duration_ms
    }

    /// The id that the answer carried as `X-Request-Id`; operations over one WebSocket share theirs.
    async fn request_id(&self) -> &str {
        &self.0.request_id
    }
}
