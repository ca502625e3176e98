//! Answers as JSON, with JSON in them that is written already.

use std::{ptr, sync::LazyLock};

use async_graphql::{Name, Value};
use serde::{Serialize, Serializer, ser::SerializeStruct};

/// A value of the engine as JSON, with what was written before.
pub struct AsJson<'a>(pub &'a Value);

/// The name by which `serde_json` knows JSON that is already written.
const RAW: &str = "$serde_json::private::RawValue";

/// The key of JSON that is already written. It is known by its place in memory, since the key of
/// another may read alike.
static WRITTEN: LazyLock<Name> = LazyLock::new(|| Name::new(RAW));

/// A value that holds JSON as it stands.
pub(super) fn raw(json: String) -> Value {
    Value::Object([(WRITTEN.clone(), Value::String(json))].into())
}

impl Serialize for AsJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::List(items) => serializer.collect_seq(items.iter().map(AsJson)),
            Value::Object(members) => match members.first() {
                Some((key, Value::String(json))) if ptr::eq(key.as_str(), WRITTEN.as_str()) => {
                    let mut raw = serializer.serialize_struct(RAW, 1)?;
                    raw.serialize_field(RAW, json)?;
                    raw.end()
                }
                _ => serializer.collect_map(members.iter().map(|(name, it)| (name, AsJson(it)))),
            },
            value => value.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_written_here_stands_as_it_is() {
        let text = "[1]".to_owned();
        let written = raw(text.clone());
        let alike = Value::Object([(Name::new(RAW), Value::String(text))].into());
        let json = serde_json::to_string(&AsJson(&Value::List(vec![written, alike])));
        assert_eq!(json.unwrap(), format!(r#"[[1],{{"{RAW}":"[1]"}}]"#));
    }
}
