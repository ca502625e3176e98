//! Positions in the client's text.

use apollo_compiler::parser::SourceSpan;
use async_graphql::Pos;

use crate::error::DocumentProblem;

/// Longer names and values of clients are truncated in errors, to bound the size of answers.
const LONGEST_MESSAGE: usize = 240;

/// Converts byte offsets to lines and columns, both counted from 1, columns in code points.
pub(super) struct Places {
    line_starts: Vec<usize>,
    /// Offsets of bytes that do not start a character.
    inner_bytes: Vec<usize>,
}

impl Places {
    pub(super) fn new(source: &str) -> Self {
        let bytes = source.as_bytes();
        let ends_line = |at: &usize| match bytes[*at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        Self {
            line_starts: std::iter::once(0)
                .chain((0..bytes.len()).filter(ends_line).map(|end| end + 1))
                .collect(),
            inner_bytes: (0..bytes.len()).filter(|at| !source.is_char_boundary(*at)).collect(),
        }
    }

    /// The start of the span, or the start of the document without one.
    pub(super) fn of(&self, span: Option<SourceSpan>) -> Pos {
        self.at(span.map_or(0, |span| span.offset()))
    }

    fn at(&self, offset: usize) -> Pos {
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts[line - 1];
        let inner = self.inner_before(offset) - self.inner_before(start);
        Pos { line, column: offset - start - inner + 1 }
    }

    pub(super) fn problem(&self, message: &str, span: Option<SourceSpan>) -> DocumentProblem {
        self.problem_at(message, span.map_or(0, |span| span.offset()))
    }

    pub(super) fn problem_at(&self, message: &str, offset: usize) -> DocumentProblem {
        let Pos { line, column } = self.at(offset);
        let message = match message.char_indices().nth(LONGEST_MESSAGE) {
            Some((end, _)) => format!("{}…", &message[..end]),
            None => message.to_owned(),
        };
        DocumentProblem { message, line, column }
    }

    fn inner_before(&self, offset: usize) -> usize {
        self.inner_bytes.partition_point(|at| *at < offset)
    }
}
