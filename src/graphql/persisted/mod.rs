//! Finds the document of a request and checks whether it may run; the one place for every API.

mod audit;
mod manifest;
mod reference;
mod trusted;

use std::{path::Path, sync::Arc};

use self::audit::Audit;
pub use self::{
    reference::DocumentRef,
    trusted::{Trusted, TrustedDocument},
};
use super::document::{Document, DocumentHash, Gate};
use crate::{
    config::{Config, ConfigError, TrustedDocumentsMode as Mode},
    domain::viewer::Viewer,
    error::{Error, FieldProblem, Result},
};

/// The documents that requests can contain or name.
#[derive(Debug)]
pub struct Documents {
    gate: Gate,
    trusted: Trusted,
    mode: Mode,
    audit: Audit,
}

impl Documents {
    /// Admits the documents of the manifest, if any; an invalid manifest is a setting error.
    pub fn load(config: &Config) -> Result<Self> {
        let gate = super::gate(&config.limits)?;
        let trusted = match &config.trusted.trusted_documents {
            Some(path) => read(path, &gate).map_err(Error::internal)?,
            None => Trusted::default(),
        };
        Ok(Self { gate, trusted, mode: config.trusted.trusted_documents_mode, audit: Audit::new() })
    }

    #[must_use]
    pub fn gate(&self) -> &Gate {
        &self.gate
    }

    #[must_use]
    pub fn trusted(&self) -> &Trusted {
        &self.trusted
    }

    /// The admitted document of a request, if this viewer may run it. A new text is validated only
    /// if `may_judge` allows it, since that costs far more than a look-up.
    pub async fn find(
        &self,
        asked: &DocumentRef,
        viewer: &Viewer,
        may_judge: impl Future<Output = Result<()>>,
    ) -> Result<Arc<Document>> {
        let only_trusted = self.mode == Mode::Enforce || viewer.runs_trusted_documents_only();
        match asked {
            DocumentRef::Id(id) => match self.trusted.of_id(id) {
                Some(trusted) => Ok(trusted.document.clone()),
                None if only_trusted => Err(Error::DocumentNotTrusted),
                None => self.recall(id),
            },
            DocumentRef::Text { text, hash: claimed } => {
                let hash = DocumentHash::of(text);
                self.check(claimed.as_deref(), hash)?;
                match self.trusted.of_hash(hash) {
                    Some(trusted) => Ok(trusted.document.clone()),
                    None if only_trusted => Err(Error::DocumentNotTrusted),
                    None => {
                        if !self.gate.knows(hash) {
                            may_judge.await?;
                        }
                        self.admit(hash, text)
                    }
                }
            }
        }
    }

    /// A hash is known while the gate caches its document: so only admitted documents are stored,
    /// within the size of the gate's cache.
    fn recall(&self, id: &str) -> Result<Arc<Document>> {
        let hash = DocumentHash::parse(id).ok_or(Error::PersistedQueryNotFound)?;
        let document = self.gate.recall(hash).ok_or(Error::PersistedQueryNotFound)?;
        self.note(hash, &document);
        Ok(document)
    }

    fn admit(&self, hash: DocumentHash, text: &str) -> Result<Arc<Document>> {
        let document = self.gate.admit_as(hash, text)?;
        self.note(hash, &document);
        Ok(document)
    }

    fn note(&self, hash: DocumentHash, document: &Document) {
        if self.mode == Mode::Audit {
            self.audit.note(hash, document);
        }
    }

    /// A hash beside a text must be the text's own, or the manifest's id of this text.
    fn check(&self, claimed: Option<&str>, hash: DocumentHash) -> Result<()> {
        let is_its_own = |claimed: &str| {
            let trusted = self.trusted.of_id(claimed).map(|trusted| trusted.hash);
            trusted.or_else(|| DocumentHash::parse(claimed)) == Some(hash)
        };
        if claimed.is_none_or(is_its_own) {
            return Ok(());
        }
        Err(Error::field(reference::HASH, FieldProblem::Contradicts { other: "query" }))
    }
}

fn read(path: &Path, gate: &Gate) -> Result<Trusted, ConfigError> {
    let wrong = |problem| ConfigError::TrustedDocuments(path.to_owned(), problem);
    let json = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let entries = manifest::read(&json).map_err(wrong)?;
    Trusted::admit(entries, gate).map_err(wrong)
}
