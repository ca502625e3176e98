//! Trusted queries as routes: the manifest is the table, and `/q/` the path.

use std::{collections::HashMap, sync::Arc};

use super::variables::{Input, Parameters};
use crate::{
    error::{Error, Noun, Result},
    graphql::{
        Caller, Engine, Operation, Outcome,
        document::{DocumentHash, OperationType},
        persisted::{Trusted, TrustedDocument},
    },
    language::Language,
};

/// The queries of the manifest with their parameters.
#[derive(Debug, Default)]
pub struct Queries(HashMap<DocumentHash, (Arc<TrustedDocument>, Parameters)>);

impl Queries {
    /// Reads the variable definitions of all queries, once at the start.
    pub fn all(engine: &Engine) -> Result<Self> {
        let gate = engine.gate();
        let query = |query: &Arc<TrustedDocument>| {
            let typed = gate.validate(&query.text)?;
            let parameters = Parameters::of(&typed, gate.schema(), &[], None);
            Ok((query.hash, (query.clone(), parameters)))
        };
        queries(engine.documents().trusted()).map(query).collect::<Result<_>>().map(Self)
    }

    /// Runs the query with this name, hash or id, with variables from a query string.
    pub async fn answer(
        &self,
        engine: &Engine,
        (caller, language): (Caller, Language),
        name: &str,
        query: Vec<(String, String)>,
    ) -> Outcome {
        let trusted = engine.documents().trusted();
        let found = trusted.of_id(name).or_else(|| trusted.named(name));
        let Some((found, parameters)) = found.and_then(|found| self.0.get(&found.hash)) else {
            return engine.refuse(&caller, Error::NotFound(Noun::TrustedQuery), language).await;
        };
        match parameters.variables(&Input { query, ..Input::default() }) {
            Ok(variables) => {
                let operation =
                    Operation { name: None, variables, caller, language, queries_only: true };
                engine.run(&found.document, operation).await
            }
            Err(error) => engine.refuse(&caller, error, language).await,
        }
    }
}

/// The documents of the manifest that GET may run.
pub(super) fn queries(trusted: &Trusted) -> impl Iterator<Item = &Arc<TrustedDocument>> {
    trusted.iter().filter(|document| document.kind == OperationType::Query)
}
