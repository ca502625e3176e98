//! How a request says which document it means: by its text or by a name for it.

use serde_json::{Map, Value};

use crate::error::{Error, FieldProblem, Malformed, Result, ValueType};

/// The only version of the protocol of automatic persisted queries.
const VERSION: u64 = 1;
/// Where the hash of that protocol stands.
pub(super) const HASH: &str = "extensions.persistedQuery.sha256Hash";
/// Members that name a document, in the appendix of GraphQL over HTTP and in Relay's two habits.
const IDS: [&str; 3] = ["documentId", "id", "doc_id"];

/// A document as a request refers to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentRef {
    /// The text, with the hash that the client says it has.
    Text { text: String, hash: Option<String> },
    /// A hash, or an id of the manifest.
    Id(String),
}

impl DocumentRef {
    /// Whether a parameter of a query string takes part in saying which document is meant.
    #[must_use]
    pub fn is_parameter(name: &str) -> bool {
        name == "query" || IDS.contains(&name)
    }

    /// Takes `query` or an id out of a request; `extensions` is read and left where it is.
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

/// `extensions.persistedQuery.sha256Hash` of a request that has `extensions.persistedQuery`.
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
