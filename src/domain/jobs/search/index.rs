//! What the full-text indexes of the databases know of a text.

use super::characters::{Kind, runs};

/// Longer words are known to the index by their beginning.
const MAX_TERM_CHARS: usize = 32;

/// Stands before each word of an indexed text, so that a search for a substring sees where a word begins;
/// no folded text has control characters.
const WORD_BEGINS: char = '\u{1F}';

/// Between title and description; no part of a question has one.
const FIELDS: char = '\n';

/// What a text must have among its [`terms`] to be found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    Exact(String),
    /// At least one term that begins so.
    Prefix(String),
}

/// Of a folded text: single CJK characters, pairs of neighbours, and words, cut after 32 characters; sorted,
/// each once.
#[must_use]
pub fn terms(folded: &str) -> Vec<String> {
    let mut terms = Vec::new();
    for (kind, run) in runs(folded) {
        match kind {
            Kind::Cjk => {
                terms.extend(run.chars().map(String::from));
                terms.extend(pairs(run));
            }
            Kind::Word => terms.push(cut(run).to_owned()),
            Kind::Separator => {}
        }
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// What every text has in which a trimmed part of a question occurs.
pub(super) fn terms_of_part(part: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut runs = runs(part).peekable();
    while let Some((kind, run)) = runs.next() {
        let is_last = runs.peek().is_none();
        match kind {
            Kind::Cjk if run.chars().nth(1).is_none() => terms.push(Term::Exact(run.to_owned())),
            Kind::Cjk => terms.extend(pairs(run).map(Term::Exact)),
            Kind::Word if is_last => terms.push(Term::Prefix(cut(run).to_owned())),
            Kind::Word => terms.push(Term::Exact(cut(run).to_owned())),
            Kind::Separator => {}
        }
    }
    terms
}

/// Whether a trimmed part occurs in every text that has its terms.
pub(super) fn terms_decide(part: &str) -> bool {
    let mut runs = runs(part);
    match (runs.next(), runs.next()) {
        (Some((Kind::Cjk, run)), None) => run.chars().nth(2).is_none(),
        (Some((Kind::Word, run)), None) => cut(run) == run,
        _ => false,
    }
}

fn pairs(run: &str) -> impl Iterator<Item = String> {
    run.chars().zip(run.chars().skip(1)).map(|(first, second)| String::from_iter([first, second]))
}

fn cut(word: &str) -> &str {
    let end = word.char_indices().nth(MAX_TERM_CHARS).map_or(word.len(), |(at, _)| at);
    word.get(..end).unwrap_or(word)
}

/// The text that [`super::Question::substrings`] are looked for in, of a folded title and description.
#[must_use]
pub fn indexed(title: &str, description: &str) -> String {
    let mut text = with_beginnings(title);
    text.push(FIELDS);
    text.push_str(&with_beginnings(description));
    text
}

/// A folded text, or a trimmed part, as it stands in an indexed text.
pub(super) fn with_beginnings(folded: &str) -> String {
    let mut text = String::with_capacity(folded.len() + folded.len() / 8);
    for (kind, run) in runs(folded) {
        if kind == Kind::Word {
            text.push(WORD_BEGINS);
        }
        text.push_str(run);
    }
    text
}

/// The terms of a folded title and description as an index takes them, separated by spaces: content of a
/// column of FTS5 with the tokenizer `unicode61`, or a `tsvector`.
///
/// A token is `x` and the UTF-8 of its term in hexadecimal digits, which no tokenizer changes or splits, and
/// which begins like the token of each beginning of the term: 7 bytes for a CJK character instead of 3, 13
/// for a pair instead of 6, at most 257.
#[must_use]
pub fn tokens(title: &str, description: &str) -> String {
    let mut terms = terms(title);
    terms.extend(self::terms(description));
    terms.sort_unstable();
    terms.dedup();
    joined(terms.iter().map(|term| token(term)), " ")
}

/// The right side of FTS5's `MATCH` for texts that have all terms.
#[must_use]
pub fn fts5_query(terms: &[Term]) -> String {
    query(terms, " AND ", "*")
}

/// A `tsquery`, to be cast (`::tsquery`) or given to `to_tsquery('simple', …)`, for texts that have all
/// terms.
#[must_use]
pub fn tsquery(terms: &[Term]) -> String {
    query(terms, " & ", ":*")
}

fn query(terms: &[Term], and: &str, begins: &str) -> String {
    let conditions = terms.iter().map(|term| match term {
        Term::Exact(term) => token(term),
        Term::Prefix(term) => token(term) + begins,
    });
    joined(conditions, and)
}

fn token(term: &str) -> String {
    format!("x{}", encoded(term))
}

/// The UTF-8 of a text in hexadecimal digits, which no tokenizer changes or splits.
#[must_use]
pub fn encoded(text: &str) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value & 15)]);
    text.bytes().flat_map(|byte| [digit(byte >> 4), digit(byte)]).collect()
}

fn joined(pieces: impl Iterator<Item = String>, separator: &str) -> String {
    pieces.collect::<Vec<_>>().join(separator)
}
