//! Reads the command line; errors never repeat a value, since it may be a secret.

use clap::{
    CommandFactory, Error, FromArgMatches,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::Cli;
use crate::config;

/// Printed in place of a value.
const HIDDEN: &str = "…";

/// The command line as clap parses it.
#[must_use]
pub fn command() -> clap::Command {
    config::without_empty(Cli::command())
}

/// Parses arguments and environment.
pub fn parse() -> Result<Cli, Error> {
    let given = command().try_get_matches().map_err(without_values)?;
    Cli::from_arg_matches(&given).map_err(without_values)
}

/// Removes from an error everything but our own names and clap's suggestions.
fn without_values(mut error: Error) -> Error {
    let hide: &[ContextKind] = match error.kind() {
        ErrorKind::UnknownArgument if error.get(ContextKind::SuggestedArg).is_none() => {
            &[ContextKind::InvalidArg, ContextKind::Suggested]
        }
        ErrorKind::InvalidSubcommand if error.get(ContextKind::SuggestedSubcommand).is_none() => {
            &[ContextKind::InvalidSubcommand, ContextKind::Suggested]
        }
        _ => &[ContextKind::InvalidValue, ContextKind::Suggested],
    };
    for &kind in hide {
        match error.get(kind) {
            // An empty text means that the value is missing.
            Some(ContextValue::String(text)) if !text.is_empty() => {
                error.insert(kind, ContextValue::String(HIDDEN.into()));
            }
            Some(ContextValue::StyledStrs(_)) => {
                error.remove(kind);
            }
            _ => {}
        }
    }
    error
}
