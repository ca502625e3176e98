//! The messages of graphql-transport-ws.

use async_graphql::ServerError;
use axum::http::{HeaderMap, HeaderValue};
use serde_json::{Map, Value, json};

use super::CloseReason;
use crate::{
    error::{Error, Malformed, Result},
    http::{graphql::request::GraphqlRequest, json as strict},
};

/// Credentials in the payload of `connection_init`, named like the corresponding headers.
const CREDENTIALS: [&str; 3] = ["authorization", "x-api-key", "x-api-secret"];

/// Longest id of an operation in bytes, since each of its messages repeats it; a UUID has 36.
const ID_MAX_BYTES: usize = 128;

/// A message from the client.
pub(super) enum FromClient {
    Init(Map<String, Value>),
    Ping(Option<Value>),
    Pong,
    Subscribe(String, Box<GraphqlRequest>),
    Complete(String),
}

impl FromClient {
    /// Parses a message; an invalid one closes the socket.
    pub(super) fn parse(text: &str) -> Result<Self, CloseReason> {
        let mut members = match strict::parse(text.as_bytes()) {
            Ok(Value::Object(members)) => members,
            Err(error @ Error::Malformed(Malformed::RepeatedName)) => {
                return Err(CloseReason::invalid(error.to_string()));
            }
            _ => return Err(CloseReason::invalid("A message must be a JSON object")),
        };
        let payload = members.remove("payload").filter(|payload| !payload.is_null());
        match (members.get("type").and_then(Value::as_str), payload) {
            (Some("connection_init"), None) => Ok(Self::Init(Map::new())),
            (Some("connection_init"), Some(payload)) => Ok(Self::Init(object(payload)?)),
            (Some("ping"), payload) => Ok(Self::Ping(payload)),
            (Some("pong"), _) => Ok(Self::Pong),
            (Some("subscribe"), Some(payload)) => {
                let asked = GraphqlRequest::parse(object(payload)?);
                let asked = asked.map_err(|error| CloseReason::invalid(error.to_string()))?;
                Ok(Self::Subscribe(id(&members)?, Box::new(asked)))
            }
            (Some("complete"), _) => Ok(Self::Complete(id(&members)?)),
            (Some("subscribe"), None) => Err(no_object()),
            _ => Err(CloseReason::invalid("The type of the message is unknown")),
        }
    }
}

fn object(payload: Value) -> Result<Map<String, Value>, CloseReason> {
    strict::object(payload).ok_or_else(no_object)
}

fn no_object() -> CloseReason {
    CloseReason::invalid("The payload must be an object")
}

fn id(members: &Map<String, Value>) -> Result<String, CloseReason> {
    match members.get("id") {
        Some(Value::String(id)) if id.len() > ID_MAX_BYTES => Err(CloseReason::invalid(format!(
            "The id of the message is longer than {ID_MAX_BYTES} bytes"
        ))),
        Some(Value::String(id)) if !id.is_empty() => Ok(id.clone()),
        _ => Err(CloseReason::invalid("The id of the message is missing")),
    }
}

/// The client's credentials: in `connection_init`, or else in the headers of its upgrade. Nothing
/// else reads those as credentials.
pub(super) fn credentials(upgrade: &HeaderMap, payload: &Map<String, Value>) -> Result<HeaderMap> {
    let mut shown = HeaderMap::new();
    for (member, value) in payload.iter().filter(|(_, value)| !value.is_null()) {
        let named = CREDENTIALS.iter().find(|name| member.eq_ignore_ascii_case(name));
        if let Some(&name) = named {
            let value = value.as_str().and_then(|value| HeaderValue::from_str(value).ok());
            shown.append(name, value.ok_or(Error::Unauthenticated)?);
        }
    }
    // The headers include cookies.
    Ok(if shown.is_empty() { upgrade.clone() } else { shown })
}

pub(super) fn ack(resume_token: &str) -> String {
    json!({ "type": "connection_ack", "payload": { "resumeToken": resume_token } }).to_string()
}

pub(super) fn pong(payload: Option<Value>) -> String {
    match payload {
        None => json!({ "type": "pong" }),
        Some(payload) => json!({ "type": "pong", "payload": payload }),
    }
    .to_string()
}

/// `payload` is a response as JSON.
pub(super) fn next(id: &str, payload: &str) -> String {
    format!(r#"{{"id":{},"type":"next","payload":{payload}}}"#, json!(id))
}

/// The message that ends a failed operation.
pub(super) fn error(id: &str, errors: &[ServerError]) -> String {
    json!({ "id": id, "type": "error", "payload": errors }).to_string()
}

pub(super) fn complete(id: &str) -> String {
    json!({ "id": id, "type": "complete" }).to_string()
}
