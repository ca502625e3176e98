//! The lexical tokens of a document, without recursion or validation.

use std::ops::Range;

/// The kinds of tokens that the guard distinguishes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
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

/// One token and the bytes it takes.
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

/// Splits a text into tokens; other bytes count as one token each.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(source: &'a str) -> Self {
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

/// The length up to the closing quote, or to the end of the line if it is not closed.
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

pub(super) fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// A character of names and numbers; a sign or decimal point is a token of its own.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
