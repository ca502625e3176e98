//! The first look at a document: one pass over its bytes, before anything recursive sees it.

use std::ops::Range;

use super::GateLimits;
use crate::error::{Error, Result};

/// Refuses too many tokens and too deep brackets, and answers the text without descriptions.
///
/// Descriptions of operations, fragments and variables (GraphQL of September 2025) become spaces,
/// so that every other byte keeps its place.
pub(super) fn admissible(source: &str, limits: &GateLimits) -> Result<String> {
    let mut nesting = Nesting::default();
    let mut descriptions = Vec::new();
    let mut before_last = None;
    let mut last: Option<Token> = None;
    for (count, token) in Tokens::new(source).enumerate() {
        if count >= limits.tokens {
            return Err(too_complex("tokens", limits.tokens));
        }
        if let Some(string) = last.as_ref()
            && describes(before_last.as_ref(), string, &token, &nesting, source)
        {
            descriptions.push(string.range.clone());
        }
        if nesting.step(token.kind) > limits.nesting {
            return Err(too_complex("nesting", limits.nesting));
        }
        before_last = last.replace(token);
    }
    Ok(without(source, &descriptions))
}

fn too_complex(what: &'static str, limit: usize) -> Error {
    Error::DocumentTooComplex { what, limit: limit as u64 }
}

/// Whether `string` stands where only a description may: before a definition or a variable.
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

/// Open brackets, counted apart for selection sets and for what stands within parentheses.
#[derive(Default)]
struct Nesting {
    selections: usize,
    /// Parentheses, lists and objects, beginning with the outermost parenthesis.
    values: usize,
}

impl Nesting {
    /// Follows one token and answers the deeper of the two counts.
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `{` or `[`.
    Open,
    /// `(`.
    Parenthesis,
    /// `}`, `]` or `)`.
    Close,
    Colon,
    Equals,
    Dollar,
    String,
    Other,
}

struct Token {
    kind: Kind,
    range: Range<usize>,
}

/// Splits a text into tokens without judging them; what is no token at all counts byte by byte.
struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    fn new(source: &'a str) -> Self {
        Self { bytes: source.as_bytes(), at: 0 }
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn skip_ignored(&mut self) {
        loop {
            match self.rest() {
                [b' ' | b'\t' | b'\r' | b'\n' | b',', ..] => self.at += 1,
                [0xEF, 0xBB, 0xBF, ..] => self.at += 3,
                [b'#', ..] => self.at += length_while(self.rest(), |byte| !is_line_end(byte)),
                _ => break,
            }
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.skip_ignored();
        let rest = self.rest();
        let (kind, length) = match rest {
            [] => return None,
            [b'{' | b'[', ..] => (Kind::Open, 1),
            [b'(', ..] => (Kind::Parenthesis, 1),
            [b'}' | b']' | b')', ..] => (Kind::Close, 1),
            [b':', ..] => (Kind::Colon, 1),
            [b'=', ..] => (Kind::Equals, 1),
            [b'$', ..] => (Kind::Dollar, 1),
            [b'.', b'.', b'.', ..] => (Kind::Other, 3),
            [b'"', b'"', b'"', ..] => (Kind::String, block_string_length(rest)),
            [b'"', ..] => (Kind::String, string_length(rest)),
            [byte, ..] if is_word(*byte) => (Kind::Other, length_while(rest, is_word)),
            _ => (Kind::Other, 1),
        };
        let start = self.at;
        self.at += length;
        Some(Token { kind, range: start..self.at })
    }
}

/// Up to the closing quote, or up to the end of the line of a string that is never closed.
fn string_length(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' if text.get(at + 1).is_some_and(|next| !is_line_end(*next)) => at += 2,
            _ if is_line_end(byte) => return at,
            _ => at += 1,
        }
    }
    text.len()
}

fn block_string_length(text: &[u8]) -> usize {
    let mut at = 3;
    while at < text.len() {
        match &text[at..] {
            [b'"', b'"', b'"', ..] => return at + 3,
            [b'\\', b'"', b'"', b'"', ..] => at += 4,
            _ => at += 1,
        }
    }
    text.len()
}

fn length_while(text: &[u8], keep: impl Fn(u8) -> bool) -> usize {
    text.iter().position(|&byte| !keep(byte)).unwrap_or(text.len())
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Names and numbers; a sign or a decimal point counts as a token of its own.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
