//! The OpenAPI 3.1 description, derived from the table and its documents.

use crate::{config::Config, error::Result, graphql::Engine};

pub fn document(_engine: &Engine) -> Result<String> {
    Ok("{}".into())
}

pub fn json(_config: &Config) -> Result<String> {
    Ok("{}".into())
}
