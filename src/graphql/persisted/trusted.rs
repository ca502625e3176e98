//! The documents of the manifest, admitted at the start and kept for ever.

use std::{collections::HashMap, sync::Arc};

use async_graphql::indexmap::IndexMap;

use super::manifest::Entry;
use crate::graphql::document::{Document, DocumentHash, Gate, OperationType};

/// A document of the manifest; it has one operation.
#[derive(Debug)]
pub struct TrustedDocument {
    pub hash: DocumentHash,
    pub name: Option<String>,
    pub kind: OperationType,
    pub text: String,
    pub document: Arc<Document>,
}

/// All documents of the manifest.
#[derive(Debug, Default)]
pub struct Trusted {
    documents: IndexMap<DocumentHash, Arc<TrustedDocument>>,
    /// The manifest's own ids, which may be hashes of other kinds.
    ids: HashMap<String, Arc<TrustedDocument>>,
    names: HashMap<String, Vec<DocumentHash>>,
}

impl Trusted {
    /// Admits each document; an error names its id and operation.
    pub(super) fn admit(entries: Vec<Entry>, gate: &Gate) -> Result<Self, String> {
        let mut trusted = Self::default();
        for Entry { id, text } in entries {
            let document = TrustedDocument::admit(text, gate)
                .map_err(|(name, problem)| format!("document {id}{name}: {problem}"))?;
            let document = trusted.keep(document);
            let hash = document.hash;
            if trusted.ids.insert(id.clone(), document).is_some_and(|other| other.hash != hash) {
                return Err(format!("document {id}: it is there twice, with two texts"));
            }
        }
        Ok(trusted)
    }

    fn keep(&mut self, document: TrustedDocument) -> Arc<TrustedDocument> {
        let hash = document.hash;
        if let Some(known) = self.documents.get(&hash) {
            return known.clone();
        }
        if let Some(name) = &document.name {
            self.names.entry(name.clone()).or_default().push(hash);
        }
        self.documents.entry(hash).or_insert_with(|| Arc::new(document)).clone()
    }

    /// In the order of the manifest; a text with several ids appears once.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<TrustedDocument>> {
        self.documents.values()
    }

    #[must_use]
    pub fn of_hash(&self, hash: DocumentHash) -> Option<&Arc<TrustedDocument>> {
        self.documents.get(&hash)
    }

    /// Finds a document by the manifest's id, or by the SHA-256 of its text.
    #[must_use]
    pub fn of_id(&self, id: &str) -> Option<&Arc<TrustedDocument>> {
        self.ids.get(id).or_else(|| self.of_hash(DocumentHash::parse(id)?))
    }

    /// Finds a document by the name of its operation, if that is unique.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Arc<TrustedDocument>> {
        match self.names.get(name)?.as_slice() {
            [hash] => self.of_hash(*hash),
            _ => None,
        }
    }
}

impl TrustedDocument {
    fn admit(text: String, gate: &Gate) -> Result<Self, (String, String)> {
        let hash = DocumentHash::of(&text);
        let document =
            gate.admit_as(hash, &text).map_err(|error| (named(&text), error.to_string()))?;
        let operation = document
            .operation(None)
            .map_err(|_| (String::new(), "it must have exactly one operation".to_owned()))?;
        let (name, kind) = (operation.name.clone(), operation.kind);
        Ok(Self { hash, name, kind, text, document })
    }
}

/// The operation name of a text in brackets, found without parsing, for error messages.
fn named(text: &str) -> String {
    let mut words =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|it| !it.is_empty());
    let is_keyword = |word: &&str| matches!(*word, "query" | "mutation" | "subscription");
    match words.find(is_keyword).and_then(|_| words.next()) {
        Some(name) => format!(" ({name})"),
        None => String::new(),
    }
}
