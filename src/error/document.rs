//! Problems at one place of a GraphQL document.

use std::fmt;

/// One problem as worded by the parser or validator, with its place in the client's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentProblem {
    pub message: String,
    /// Counted from 1; a problem of the whole document is reported at its start.
    pub line: usize,
    /// Counted from 1, in code points.
    pub column: usize,
}

impl fmt::Display for DocumentProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}:{})", self.message, self.line, self.column)
    }
}

/// All problems of one document in one sentence.
pub(super) fn joined(problems: &[DocumentProblem], separator: &str) -> String {
    let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
    list.join(separator)
}
