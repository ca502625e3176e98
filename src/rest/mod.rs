//! The compatibility layer: two documented REST APIs as a table of GraphQL documents.

pub mod envelope;
pub mod openapi;
pub mod routes;
pub mod trusted;
mod usage;
mod variables;

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Name, Value, Variables};
use http::StatusCode;

pub use self::{envelope::Envelope, routes::Route, variables::Input};
use crate::{
    error::{Error, ErrorCode, FieldErrors, FieldProblem, Result},
    graphql::{
        self, Attempt, Caller, Door, Engine, Operation, Outcome, Problem, RateLimitStatus,
        document::{Document, Gate},
        enum_text,
    },
};
use variables::Parameters;

/// A route with its validated document.
#[derive(Debug)]
pub struct Endpoint {
    pub route: Route,
    document: Arc<Document>,
    /// Method and path, as the usage of API keys records them.
    name: Arc<str>,
    parameters: Parameters,
    /// Paths of GraphQL input fields, with the REST parameter of each.
    names: HashMap<String, String>,
}

/// An answer in the documented shape.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub body: Value,
    pub standing: RateLimitStatus,
    /// The cursor of the next page of a list.
    pub next_cursor: Option<String>,
    /// The error, if there is one.
    pub problem: Option<Problem>,
}

impl Endpoint {
    /// Validates the documents of all routes, once at the start.
    pub fn all(gate: &Gate) -> Result<Vec<Self>> {
        routes::routes().into_iter().map(|route| Self::new(gate, route)).collect()
    }

    fn new(gate: &Gate, route: Route) -> Result<Self> {
        let document = gate.admit(route.document)?;
        let typed = gate.validate(route.document)?;
        let parameters = Parameters::of(&typed, gate.schema(), route.aliases, route.subject);
        let names = usage::usages(&typed, gate.schema())
            .into_iter()
            .map(|usage| (usage.path, usage.variable.to_string()))
            .collect();
        let name = format!("{} {}", route.method, route.path).into();
        Ok(Self { route, document, name, parameters, names })
    }

    /// Answers a request of a known caller.
    pub async fn answer(&self, engine: &Engine, caller: Caller, input: Result<Input>) -> Answer {
        let language = self.route.envelope.language();
        let caller = Caller { route: Some(self.name.clone()), ..caller };
        let outcome = match input.and_then(|input| self.variables(&input)) {
            Ok(variables) => {
                let operation =
                    Operation { name: None, variables, caller, language, queries_only: false };
                engine.run(&self.document, operation).await
            }
            Err(error) => engine.refuse(&caller, error, language).await,
        };
        self.shape(outcome)
    }

    /// The variables of the route's document; only their types are checked.
    pub fn variables(&self, input: &Input) -> Result<Variables> {
        self.parameters.variables(input)
    }

    /// Checks that a rate limit would not refuse this request now.
    pub async fn check_quota(&self, engine: &Engine, caller: &Caller) -> Result<()> {
        engine.check_quota(caller, self.attempt()).await
    }

    /// Charges and answers a request that is refused without being read further.
    pub async fn turn_away(&self, engine: &Engine, caller: Caller, error: Error) -> Answer {
        let caller = Caller { route: Some(self.name.clone()), ..caller };
        let language = self.route.envelope.language();
        self.shape(engine.refuse_as(self.attempt(), &caller, error, language).await)
    }

    fn attempt(&self) -> Option<Attempt> {
        self.document.operation(None).ok().and_then(|it| graphql::attempt(&it.root_fields))
    }

    /// Answers a request that was refused before its caller was known.
    pub async fn refuse(&self, engine: &Engine, caller: &Caller, error: Error) -> Answer {
        self.shape(engine.refuse(caller, error, self.route.envelope.language()).await)
    }

