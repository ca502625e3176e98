//! The first check of a document: one pass over its bytes, before any recursive parser.

use std::ops::Range;

use super::{
    GateLimits,
    limits::at_most,
    token::{Kind, Token, Tokens, is_line_end},
};
use crate::error::Result;

/// A text without descriptions, and its number of tokens with them.
#[derive(Debug)]
pub(super) struct Admissible {
    pub(super) text: String,
    pub(super) tokens: usize,
}

/// Refuses too many tokens and brackets that are nested too deeply.
///
/// Descriptions of operations, fragments and variables (GraphQL of September 2025) become spaces,
/// so that every other byte keeps its position.
pub(super) fn admissible(source: &str, limits: &GateLimits) -> Result<Admissible> {
    let mut nesting = Nesting::default();
    let mut descriptions = Vec::new();
    let mut before_last = None;
    let mut last: Option<Token> = None;
    let mut tokens = 0;
    for token in Tokens::new(source) {
        tokens += 1;
        at_most("tokens", limits.tokens, tokens)?;
        if let Some(string) = last.as_ref()
            && describes(before_last.as_ref(), string, &token, &nesting, source)
        {
            descriptions.push(string.range.clone());
        }
        at_most("nesting", limits.nesting, nesting.step(token.kind))?;
        before_last = last.replace(token);
    }
    Ok(Admissible { text: without(source, &descriptions), tokens })
}

/// Whether `string` is in a place for descriptions: before a definition or a variable.
fn describes(
    previous: Option<&Token>,
    string: &Token,
    next: &Token,
    nesting: &Nesting,
    source: &str,
) -> bool {
    if string.kind != Kind::String {
        return false;
    }
    if nesting.is_outside() {
        let next = source.get(next.range.clone());
        return matches!(next, Some("query" | "mutation" | "subscription" | "fragment"));
    }
    let is_value = previous.is_some_and(|token| matches!(token.kind, Kind::Colon | Kind::Equals));
    nesting.is_in_arguments() && next.kind == Kind::Dollar && !is_value
}

fn without(source: &str, ranges: &[Range<usize>]) -> String {
    let mut text = String::with_capacity(source.len());
    let mut copied = 0;
    for range in ranges {
        text.push_str(&source[copied..range.start]);
        let blank = |byte| if is_line_end(byte) { char::from(byte) } else { ' ' };
        text.extend(source[range.clone()].bytes().map(blank));
        copied = range.end;
    }
    text.push_str(&source[copied..]);
    text
}

/// Open brackets, counted separately for selection sets and within parentheses.
#[derive(Default)]
struct Nesting {
    selections: usize,
    /// Parentheses, lists and objects, starting with the outermost parenthesis.
    values: usize,
}

impl Nesting {
    /// Processes one token and returns the deeper of the two counts.
    fn step(&mut self, kind: Kind) -> usize {
        match kind {
            Kind::Open | Kind::Parenthesis if self.values > 0 => self.values += 1,
            Kind::Parenthesis => self.values = 1,
            Kind::Open => self.selections += 1,
            Kind::Close if self.values > 0 => self.values -= 1,
            Kind::Close => self.selections = self.selections.saturating_sub(1),
            _ => {}
        }
        self.selections.max(self.values.saturating_sub(1))
    }

    fn is_outside(&self) -> bool {
        self.selections == 0 && self.values == 0
    }

    fn is_in_arguments(&self) -> bool {
        self.values == 1
    }
}
