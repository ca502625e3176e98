//! Limits of a single document.

use super::Price;
use crate::error::{Error, Result};

/// The limits of the gate; the defaults allow every query of the usual tools.
#[derive(Debug, Clone)]
pub struct GateLimits {
    /// Levels of nested fields.
    pub depth: usize,
    /// Levels of nested fields if all root fields are introspection; the usual tools need 15.
    pub introspection_depth: usize,
    /// Levels of nested `fields`, `interfaces`, `possibleTypes` and `inputFields`.
    pub introspection_lists: usize,
    /// Cost per operation: fields and their prices, times the sizes of the pages around them.
    pub cost: u64,
    /// Prices of fields, in addition to one point per field.
    pub prices: &'static [Price],
    /// Lexical tokens.
    pub tokens: usize,
    /// Open brackets of selection sets, of one argument list, and of one variable's value.
    pub nesting: usize,
    /// Root fields of an operation, including those in fragments.
    pub root_fields: usize,
    /// Aliases, including those in fragments.
    pub aliases: usize,
    /// Fragment definitions.
    pub fragments: usize,
    /// Fragment spreads in the text.
    pub spreads: usize,
    /// Fields, fragments and argument values, with fragments expanded.
    pub selections: usize,
    /// Directives on one field, fragment, variable or operation.
    pub directives_at_once: usize,
    /// Directives in the text.
    pub directives: usize,
    /// Problems that are reported at most.
    pub problems: usize,
    /// Approximate size of the cache of documents in bytes.
    pub cache_bytes: u64,
}

impl Default for GateLimits {
    fn default() -> Self {
        Self {
            depth: 15,
            introspection_depth: 16,
            introspection_lists: 2,
            cost: 50_000,
            prices: &[],
            tokens: 2_000,
            nesting: 32,
            root_fields: 15,
            aliases: 30,
            fragments: 20,
            spreads: 50,
            selections: 2_000,
            directives_at_once: 5,
            directives: 20,
            problems: 10,
            cache_bytes: 32 << 20,
        }
    }
}

/// Checks a limit; clients see its name.
pub(super) fn at_most(what: &'static str, limit: usize, found: usize) -> Result<()> {
    if found > limit {
        return Err(Error::DocumentTooComplex { what, limit: limit as u64 });
    }
    Ok(())
}
