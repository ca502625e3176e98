//! How each door spells the values of enums.

use std::borrow::Cow;

use crate::domain::limits::Door;

/// States of a job that came after the documentation of the jobs API, whose clients know work in progress.
const UNDOCUMENTED: [&str; 2] = ["REPORTED_DONE", "DISPUTED"];

/// The name of an enum's value, as a door writes it: the documented REST APIs do in lower case, and only those
/// that they have documented.
#[must_use]
pub fn enum_text(door: Door, name: &str) -> Cow<'_, str> {
    match door {
        Door::Jobs if UNDOCUMENTED.contains(&name) => "in_progress".into(),
        Door::Jobs | Door::Auth => name.to_ascii_lowercase().into(),
        _ => name.into(),
    }
}
