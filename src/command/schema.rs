//! The schema, and what it changes for clients of an older one.

use std::path::Path;

use crate::{
    cli::Schema,
    error::{Error, Result},
    graphql::{
        self,
        changes::{Change, Severity, changes},
    },
};

/// Prints the schema, or compares an older one with it.
pub(super) fn run(command: Option<&Schema>) -> Result<()> {
    match command {
        None => super::print(&graphql::sdl()),
        Some(Schema::Check { old }) => check(old),
    }
}

/// Prints every change since the schema in a file; a breaking one fails the command.
fn check(file: &Path) -> Result<()> {
    let old = std::fs::read_to_string(file)
        .map_err(|error| Error::internal(format!("{} cannot be read: {error}", file.display())))?;
    let changes = changes(&old, &graphql::sdl())?;
    let mut lines: Vec<String> = changes.iter().map(Change::to_string).collect();
    lines.push(summary(&changes));
    super::print(&(lines.join("\n") + "\n"))?;
    if changes.iter().any(|change| change.severity == Severity::Breaking) {
        return Err(Error::internal("the schema breaks clients of the older one"));
    }
    Ok(())
}

fn summary(changes: &[Change]) -> String {
    let of = |severity| changes.iter().filter(|change| change.severity == severity).count();
    let [breaking, dangerous, safe] =
        [Severity::Breaking, Severity::Dangerous, Severity::Safe].map(of);
    format!("{breaking} breaking, {dangerous} dangerous, {safe} safe")
}
