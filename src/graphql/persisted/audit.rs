//! Logs untrusted documents that run.

use std::convert::Infallible;

use quick_cache::sync::Cache;

use crate::graphql::document::{Document, DocumentHash};

/// Documents that are remembered as logged; after a flood of others, one may be logged again.
const REMEMBERED: usize = 10_000;
/// Longer names are truncated.
const LONGEST_NAME: usize = 80;

/// Logs each document once.
#[derive(Debug)]
pub(super) struct Audit(Cache<DocumentHash, ()>);

impl Audit {
    pub(super) fn new() -> Self {
        Self(Cache::new(REMEMBERED))
    }

    pub(super) fn note(&self, hash: DocumentHash, document: &Document) {
        let told: Result<(), Infallible> = self.0.get_or_insert_with(&hash, || {
            let operation = names(document);
            tracing::warn!(%hash, operation, "untrusted document requested");
            Ok(())
        });
        told.unwrap_or_else(|never| match never {});
    }
}

fn names(document: &Document) -> String {
    let names = document.operations().iter().filter_map(|operation| operation.name.as_deref());
    let mut names = names.collect::<Vec<_>>().join(", ");
    names.truncate(LONGEST_NAME);
    names
}
