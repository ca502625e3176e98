//! Why a job was found.

use std::ops::Range;

use super::{characters::occurrences, fold::Traced, question::Question};

/// Where parts of the question occur in a text as it was posted: ranges of bytes between characters, in
/// order, apart from each other.
///
/// A character that folds to several is marked whole: `m` in `㎡`.
#[must_use]
pub fn highlights(question: &Question, text: &str) -> Vec<Range<usize>> {
    let traced = Traced::of(text);
    let of_part = |part| {
        let ranges = occurrences(&traced.folded, part).map(move |at| at..at + part.len());
        ranges.map(|range| traced.origin(&range)).collect::<Vec<_>>()
    };
    let mut ranges: Vec<_> = question.parts().flat_map(of_part).collect();
    ranges.sort_unstable_by_key(|range| range.start);
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}
