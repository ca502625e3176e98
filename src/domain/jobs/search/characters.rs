//! Which characters are words of their own, which make words together, and which separate.

use std::iter;

use unicode_normalization::char::is_combining_mark;

/// What a character of a folded text is for the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Found wherever it stands.
    Cjk,
    /// A letter or digit of a word, which is found from its beginning.
    Word,
    /// White space, punctuation, symbols.
    Separator,
}

impl Kind {
    /// A mark has no kind of its own: after a character it is of that one's kind, elsewhere it separates.
    fn of(c: char) -> Self {
        if is_combining_mark(c) {
            Self::Separator
        } else if is_cjk(c) {
            Self::Cjk
        } else if c.is_alphanumeric() {
            Self::Word
        } else {
            Self::Separator
        }
    }
}

/// After NFKC: compatibility forms, among them half-width Katakana, are gone.
fn is_cjk(c: char) -> bool {
    matches!(c,
        // Tone marks of Bopomofo.
        '\u{2C7}' | '\u{2C9}'..='\u{2CB}' | '\u{2EA}'..='\u{2EB}'
        // Hangul.
        | '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{A960}'..='\u{A97C}'
        | '\u{AC00}'..='\u{D7FB}'
        // Radicals, 々〆〇 and the numerals of Suzhou.
        | '\u{2E80}'..='\u{2FD5}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}'
        | '\u{3038}'..='\u{303C}'
        // Hiragana and Katakana, without ゠ and ・, which separate.
        | '\u{3041}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}'
        | '\u{31F0}'..='\u{31FF}' | '\u{1AFF0}'..='\u{1B16F}'
        // Bopomofo.
        | '\u{3105}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}'
        // Han: basic, extension A, those compatibility ideographs that NFKC keeps, planes 2 and 3.
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// The longest pieces of one kind, in order; together they are the text.
pub(super) fn runs(text: &str) -> impl Iterator<Item = (Kind, &str)> {
    let mut rest = text;
    iter::from_fn(move || {
        let kind = Kind::of(rest.chars().next()?);
        let ends = |c: char| !is_combining_mark(c) && Kind::of(c) != kind;
        let (run, after) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
        rest = after;
        Some((kind, run))
    })
}

/// A part of a question without the separators at its ends.
pub(super) fn trimmed(part: &str) -> &str {
    let part = match runs(part).next() {
        Some((Kind::Separator, run)) => part.strip_prefix(run).unwrap_or(part),
        _ => part,
    };
    match runs(part).last() {
        Some((Kind::Separator, run)) => part.strip_suffix(run).unwrap_or(part),
        _ => part,
    }
}

/// Where a part of a question occurs in a folded text; occurrences may overlap.
pub(super) fn occurrences(text: &str, part: &str) -> impl Iterator<Item = usize> {
    let begins_with_word = part.starts_with(|c| Kind::of(c) == Kind::Word);
    text.char_indices().map(|(at, _)| at).filter(move |at| {
        let (before, rest) = text.split_at(*at);
        rest.starts_with(part) && !(begins_with_word && ends_within_word(before))
    })
}

/// Whether a letter or digit behind this text continues its last word.
fn ends_within_word(text: &str) -> bool {
    let last = text.chars().rev().find(|c| !is_combining_mark(*c));
    last.is_some_and(|c| Kind::of(c) == Kind::Word)
}
