//! The schema as documents are checked against it.

use apollo_compiler::{Schema, ast, validation::Valid};

use crate::error::{Error, Result};

/// Introspection of September 2025 that the validator does not know of; the engine answers it.
const ONE_OF_INTROSPECTION: &str = "extend type __Type { isOneOf: Boolean }";
const ONE_OF_DIRECTIVE: &str = "directive @oneOf on INPUT_OBJECT";

/// Reads the engine's SDL; a failure is a bug of the schema, not of a client.
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

fn invalid(problems: &impl std::fmt::Display) -> Error {
    Error::internal(format!("the schema is not valid: {problems}"))
}