    fn shape(&self, outcome: Outcome) -> Answer {
        let Outcome { response, problems, standing, .. } = outcome;
        if let Some(problem) = problems.into_iter().next() {
            return self.failed(problem, standing);
        }
        let mut data = response.data;
        for name in self.route.data {
            data = take(&mut data, name);
        }
        if !self.route.data.is_empty() && data == Value::Null {
            return self
                .failed(Problem::new(self.absent(), self.route.envelope.language()), standing);
        }
        self.succeeded(data, standing)
    }

    fn succeeded(&self, mut data: Value, standing: RateLimitStatus) -> Answer {
        let Route { envelope, message, status, .. } = self.route;
        spell_enums(&mut data, envelope.door());
        let mut pagination = None;
        if self.route.paged {
            let page = take(&mut data, "pageInfo");
            data = take(&mut data, "nodes");
            pagination = Some(page);
        }
        let next_cursor = pagination.as_mut().and_then(next_cursor);
        let data = (!self.route.data.is_empty()).then_some(data);
        let body = envelope.success(message, data, pagination);
        Answer { status, body, standing, next_cursor, problem: None }
    }

    fn failed(&self, problem: Problem, standing: RateLimitStatus) -> Answer {
        let envelope = self.route.envelope;
        let problem = match &problem.error {
            Error::Invalid(fields) => {
                Problem::new(Error::Invalid(self.renamed(fields)), envelope.language())
            }
            _ => problem,
        };
        let body = envelope.failure(problem.code, &problem.message);
        let status = problem.code.status();
        Answer { status, body, standing, next_cursor: None, problem: Some(problem) }
    }

    /// The error that a null in the data means.
    fn absent(&self) -> Error {
        match self.route.subject {
            Some(subject) => Error::NotFound(subject.noun),
            None => Error::Unauthenticated,
        }
    }

    /// Field errors with the documented names of fields and values.
    fn renamed(&self, fields: &FieldErrors) -> FieldErrors {
        let mut renamed = FieldErrors::default();
        for field in fields.iter() {
            let name = self.names.get(&field.path).unwrap_or(&field.path);
            let problem = match &field.problem {
                FieldProblem::NotOneOf { allowed } => FieldProblem::NotOneOf {
                    allowed: allowed.iter().map(|value| value.to_ascii_lowercase()).collect(),
                },
                problem => problem.clone(),
            };
            renamed.add(name.clone(), problem);
        }
        renamed
    }
}

/// Removes and returns a member of an object; null if it is missing.
fn take(value: &mut Value, name: &str) -> Value {
    match value {
        Value::Object(members) => members.shift_remove(name).unwrap_or_default(),
        _ => Value::Null,
    }
}

/// The cursor for the next page; None on the last page.
fn next_cursor(page: &mut Value) -> Option<String> {
    let Value::Object(members) = page else { return None };
    if members.get("hasMore") != Some(&Value::Boolean(true)) {
        members.insert(Name::new("nextCursor"), Value::Null);
    }
    match members.get("nextCursor") {
        Some(Value::String(cursor)) => Some(cursor.clone()),
        _ => None,
    }
}

/// Spells enums as the door does, where that was not yet done when they were written.
fn spell_enums(value: &mut Value, door: Door) {
    match value {
        Value::Enum(name) => *value = enum_text(door, name).into_owned().into(),
        Value::List(items) => items.iter_mut().for_each(|item| spell_enums(item, door)),
        Value::Object(members) => members.values_mut().for_each(|member| spell_enums(member, door)),
        _ => {}
    }
}

/// Whether this API can answer with a code; it cannot with those about GraphQL documents.
#[must_use]
pub fn is_rest_code(code: ErrorCode) -> bool {
    !matches!(
        code,
        ErrorCode::GraphqlParseFailed
            | ErrorCode::GraphqlValidationFailed
            | ErrorCode::QueryTooComplex
            | ErrorCode::PersistedQueryNotFound
            | ErrorCode::PersistedQueryNotSupported
            | ErrorCode::DocumentNotTrusted
    )
}
