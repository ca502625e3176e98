//! Parsing and validation: the whole specification, with every problem at its place.

use apollo_compiler::{
    ExecutableDocument, Schema, ast,
    diagnostic::ToCliReport,
    validation::{DiagnosticList, Valid},
};

use super::{GateLimits, guard, place::Places, rules, shape};
use crate::error::{DocumentProblem, Error, Result};

/// Reads a client's text; every later step may rely on its size and its validity.
pub(super) fn validate(
    source: &str,
    places: &Places,
    schema: &Valid<Schema>,
    limits: &GateLimits,
) -> Result<Valid<ExecutableDocument>> {
    let text = guard::admissible(source, limits)?;
    let parsed = ast::Document::parse(text, "document.graphql")
        .map_err(|found| Error::DocumentSyntax(first_problem(&found.errors, places)))?;
    shape::check(&parsed, limits)?;
    let document = parsed.to_executable_validate(schema).map_err(|found| {
        Error::DocumentInvalid(problems(&found.errors, places, limits.problems))
    })?;
    let problems = rules::check(&document, schema, places, limits);
    if problems.is_empty() { Ok(document) } else { Err(Error::DocumentInvalid(problems)) }
}

/// What follows the first syntax error is mostly its echo.
fn first_problem(found: &DiagnosticList, places: &Places) -> Vec<DocumentProblem> {
    problems(found, places, 1)
}

fn problems(found: &DiagnosticList, places: &Places, limit: usize) -> Vec<DocumentProblem> {
    found
        .iter()
        .take(limit)
        .map(|diagnostic| {
            let message = diagnostic.error.to_string();
            places.problem(&message, diagnostic.error.location())
        })
        .collect()
}
