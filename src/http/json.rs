//! Strict JSON: objects with duplicate member names are refused.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Number, Value, error::Category};

use crate::error::{Error, Malformed, Result};

/// Some Windows programs start texts with it; a reader may ignore it (RFC 8259 §8.1).
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Parses a JSON text (RFC 8259).
pub(super) fn parse(text: &[u8]) -> Result<Value> {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    serde_json::from_slice::<Strict>(text).map(|Strict(value)| value).map_err(|error| {
        // Errors other than syntax come from the visitors below.
        Error::Malformed(match error.classify() {
            Category::Data => Malformed::RepeatedName,
            Category::Io | Category::Syntax | Category::Eof => Malformed::NotJson,
        })
    })
}

/// The members of an object. PHP encodes an empty one as an empty list.
pub(super) fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(members) => Some(members),
        Value::Array(list) if list.is_empty() => Some(Map::new()),
        _ => None,
    }
}

struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        AnyValue.deserialize(deserializer).map(Self)
    }
}

struct AnyValue;

impl<'de> DeserializeSeed<'de> for AnyValue {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(AnyValue)? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value_seed(AnyValue)?;
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom("a name stands twice"));
            }
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use super::{object, parse};

    #[test]
    fn every_other_text_means_what_it_means_to_serde_json() {
        for text in [
            "null",
            "[true,false,[]]",
            "{\"a\":{\"a\":[{\"b\":1,\"c\":-2.5e3}]},\"b\":\"\\u5e6b\"}",
            "[18446744073709551615,-9223372036854775808,1e400,18446744073709551616]",
            "{\"a\":1",
            "{} {}",
            "nul",
            "",
        ] {
            let plain = serde_json::from_str::<serde_json::Value>(text);
            assert_eq!(parse(text.as_bytes()).ok(), plain.ok(), "{text}");
        }
    }

    #[test]
    fn f18_a_byte_order_mark_before_a_text_is_ignored_once_and_nowhere_else() {
        assert_eq!(parse(b"\xef\xbb\xbf{}").unwrap(), serde_json::json!({}));
        let elsewhere = [&b"\xef\xbb\xbf"[..], b"\xef\xbb\xbf\xef\xbb\xbf{}", b"{\xef\xbb\xbf}"];
        for text in elsewhere.into_iter().chain([&b" \xef\xbb\xbf{}"[..], b"\xfe\xff\0{\0}"]) {
            assert!(parse(text).is_err(), "{}", text.escape_ascii());
        }
    }

    #[test]
    fn f18_an_empty_list_is_an_object_without_members_and_no_other_list_is() {
        let members = |text: &str| object(parse(text.as_bytes()).unwrap());
        assert_eq!(members("[]"), members("{}"));
        for text in ["[[]]", "[0]", "null", "\"\"", "0"] {
            assert_eq!(members(text), None, "{text}");
        }
    }

    #[test]
    fn a_name_that_stands_twice_is_refused_at_every_depth() {
        for text in [
            r#"{"a":1,"a":1}"#,
            r#"[{"b":{"a":1,"x":2,"a":3}}]"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"{"":0,"":0}"#,
        ] {
            let message = parse(text.as_bytes()).unwrap_err().to_string();
            assert!(message.contains("twice"), "{text}: {message}");
        }
    }
}
