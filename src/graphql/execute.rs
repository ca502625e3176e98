//! The one way to run an operation: admit, charge, check, run, dress the errors.

use std::{panic::AssertUnwindSafe, sync::Arc};

use async_graphql::{Pos, Request, Response, Variables};
use futures_util::FutureExt;

use super::{
    Caller, Schema,
    auth::UNAUTHENTICATED_MUTATIONS,
    batch::Loads,
    document::{self, Document, Gate, OperationType},
    loaders::Loaders,
    persisted::{DocumentRef, Documents},
    present::{Problem, present, refused},
    schema,
};
use crate::{
    domain::{
        Services,
        asker::Asker,
        limit::{self, Charged, Demand, Standing},
    },
    error::{Error, Malformed, Result},
    language::Language,
};

/// The schema, the gate before it and what its resolvers need; cheap to clone.
#[derive(Clone)]
pub struct Engine {
    services: Arc<Services>,
    schema: Schema,
    documents: Arc<Documents>,
}

/// An operation that somebody asks for.
#[derive(Debug, Clone)]
pub struct Operation {
    pub name: Option<String>,
    pub variables: Variables,
    pub caller: Caller,
    pub language: Language,
    /// Refuse mutations, as GET must.
    pub queries_only: bool,
}

/// What came of an operation.
#[derive(Debug)]
pub struct Outcome {
    pub response: Response,
    /// What each error of the response means, in the same order.
    pub problems: Vec<Problem>,
    pub standing: Standing,
    /// Whether the operation ran: then `data` is part of the answer.
    pub executed: bool,
    /// Whether it was one that changes something.
    pub changed: bool,
}

impl Engine {
    /// Builds the schema and its gate.
    pub fn new(services: Arc<Services>) -> Result<Self> {
        let documents = Arc::new(Documents::load(&services.config)?);
        Ok(Self { schema: schema(services.clone()), services, documents })
    }

    #[must_use]
    pub fn services(&self) -> &Arc<Services> {
        &self.services
    }

    pub(super) fn schema(&self) -> &Schema {
        &self.schema
    }

    #[must_use]
    pub fn documents(&self) -> &Documents {
        &self.documents
    }

    #[must_use]
    pub fn gate(&self) -> &Gate {
        self.documents.gate()
    }

    /// Runs the document that a client asks for.
    pub async fn execute(&self, asked: &DocumentRef, operation: Operation) -> Outcome {
        match self.find(asked, &operation.caller).await {
            Ok(document) => self.run(&document, operation).await,
            Err(error) => self.refuse(&operation.caller, error, operation.language).await,
        }
    }

    /// The document that a caller asks for; whoever has no request left has no new text judged.
    pub(super) async fn find(&self, asked: &DocumentRef, caller: &Caller) -> Result<Arc<Document>> {
        self.documents.find(asked, &caller.viewer, self.may_ask(caller, &[])).await
    }

    /// Whether a request with these root fields would be counted now; asked before what costs much.
    pub async fn may_ask(&self, caller: &Caller, root_fields: &[String]) -> Result<()> {
        let Caller { viewer, client, door, .. } = caller;
        limit::may_ask(&self.services, *door, viewer, client.address, root_fields).await
    }

    /// Runs a document that was admitted before.
    pub async fn run(&self, document: &Document, asked: Operation) -> Outcome {
        let language = asked.language;
        let operation = match self.permitted(document, &asked) {
            Ok(operation) if operation.kind == OperationType::Subscription => {
                let error = Error::Malformed(Malformed::SubscriptionNeedsStream);
                return self.refuse(&asked.caller, error, language).await;
            }
            Ok(operation) => operation,
            Err(error) => return self.refuse(&asked.caller, error, language).await,
        };
        let (charged, prepared) =
            admitted(&self.services, &asked.caller, operation, asked.variables).await;
        match prepared {
            Err(error) => Outcome::refused(error, charged, language),
            Ok(request) => {
                let (loaders, loads) =
                    Loaders::new(self.services.clone(), asked.caller.viewer.clone());
                let request = request.data(loaders).data(asked.caller.clone()).data(charged);
                let asker = asked.caller.asker();
                let response = self.respond(request, loads, operation.kind, asker).await;
                let changed = operation.kind == OperationType::Mutation;
                Outcome { changed, ..Outcome::of(response, charged, language) }
            }
        }
    }

