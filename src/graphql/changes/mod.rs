//! What a newer schema changes for clients of an older one.
//!
//! Descriptions are not compared. Where graphql-js is silent and a client would still notice, this
//! is stricter: defaults that are new, that input fields have or whose removal makes an argument
//! required, `@oneOf`, `@specifiedBy`, operation types and arguments of directives.

mod directives;
mod inputs;
#[cfg(test)]
mod tests;
mod types;

use std::{collections::HashSet, fmt, hash::Hash};

use super::document;
use crate::error::Result;

/// How a change meets a client that was written for the older schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A document that was valid may be refused.
    Breaking,
    /// Every document stays valid and may be answered with something that its client does not expect.
    Dangerous,
    Safe,
}

/// One change at one place, such as `Query.jobs(first:)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub severity: Severity,
    pub place: String,
    pub what: String,
}

/// All changes from one schema to another, both in the schema definition language; worst first.
pub fn changes(old: &str, new: &str) -> Result<Vec<Change>> {
    let (old, new) = (document::parse_schema(old)?, document::parse_schema(new)?);
    let mut report = Report::default();
    types::compare(&old, &new, &mut report);
    directives::compare(&old, &new, &mut report);
    report.0.sort_by_key(|change| change.severity);
    Ok(report.0)
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Breaking => "breaking",
            Self::Dangerous => "dangerous",
            Self::Safe => "safe",
        })
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<9}  {}: {}", self.severity, self.place, self.what)
    }
}

/// Collects changes in the order of the schemas.
#[derive(Default)]
struct Report(Vec<Change>);

impl Report {
    fn add(&mut self, severity: Severity, place: impl fmt::Display, what: impl Into<String>) {
        self.0.push(Change { severity, place: place.to_string(), what: what.into() });
    }

    fn breaking(&mut self, place: impl fmt::Display, what: impl Into<String>) {
        self.add(Severity::Breaking, place, what);
    }

    fn dangerous(&mut self, place: impl fmt::Display, what: impl Into<String>) {
        self.add(Severity::Dangerous, place, what);
    }

    fn safe(&mut self, place: impl fmt::Display, what: impl Into<String>) {
        self.add(Severity::Safe, place, what);
    }

    /// A part that is gone. That clients were told before does not keep their documents valid.
    fn removed(&mut self, place: impl fmt::Display, was_deprecated: bool) {
        let what = if was_deprecated { "removed; it was deprecated" } else { "removed" };
        self.breaking(place, what);
    }

    /// Whether a part that stays is deprecated, before and after.
    fn deprecation(&mut self, place: impl fmt::Display, before: bool, after: bool) {
        match (before, after) {
            (false, true) => self.safe(place, "deprecated"),
            (true, false) => self.safe(place, "no longer deprecated"),
            _ => {}
        }
    }
}

/// The names that are only in the first, and those that are only in the second.
fn difference<'a, T: Eq + Hash>(
    old: impl Iterator<Item = &'a T>,
    new: impl Iterator<Item = &'a T>,
) -> (Vec<&'a T>, Vec<&'a T>) {
    let (old, new): (Vec<_>, Vec<_>) = (old.collect(), new.collect());
    let (had, has): (HashSet<_>, HashSet<_>) =
        (old.iter().copied().collect(), new.iter().copied().collect());
    let removed = old.into_iter().filter(|name| !has.contains(name)).collect();
    (removed, new.into_iter().filter(|name| !had.contains(name)).collect())
}
