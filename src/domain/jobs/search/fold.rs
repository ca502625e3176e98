//! Texts for comparison, and the way back to the text as it was posted.

use std::{iter, ops::Range};

use unicode_normalization::{
    IsNormalized, UnicodeNormalization, char::is_combining_mark, is_nfc_quick,
};

/// A text for comparison: NFKC, lower case, 台 for 臺, each run of white space and control characters one
/// space, none at the ends; to fold again changes nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    normal(text).for_each(|c| push(&mut folded, c));
    without_last_space(folded)
}

/// Without the rules for white space.
fn normal(text: &str) -> impl Iterator<Item = char> {
    // Lower case can compose with a mark where upper case cannot: J and a caron.
    let normal = text.nfkc().flat_map(char::to_lowercase).nfkc();
    normal.map(|c| if c == '臺' { '台' } else { c })
}

fn push(folded: &mut String, c: char) {
    if !c.is_whitespace() && !c.is_control() {
        folded.push(c);
    } else if !folded.is_empty() && !folded.ends_with(' ') {
        folded.push(' ');
    }
}

fn without_last_space(mut folded: String) -> String {
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// A folded text that knows where its characters come from.
pub(super) struct Traced {
    pub folded: String,
    /// For each cluster of the original, where its characters begin in the folded text.
    clusters: Vec<(usize, Range<usize>)>,
}

impl Traced {
    pub fn of(text: &str) -> Self {
        let mut folded = String::with_capacity(text.len());
        let mut traced = Vec::new();
        for (at, cluster) in clusters(text) {
            let begin = folded.len();
            normal(cluster).for_each(|c| push(&mut folded, c));
            if folded.len() > begin {
                traced.push((begin, at..at + cluster.len()));
            }
        }
        Self { folded: without_last_space(folded), clusters: traced }
    }

    /// Whatever of the original a range of the folded text comes from; in bytes, like the range.
    pub fn origin(&self, range: &Range<usize>) -> Range<usize> {
        let begin = self.clusters.partition_point(|(at, _)| *at <= range.start).saturating_sub(1);
        let end = self.clusters.partition_point(|(at, _)| *at < range.end);
        let of_range = self.clusters.get(begin..end).unwrap_or_default();
        match (of_range.first(), of_range.last()) {
            (Some((_, first)), Some((_, last))) => first.start..last.end,
            _ => 0..0,
        }
    }
}

/// The shortest pieces that can be folded each on its own, with their places.
fn clusters(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text;
    iter::from_fn(move || {
        let at = text.len() - rest.len();
        let mut following = rest.char_indices().skip(1);
        rest.chars().next()?;
        let end = following.find(|(_, c)| !joins(*c)).map_or(rest.len(), |(end, _)| end);
        let (cluster, after) = rest.split_at(end);
        rest = after;
        Some((at, cluster))
    })
}

/// Whether normalization can move or compose a character with those before it.
fn joins(c: char) -> bool {
    let first = iter::once(c).nfkd().next().unwrap_or(c);
    let may_compose = is_nfc_quick(iter::once(first)) == IsNormalized::Maybe;
    is_combining_mark(first) || may_compose
}
