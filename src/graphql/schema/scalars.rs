//! Scalars, and the directive that states the limits of inputs.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::Utc;

use crate::{
    clock::{Precision, Timestamp, rfc3339},
    graphql::engine::written::{self, Leaf},
};

/// A moment in UTC as RFC 3339 text, such as `2026-02-07T08:00:00.000Z`; input may have any offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTime {
    pub at: Timestamp,
    precision: Precision,
}

impl DateTime {
    /// Printed with milliseconds, as the jobs API documents it.
    pub(in crate::graphql) fn millis(at: impl Into<Timestamp>) -> Self {
        Self { at: at.into(), precision: Precision::Millis }
    }

    /// Printed in whole seconds, as the auth API documents it.
    pub(in crate::graphql) fn seconds(at: impl Into<Timestamp>) -> Self {
        Self { at: at.into(), precision: Precision::Seconds }
    }
}

/// A moment in UTC as RFC 3339 text, such as `2026-02-07T08:00:00.000Z`; input may have any offset.
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/date-time")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        let at = chrono::DateTime::parse_from_rfc3339(text)
            .map_err(|_| InputValueError::custom("not an RFC 3339 time"))?;
        Ok(Self::millis(at.with_timezone(&Utc)))
    }

    fn to_value(&self) -> Value {
        Value::String(rfc3339(self.at, self.precision))
    }
}

impl Leaf for DateTime {
    fn write(self, json: &mut written::Json) {
        rfc3339(self.at, self.precision).write(json);
    }
}

/// Any JSON value (RFC 8259): an object, a list, text, a number, true, false or null. What it holds is told
/// where it is used.
#[derive(Debug, Clone, PartialEq)]
pub struct Json(pub serde_json::Value);

/// Any JSON value (RFC 8259): an object, a list, text, a number, true, false or null. What it holds is told
/// where it is used.
#[Scalar(name = "JSON", specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259")]
impl ScalarType for Json {
    fn parse(value: Value) -> InputValueResult<Self> {
        Ok(Self(value.into_json()?))
    }

    fn to_value(&self) -> Value {
        Value::from_json(self.0.clone()).unwrap_or_default()
    }
}
