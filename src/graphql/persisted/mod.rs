//! Which document a request means, and whether it may run: the one place for every door.

mod reference;

use std::sync::Arc;

pub use self::reference::DocumentRef;
use super::document::{Document, DocumentHash, Gate};
use crate::error::{Error, FieldProblem, Result};

/// The documents that requests can bring or name.
#[derive(Debug)]
pub struct Documents {
    gate: Gate,
}

impl Documents {
    #[must_use]
    pub fn new(gate: Gate) -> Self {
        Self { gate }
    }

    #[must_use]
    pub fn gate(&self) -> &Gate {
        &self.gate
    }

    /// The admitted document that a request means.
    ///
    /// A hash is known as long as the gate remembers its document, so that nothing is stored that
    /// was not admitted, and nothing beyond the bytes of the gate's cache.
    pub fn find(&self, asked: &DocumentRef) -> Result<Arc<Document>> {
        match asked {
            DocumentRef::Id(id) => DocumentHash::parse(id)
                .and_then(|hash| self.gate.recall(hash))
                .ok_or(Error::PersistedQueryNotFound),
            DocumentRef::Text { text, hash: claimed } => {
                let hash = DocumentHash::of(text);
                if claimed
                    .as_ref()
                    .is_some_and(|claimed| DocumentHash::parse(claimed) != Some(hash))
                {
                    let contradicts = FieldProblem::Contradicts { other: "query" };
                    return Err(Error::field(reference::HASH, contradicts));
                }
                self.gate.admit_as(hash, text)
            }
        }
    }
}
