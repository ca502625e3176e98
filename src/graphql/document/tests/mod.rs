//! Tests of the gate, with a small schema similar to ours.

mod admission;
mod cost;
mod engine;
mod guard;
mod introspection;
mod prevalidate;
mod shape;
mod validation;
mod variables;

use super::{Gate, GateLimits};
use crate::error::Error;

const SDL: &str = include_str!("schema.graphql");

fn gate() -> Gate {
    Gate::new(SDL, GateLimits::default(), |field| matches!(field, "login" | "register"))
        .expect("the schema is valid")
}

fn refusal(source: &str) -> Error {
    gate().admit(source).expect_err(source)
}

/// The name of the limit that refuses the text, or another result.
fn limit(source: &str) -> String {
    match gate().admit(source) {
        Err(Error::DocumentTooComplex { what, .. }) => what.to_owned(),
        Err(error) => format!("{:?}", error.code()),
        Ok(_) => "admitted".to_owned(),
    }
}

/// The problems of the text, each with its place.
fn problems(source: &str) -> Vec<String> {
    refusal(source).problems().iter().map(ToString::to_string).collect()
}

/// The numbers from 0, each formatted by `tell`.
fn each(count: usize, tell: impl Fn(usize) -> String) -> String {
    (0..count).map(tell).collect::<Vec<_>>().join(" ")
}
