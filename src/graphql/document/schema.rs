//! The schema against which documents are validated.

use apollo_compiler::{
    Schema, ast,
    validation::{DiagnosticList, Valid},
};

use crate::error::{Error, Result};

/// Introspection of September 2025 that the validator lacks; the engine supports it.
const ONE_OF_INTROSPECTION: &str = "extend type __Type { isOneOf: Boolean }";
const ONE_OF_DIRECTIVE: &str = "directive @oneOf on INPUT_OBJECT";

/// Parses the engine's SDL; a failure is a bug of the schema, not of a client.
pub(super) fn parse(sdl: &str) -> Result<Valid<Schema>> {
    let document =
        ast::Document::parse(sdl, "schema.graphql").map_err(|found| invalid(&found.errors))?;
    let defines_one_of = document
        .definitions
        .iter()
        .filter_map(ast::Definition::as_directive_definition)
        .any(|directive| directive.name == "oneOf");
    let mut builder =
        Schema::builder().add_ast(&document).parse(ONE_OF_INTROSPECTION, "introspection.graphql");
    if !defines_one_of {
        builder = builder.parse(ONE_OF_DIRECTIVE, "directives.graphql");
    }
    let schema = builder.build().map_err(|found| invalid(&found.errors))?;
    schema.validate().map_err(|found| invalid(&found.errors))
}

/// Reports only the first problem: the others mostly follow from it.
fn invalid(problems: &DiagnosticList) -> Error {
    let Some(problem) = problems.iter().next() else {
        return Error::internal("the schema is not valid");
    };
    let place = problem.line_column_range().map_or_else(String::new, |range| {
        format!(" at line {}, column {}", range.start.line, range.start.column)
    });
    Error::internal(format!("the schema is not valid{place}: {}", problem.error))
}
