//! Runs the documents of the pages, always as a visitor: whatever credentials came along.

use async_graphql::Variables;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::address::Links;
use crate::{
    clock::Timestamp,
    error::{Error, Noun, Result},
    graphql::{
        AsJson, Caller, Engine, Operation, Problem, RateLimitStatus,
        document::{Document, Gate},
    },
    language::Language,
};
use std::sync::Arc;

/// The validated documents of the pages.
#[derive(Debug)]
pub struct Documents {
    pub(super) home: Arc<Document>,
    /// With its total and without: to count what words find costs more than all else of a page, and a field
    /// that is left out by a directive costs as much.
    pub(super) list: Arc<Document>,
    pub(super) job: Arc<Document>,
    pub(super) past: Arc<Document>,
    pub(super) similar: Arc<Document>,
    pub(super) types: Arc<Document>,
    pub(super) overview: Arc<Document>,
    pub(super) types_in: Arc<Document>,
    pub(super) days: Arc<Document>,
    pub(super) oldest: Arc<Document>,
    pub(super) posted: Arc<Document>,
}

impl Documents {
    /// Validates the documents, once at the start.
    pub fn new(gate: &Gate) -> Result<Self> {
        let with_row =
            |text: &str| gate.admit(&format!("{text}{}", include_str!("operations/row.graphql")));
        Ok(Self {
            home: with_row(include_str!("operations/home.graphql"))?,
            list: with_row(include_str!("operations/list.graphql"))?,
            job: with_row(include_str!("operations/job.graphql"))?,
            past: gate.admit(include_str!("operations/past.graphql"))?,
            similar: with_row(include_str!("operations/similar.graphql"))?,
            types: gate.admit(include_str!("operations/types.graphql"))?,
            overview: gate.admit(include_str!("operations/overview.graphql"))?,
            types_in: gate.admit(include_str!("operations/types_in.graphql"))?,
            days: gate.admit(include_str!("operations/days.graphql"))?,
            oldest: gate.admit(include_str!("operations/oldest.graphql"))?,
            posted: gate.admit(include_str!("operations/posted.graphql"))?,
        })
    }
}

/// Why there is no data, and what is left of the visitor's limits.
#[derive(Debug)]
pub(super) struct Refusal(pub Box<(Problem, RateLimitStatus)>);

/// One request for a page.
pub struct Visit<'a> {
    pub engine: &'a Engine,
    pub documents: &'a Documents,
    /// A visitor, through the door of GraphQL.
    pub caller: Caller,
    pub language: Language,
    /// Whether the address says the language.
    pub is_pinned: bool,
}

impl<'a> Visit<'a> {
    /// The data of a document, and what is left of the visitor's limits.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        document: &Document,
        variables: Value,
    ) -> Result<(T, RateLimitStatus), Refusal> {
        self.ask_one(document, None, variables).await
    }

    /// The same for one of several operations.
    pub(super) async fn ask_one<T: DeserializeOwned>(
        &self,
        document: &Document,
        operation: Option<&str>,
        variables: Value,
    ) -> Result<(T, RateLimitStatus), Refusal> {
        let operation = Operation {
            name: operation.map(str::to_owned),
            variables: Variables::from_json(variables),
            caller: self.caller.clone(),
            language: self.language,
            queries_only: true,
        };
        let outcome = self.engine.run(document, operation).await;
        let standing = outcome.standing;
        let refusal = |problem| Refusal(Box::new((problem, standing)));
        match outcome.problems.into_iter().next() {
            Some(problem) => Err(refusal(problem)),
            None => read(&outcome.response.data)
                .map(|data| (data, standing))
                .map_err(|error| refusal(Problem::new(error, self.language))),
        }
    }

    /// That nothing is where a document was asked for.
    pub(super) fn missing(&self, standing: RateLimitStatus) -> Refusal {
        Refusal(Box::new((Problem::new(Error::NotFound(Noun::Route), self.language), standing)))
    }

    /// The same without a document: it is charged like every request that never became an operation.
    pub(super) async fn unknown(&self) -> Refusal {
        let error = Error::NotFound(Noun::Route);
        let outcome = self.engine.refuse(&self.caller, error, self.language).await;
        let problem = outcome.problems.into_iter().next();
        let problem = problem.map(|problem| Refusal(Box::new((problem, outcome.standing))));
        problem.unwrap_or_else(|| self.missing(outcome.standing))
    }

    pub(super) fn now(&self) -> Timestamp {
        self.engine.services().clock.now()
    }

    pub(super) fn links(&self) -> Links<'a> {
        let pin = self.is_pinned.then_some(self.language);
        Links::new(&self.engine.services().config, pin)
    }
}

/// Lists may hold JSON that is written already, so the answer is read from its text.
fn read<T: DeserializeOwned>(data: &async_graphql::Value) -> Result<T> {
    let json = serde_json::to_vec(&AsJson(data)).map_err(Error::internal)?;
    serde_json::from_slice(&json).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_list_asks_for_the_same_whether_it_is_counted_or_not() {
        let text = include_str!("operations/list.graphql");
        let (counted, rest) = text.split_once("\n\nquery Uncounted").unwrap();
        let (uncounted, _) = rest.split_once("\n\nfragment").unwrap();
        let counted = counted.strip_prefix("query Counted").unwrap();
        assert_ne!(counted, uncounted);
        assert_eq!(counted.replacen("    totalCount\n", "", 1), uncounted);
    }
}