    /// The operation that is asked for, if it may be asked for in this way.
    pub(super) fn permitted<'a>(
        &self,
        document: &'a Document,
        asked: &Operation,
    ) -> Result<&'a document::Operation> {
        let operation = document.operation(asked.name.as_deref())?;
        if asked.queries_only && operation.kind == OperationType::Mutation {
            return Err(Error::MethodNotAllowed);
        }
        if !self.services.config.introspection && introspects(operation) {
            return Err(Error::Forbidden);
        }
        match &asked.caller.refused {
            Some(error) if !needs_no_credentials(operation) => Err(error.clone()),
            _ => Ok(operation),
        }
    }

    /// Answers a request that never became an operation; it counts like one.
    pub async fn refuse(&self, caller: &Caller, error: Error, language: Language) -> Outcome {
        self.refuse_as(&[], caller, error, language).await
    }

    /// The same for a request of which more is known: it counts where those with these root fields do.
    pub async fn refuse_as(
        &self,
        root_fields: &[String],
        caller: &Caller,
        error: Error,
        language: Language,
    ) -> Outcome {
        let error = caller.refused.clone().unwrap_or(error);
        let demand = Demand { root_fields, ..Demand::default() };
        let Charged { standing, refusal } = charge(&self.services, caller, demand).await;
        Outcome::refused(refusal.unwrap_or(error), standing, language)
    }

    /// A mutation runs in a task of its own: a client that leaves cannot stop it half-way.
    async fn respond(
        &self,
        request: Request,
        loads: Loads,
        kind: OperationType,
        asker: Asker,
    ) -> Response {
        let schema = self.schema.clone();
        let run = asker.scope(async move { loads.run(schema.execute(request)).await });
        let run = AssertUnwindSafe(run).catch_unwind();
        let result = match kind {
            OperationType::Mutation => tokio::spawn(run).await.map_err(Error::internal),
            _ => Ok(run.await),
        };
        let panicked = || Error::internal("a resolver panicked");
        result.and_then(|run| run.map_err(|_| panicked())).unwrap_or_else(failed)
    }
}

/// The response of an operation that did not come to an end.
pub(super) fn failed(error: Error) -> Response {
    let error = async_graphql::Error::from(error).into_server_error(Pos::default());
    Response::from_errors(vec![error])
}

pub(super) async fn charge(services: &Services, caller: &Caller, demand: Demand<'_>) -> Charged {
    let Caller { viewer, client, door, route, .. } = caller;
    let demand = Demand { route: route.as_deref().or(demand.route), ..demand };
    limit::charge(services, *door, viewer, client.address, demand).await
}

/// Prices an operation and charges it: a request in any case, its cost if it is going to run.
pub(super) async fn admitted(
    services: &Services,
    caller: &Caller,
    operation: &document::Operation,
    variables: Variables,
) -> (Standing, Result<Request>) {
    let prepared = prepared(operation, variables);
    let (cost, dry_run) = match &prepared {
        Ok(prepared) => (Some(u32::try_from(prepared.cost).unwrap_or(u32::MAX)), prepared.dry_run),
        Err(_) => (None, false),
    };
    let (root_fields, route) = (operation.root_fields.as_slice(), Some(operation.route.as_str()));
    let demand = Demand { root_fields, cost, dry_run, route };
    let Charged { standing, refusal } = charge(services, caller, demand).await;
    (standing, refusal.map_or_else(|| prepared.map(|prepared| prepared.request), Err))
}

/// An operation in the engine's form, and what it costs.
pub(super) struct Prepared {
    pub request: Request,
    pub cost: u64,
    dry_run: bool,
}

/// Clients attach expired tokens, and browsers old cookies, to the very requests that get new ones.
fn needs_no_credentials(operation: &document::Operation) -> bool {
    operation.root_fields.iter().all(|field| UNAUTHENTICATED_MUTATIONS.contains(&field.as_str()))
}

fn introspects(operation: &document::Operation) -> bool {
    operation.root_fields.iter().any(|field| matches!(field.as_str(), "__schema" | "__type"))
}

/// The operation in the engine's form, with variables that fit and a cost that is allowed.
pub(super) fn prepared(operation: &document::Operation, given: Variables) -> Result<Prepared> {
    let variables = operation.coerce(given)?;
    let cost = operation.cost(&variables)?;
    let dry_run = operation.is_dry_run(&variables);
    let document = operation.engine(&variables);
    let mut request = Request::new("").variables(variables);
    request.set_parsed_query(document);
    Ok(Prepared { request, cost, dry_run })
}

impl Outcome {
    pub(super) fn of(mut response: Response, standing: Standing, language: Language) -> Self {
        let problems = response.errors.iter_mut().map(|error| present(error, language)).collect();
        Self { response, problems, standing, executed: true, changed: false }
    }

    /// An operation that did not run, or runs no further.
    pub fn refused(error: Error, standing: Standing, language: Language) -> Self {
        let (errors, problem) = refused(error, language);
        Self {
            response: Response::from_errors(errors),
            problems: vec![problem],
            standing,
            executed: false,
            changed: false,
        }
    }
}
