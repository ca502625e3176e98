//! Caches the result of validating a document, by the hash of its text.

use std::{convert::Infallible, sync::Arc};

use quick_cache::{Weighter, sync};

use super::{Document, DocumentHash};
use crate::error::Result;

type Verdict = Result<Arc<Document>>;

/// Approximate size of an entry besides its document.
const ENTRY_BYTES: usize = 256;
/// Approximate size of a typical document; only decides the initial size of the table.
const USUAL_BYTES: u64 = 16 << 10;

/// A bounded cache; documents in use survive a flood of others.
#[derive(Debug)]
pub(super) struct Cache(sync::Cache<DocumentHash, Verdict, Bytes>);

impl Cache {
    pub(super) fn new(capacity: u64) -> Self {
        let usual = usize::try_from(capacity / USUAL_BYTES).unwrap_or(usize::MAX);
        Self(sync::Cache::with_weighter(usual, capacity, Bytes))
    }

    /// The cached verdict on this text, or that of `judge`; refusals are cached too.
    pub(super) fn verdict(&self, hash: DocumentHash, judge: impl FnOnce() -> Verdict) -> Verdict {
        // Callers with the same new text block a worker thread until it is judged. That is short:
        // 3.3 ms for the largest documents; of 100 concurrent callers on two workers the last had
        // its verdict after 4.3 ms, and other tasks waited no longer (medians of 40 rounds).
        let known = self.0.get_or_insert_with(&hash, || Ok::<_, Infallible>(judge()));
        known.unwrap_or_else(|never| match never {})
    }

    /// Whether the verdict on this text is cached.
    pub(super) fn knows(&self, hash: DocumentHash) -> bool {
        self.0.contains_key(&hash)
    }

    /// The document with this hash, if it is cached.
    pub(super) fn document(&self, hash: DocumentHash) -> Option<Arc<Document>> {
        self.0.get(&hash)?.ok()
    }

    /// The number of entries and their total size in bytes.
    #[cfg(test)]
    pub(super) fn size(&self) -> (usize, u64) {
        (self.0.len(), self.0.weight())
    }
}

#[derive(Debug, Clone)]
struct Bytes;

impl Weighter<DocumentHash, Verdict> for Bytes {
    fn weight(&self, _: &DocumentHash, verdict: &Verdict) -> u64 {
        let content = match verdict {
            Ok(document) => document.bytes,
            Err(error) => error.problems().iter().map(|problem| problem.message.len()).sum(),
        };
        (ENTRY_BYTES + content) as u64
    }
}
