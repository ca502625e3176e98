//! The gate before the engine: refuses documents that are too large, invalid or too costly.
//!
//! A text passes the lexical guard, the parser, the limits of shape and validation, and becomes a
//! [`Document`], which is cached. Every API admits documents only here.

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

/// Approximate size of a selection, directive or value in the engine's tree.
const NODE_BYTES: usize = 256;

/// Admits documents for one schema.
#[derive(Debug)]
pub struct Gate {
    terms: Arc<GateConfig>,
    cache: Cache,
}

/// The schema and limits that apply to all documents.
#[derive(Debug)]
struct GateConfig {
    schema: Valid<Schema>,
    limits: GateLimits,
    prices: Prices,
    is_exclusive: fn(&str) -> bool,
}

impl Gate {
    /// Parses the engine's SDL; a document may have at most one root field that `is_exclusive`.
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

    /// Parses and validates a text; checks every limit but the cost.
    pub fn validate(&self, source: &str) -> Result<Valid<ExecutableDocument>> {
        self.terms.validate(source, &Places::new(source))
    }

    /// The document of a text; a cached one costs a look-up.
    pub fn admit(&self, source: &str) -> Result<Arc<Document>> {
        self.admit_as(DocumentHash::of(source), source)
    }

    /// The same for a text whose hash is already known.
    pub(super) fn admit_as(&self, hash: DocumentHash, source: &str) -> Result<Arc<Document>> {
        self.cache.verdict(hash, || self.terms.document(hash, source).map(Arc::new))
    }

    /// Whether the verdict on a text is cached, by the hash of the text.
    pub(super) fn knows(&self, hash: DocumentHash) -> bool {
        self.cache.knows(hash)
    }

    /// A cached document, by the hash of its text.
    #[must_use]
    pub fn recall(&self, hash: DocumentHash) -> Option<Arc<Document>> {
        self.cache.document(hash)
    }
}

impl GateConfig {
    fn validate(&self, source: &str, places: &Places) -> Result<Valid<ExecutableDocument>> {
        validate::validate(source, places, &self.schema, &self.limits)
    }

    fn document(self: &Arc<Self>, hash: DocumentHash, source: &str) -> Result<Document> {
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
        Ok(Document { hash, bytes: source.len() + nodes * NODE_BYTES, operations })
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
    /// Of its text.
    pub hash: DocumentHash,
    operations: Vec<Operation>,
    /// Approximate memory use.
    bytes: usize,
}

impl Document {
    #[must_use]
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// Approximate memory use.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// The operation with this name; without a name, the only one.
    pub fn operation(&self, name: Option<&str>) -> Result<&Operation> {
        let found = match name {
            Some(_) => self.operations.iter().find(|operation| operation.name.as_deref() == name),
            None => self.operations.first().filter(|_| self.operations.len() == 1),
        };
        found.ok_or(Error::Malformed(Malformed::UnknownOperation))
    }
}
