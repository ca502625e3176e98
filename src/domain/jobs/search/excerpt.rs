//! Texts in pieces, to show where a question finds them.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::{highlight::highlights, question::Question};

/// A part of a text as it was posted, and whether it is what a question looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub is_match: bool,
}

/// The share of an excerpt that stands before the first match, if so much is there.
const SHARE_BEFORE: usize = 4;

/// A text in pieces that together are the text.
#[must_use]
pub fn pieces(question: Option<&Question>, text: &str) -> Vec<Piece> {
    cut(text, &matches(question, text), &(0..text.len()))
}

/// So many characters of a text around its first match, in pieces, with an ellipsis for what is left out at
/// either end; the whole text if it is not longer.
#[must_use]
pub fn excerpt(question: Option<&Question>, text: &str, most: usize) -> Vec<Piece> {
    let matches = matches(question, text);
    let range = around(text, matches.first().map_or(0, |first| first.start), most);
    let mut pieces = cut(text, &matches, &range);
    let ellipsis = || Piece { text: "…".to_owned(), is_match: false };
    if range.start > 0 {
        pieces.insert(0, ellipsis());
    }
    if range.end < text.len() {
        pieces.push(ellipsis());
    }
    pieces
}

/// None looks for nothing.
fn matches(question: Option<&Question>, text: &str) -> Vec<Range<usize>> {
    question.map(|question| highlights(question, text)).unwrap_or_default()
}

fn around(text: &str, place: usize, most: usize) -> Range<usize> {
    let characters: Vec<usize> = beginnings(text).collect();
    let before = characters.partition_point(|at| *at < place);
    let latest = characters.len().saturating_sub(most);
    let begin = before.saturating_sub(most / SHARE_BEFORE).min(latest);
    let at = |index: usize| characters.get(index).copied().unwrap_or(text.len());
    at(begin)..at(begin + most)
}

/// Where the characters begin that readers see: a letter with its marks is one, and so is an emoji that is
/// joined from several.
fn beginnings(text: &str) -> impl Iterator<Item = usize> {
    const JOINER: char = '\u{200D}';
    let mut is_joined = false;
    text.char_indices().filter_map(move |(at, c)| {
        let is_tone = ('\u{1F3FB}'..='\u{1F3FF}').contains(&c);
        let goes_on = is_joined || c == JOINER || is_tone || is_combining_mark(c);
        is_joined = c == JOINER;
        (!goes_on || at == 0).then_some(at)
    })
}

/// A range of the text, cut where matches begin and end.
fn cut(text: &str, matches: &[Range<usize>], range: &Range<usize>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |from: usize, to: usize, is_match: bool| {
        let [from, to] = [from, to].map(|at| at.clamp(range.start, range.end));
        if let Some(text) = text.get(from..to).filter(|text| !text.is_empty()) {
            pieces.push(Piece { text: text.to_owned(), is_match });
        }
    };
    let mut end = range.start;
    for found in matches {
        push(end, found.start, false);
        push(found.start, found.end, true);
        end = found.end;
    }
    push(end, range.end, false);
    pieces
}
