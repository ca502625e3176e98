//! Parses manifests of the usual tools; errors are worded for operators.

use serde::Deserialize;
use serde_json::{Map, Value};

const APOLLO: &str = "apollo-persisted-query-manifest";

/// A document of a manifest.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) text: String,
}

#[derive(Deserialize)]
struct Apollo {
    format: String,
    version: u64,
    operations: Vec<ApolloOperation>,
}

/// The operation's name and type are ignored, since the body contains them.
#[derive(Deserialize)]
struct ApolloOperation {
    id: String,
    body: String,
}

/// Parses Apollo's list of operations, or texts by id as Relay and GraphQL Codegen write them.
pub(super) fn read(json: &str) -> Result<Vec<Entry>, String> {
    // Windows programs may start files with a byte order mark.
    let json = json.trim_start_matches('\u{feff}');
    let manifest = serde_json::from_str(json).map_err(|error| format!("not JSON: {error}"))?;
    match manifest {
        Value::Object(members) if members.contains_key("format") => apollo(members),
        Value::Object(members) => members.into_iter().map(entry).collect(),
        _ => Err("a manifest is a JSON object".into()),
    }
}

fn apollo(members: Map<String, Value>) -> Result<Vec<Entry>, String> {
    let manifest: Apollo = serde_json::from_value(members.into())
        .map_err(|error| format!("not a manifest of Apollo's: {error}"))?;
    if (manifest.format.as_str(), manifest.version) != (APOLLO, 1) {
        return Err(format!("only {APOLLO} of version 1 is known of Apollo's formats"));
    }
    let entry = |ApolloOperation { id, body }| Entry { id, text: body };
    Ok(manifest.operations.into_iter().map(entry).collect())
}

fn entry((id, text): (String, Value)) -> Result<Entry, String> {
    match text {
        Value::String(text) => Ok(Entry { id, text }),
        _ => Err(format!("document {id}: its text is not a string")),
    }
}
