//! The gate before the engine: no text reaches it that is too large, invalid or too costly.
//!
//! A text passes the lexical guard, the parser, the limits of its shape, validation, and becomes a
//! [`Document`], which is kept. Every door admits texts here and nowhere else.

mod cache;
mod cost;
mod engine;
mod guard;
mod hash;
mod limits;
mod merge;
mod operation;
mod place;
mod prevalidate;
mod price;
mod rules;
mod schema;
mod shape;
mod token;
mod validate;
mod variables;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use apollo_compiler::{ExecutableDocument, Schema, validation::Valid};
pub use async_graphql::parser::types::OperationType;

use self::{cache::Cache, place::Places, price::Prices};
pub use self::{
    hash::DocumentHash,
    limits::GateLimits,
    operation::Operation,
    price::{Given, Price},
};
use crate::error::{Error, Malformed, Result};

/// Bytes of one selection, directive or value in the engine's form, about.
const NODE_BYTES: usize = 256;

/// Admits documents to one schema.
#[derive(Debug)]
pub struct Gate {
    terms: Arc<GateConfig>,
    cache: Cache,
}

/// What all documents are measured by.
#[derive(Debug)]
struct GateConfig {
    schema: Valid<Schema>,
    limits: GateLimits,
    prices: Prices,
    is_exclusive: fn(&str) -> bool,
}

impl Gate {
    /// Reads the engine's SDL; a document holds at most one root field that `is_exclusive`.
    pub fn new(sdl: &str, limits: GateLimits, is_exclusive: fn(&str) -> bool) -> Result<Self> {
        let cache = Cache::new(limits.cache_bytes);
        let schema = schema::parse(sdl)?;
        let prices = Prices::new(limits.prices);
        Ok(Self { terms: Arc::new(GateConfig { schema, limits, prices, is_exclusive }), cache })
    }

    /// The schema with its introspection types.
    #[must_use]
    pub fn schema(&self) -> &Valid<Schema> {
        &self.terms.schema
    }

    /// The typed syntax tree of a text that meets every limit but the cost.
    pub fn validate(&self, source: &str) -> Result<Valid<ExecutableDocument>> {
        self.terms.validate(source, &Places::new(source))
    }

    /// The document of a text; a known text costs a look-up.
    pub fn admit(&self, source: &str) -> Result<Arc<Document>> {
        self.admit_as(DocumentHash::of(source), source)
    }

    /// The same for a text whose hash is known already.
    pub(super) fn admit_as(&self, hash: DocumentHash, source: &str) -> Result<Arc<Document>> {
        self.cache.verdict(hash, || self.terms.document(source).map(Arc::new))
    }

    /// Whether the verdict on a text is known, by the hash of the text.
    pub(super) fn knows(&self, hash: DocumentHash) -> bool {
        self.cache.knows(hash)
    }

    /// A document that was admitted lately, by the hash of its text.
    #[must_use]
    pub fn recall(&self, hash: DocumentHash) -> Option<Arc<Document>> {
        self.cache.document(hash)
    }
}

impl GateConfig {
    fn validate(&self, source: &str, places: &Places) -> Result<Valid<ExecutableDocument>> {
        validate::validate(source, places, &self.schema, &self.limits)
    }

    fn document(self: &Arc<Self>, source: &str) -> Result<Document> {
        let places = Places::new(source);
        let document = self.validate(source, &places)?;
        let operations = document
            .operations
            .iter()
            .map(|operation| Operation::new(operation, &document, &places, self))
            .collect::<Result<Vec<_>>>()?;
        if operations.iter().map(|it| self.count_exclusive(it)).sum::<usize>() > 1 {
            return Err(Error::Malformed(Malformed::TwoAuthMutations));
        }
        let nodes: usize = operations.iter().map(|operation| operation.nodes).sum();
        Ok(Document { bytes: source.len() + nodes * NODE_BYTES, operations })
    }

    fn count_exclusive(&self, operation: &Operation) -> usize {
        if operation.kind != OperationType::Mutation {
            return 0;
        }
        operation.root_fields.iter().filter(|field| (self.is_exclusive)(field)).count()
    }
}

/// An admitted document.
#[derive(Debug)]
pub struct Document {
    operations: Vec<Operation>,
    /// Memory that it takes, about.
    bytes: usize,
}

impl Document {
    #[must_use]
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// Memory that it takes, about.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// The operation of this name; without a name, the only one.
    pub fn operation(&self, name: Option<&str>) -> Result<&Operation> {
        let found = match name {
            Some(_) => self.operations.iter().find(|operation| operation.name.as_deref() == name),
            None => self.operations.first().filter(|_| self.operations.len() == 1),
        };
        found.ok_or(Error::Malformed(Malformed::UnknownOperation))
    }
}
