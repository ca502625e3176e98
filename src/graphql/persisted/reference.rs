//! How a request identifies its document: by text, hash or id.

use serde_json::{Map, Value};

use crate::error::{Error, FieldProblem, Malformed, Result, ValueType};

/// The only version of automatic persisted queries.
const VERSION: u64 = 1;
/// Path of the hash in that protocol.
pub(super) const HASH: &str = "extensions.persistedQuery.sha256Hash";
/// Members that name a document: in the appendix of GraphQL over HTTP, and Relay's two variants.
const IDS: [&str; 3] = ["documentId", "id", "doc_id"];

/// A reference to a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentRef {
    /// The text, with the hash that the client claims.
    Text { text: String, hash: Option<String> },
    /// A hash, or an id of the manifest.
    Id(String),
}

impl DocumentRef {
    /// Whether a parameter of a query string identifies the document.
    #[must_use]
    pub fn is_parameter(name: &str) -> bool {
        name == "query" || IDS.contains(&name)
    }

    /// Removes `query` or an id from a request; `extensions` is read but stays.
    pub fn take(request: &mut Map<String, Value>) -> Result<Self> {
        let hash = persisted_hash(request)?;
        let text = take_text(request, "query")?.filter(|text| !text.trim().is_empty());
        if let Some(text) = text {
            return Ok(Self::Text { text, hash });
        }
        if let Some(hash) = hash {
            return Ok(Self::Id(hash));
        }
        for name in IDS {
            if let Some(id) = take_text(request, name)? {
                return Ok(Self::Id(id));
            }
        }
        Err(Error::Malformed(Malformed::MissingQuery))
    }
}

/// The hash, required if the request has `extensions.persistedQuery`.
fn persisted_hash(request: &Map<String, Value>) -> Result<Option<String>> {
    let persisted = request.get("extensions").and_then(|it| it.get("persistedQuery"));
    match persisted {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(members)) => {
            if members.get("version").and_then(Value::as_u64) != Some(VERSION) {
                return Err(Error::PersistedQueryNotSupported);
            }
            let hash = members.get("sha256Hash").and_then(Value::as_str);
            hash.map(|hash| Some(hash.to_owned())).ok_or_else(|| not(HASH, ValueType::Text))
        }
        Some(_) => Err(not("extensions.persistedQuery", ValueType::Object)),
    }
}

fn take_text(request: &mut Map<String, Value>, name: &str) -> Result<Option<String>> {
    match request.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(not(name, ValueType::Text)),
    }
}

fn not(name: &str, expected: ValueType) -> Error {
    Error::field(name, FieldProblem::WrongType { expected })
}
