//! What a client looks for.

use super::{
    characters::{occurrences, trimmed},
    fold::fold,
    index::{Term, terms_decide, terms_of_part, with_beginnings},
};

/// More would cost the databases more than a question is worth.
pub const MAX_PARTS: usize = 10;

/// Words that a job must have, as the documentation of [`super`] defines it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Question {
    /// Folded and trimmed, each once, in the client's order; at least one.
    parts: Vec<String>,
}

/// Why a text is no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswerable {
    /// Only white space, punctuation or symbols.
    Nothing,
    /// More parts, none of them twice, than [`MAX_PARTS`].
    TooManyParts { max: usize },
}

impl Question {
    /// The length of the text is for the caller to bound: terms and substrings grow with it.
    pub fn parse(text: &str) -> Result<Self, Unanswerable> {
        let mut parts: Vec<String> = Vec::new();
        let folded = fold(text);
        for part in folded.split(' ').map(trimmed).filter(|part| !part.is_empty()) {
            if parts.iter().any(|earlier| earlier == part) {
                continue;
            }
            if parts.len() == MAX_PARTS {
                return Err(Unanswerable::TooManyParts { max: MAX_PARTS });
            }
            parts.push(part.to_owned());
        }
        if parts.is_empty() { Err(Unanswerable::Nothing) } else { Ok(Self { parts }) }
    }

    pub(super) fn parts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(String::as_str)
    }

    /// Whether a job with this folded title and description is found, by brute force.
    #[must_use]
    pub fn matches(&self, title: &str, description: &str) -> bool {
        self.parts().all(|part| occurs(title, part) || occurs(description, part))
    }

    /// What every job that is found has among its terms; sorted, each once.
    #[must_use]
    pub fn terms(&self) -> Vec<Term> {
        let mut terms: Vec<_> = self.parts().flat_map(terms_of_part).collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    /// What must be in the [`super::indexed`] text of a job that has all terms; they have control characters.
    #[must_use]
    pub fn substrings(&self) -> Vec<String> {
        self.parts().filter(|part| !terms_decide(part)).map(with_beginnings).collect()
    }

    /// What must be in the [`super::indexed`] text of a job that is found, and decides alone.
    #[must_use]
    pub fn pieces(&self) -> Vec<String> {
        self.parts().map(with_beginnings).collect()
    }

    /// How well the folded title of a job that is found fits, from 0 to 1000.
    ///
    /// Each part in the title counts for more than all else below it, all parts once more, and a title that
    /// begins with a part a little. The description has whatever the title has not, so it adds nothing.
    #[must_use]
    pub fn score(&self, title: &str) -> u32 {
        let (mut all, mut within, mut begins) = (0, 0, false);
        for part in self.parts() {
            let first = occurrences(title, part).next();
            all += 1;
            within += u32::from(first.is_some());
            begins |= first == Some(0);
        }
        let complete = if within == all { ALL_IN_TITLE } else { 0 };
        PARTS_IN_TITLE * within / all.max(1) + complete + if begins { TITLE_BEGINS } else { 0 }
    }
}

const PARTS_IN_TITLE: u32 = 600;
const ALL_IN_TITLE: u32 = 350;
/// Less than a part of the title counts in the longest question.
const TITLE_BEGINS: u32 = 50;

fn occurs(text: &str, part: &str) -> bool {
    occurrences(text, part).next().is_some()
}
