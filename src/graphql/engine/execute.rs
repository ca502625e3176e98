//! The one way to run an operation: admit, charge, check, run, present errors.

use std::{panic::AssertUnwindSafe, sync::Arc};

use async_graphql::{Pos, Request, Response, Variables};
use futures_util::FutureExt;

use crate::{
    domain::{
        Services,
        limits::{self, Attempt, ChargeRequest, Charged, RateLimitStatus},
        store::asker::Asker,
    },
    error::{Error, Malformed, Result},
    graphql::{
        Caller,
        document::{self, Document, Gate, OperationType},
        engine::{
            batch::Loads,
            charge::charge,
            context::Run,
            loaders::Loaders,
            present::{Problem, present, refused},
        },
        persisted::{DocumentRef, Documents},
        schema::{
            self, Schema,
            mutations::{attempt, needs_no_credentials},
        },
    },
    language::Language,
    log::record,
};

/// The schema, its gate and what resolvers need; cheap to clone.
#[derive(Clone)]
pub struct Engine {
    services: Arc<Services>,
    schema: Schema,
    documents: Arc<Documents>,
}

/// A requested operation.
#[derive(Debug, Clone)]
pub struct Operation {
    pub name: Option<String>,
    pub variables: Variables,
    pub caller: Caller,
    pub language: Language,
    /// Whether mutations are refused, as for GET.
    pub queries_only: bool,
}

/// The result of an operation.
#[derive(Debug)]
pub struct Outcome {
    pub response: Response,
    /// The error behind each entry of the response's `errors`, in the same order.
    pub problems: Vec<Problem>,
    pub standing: RateLimitStatus,
    /// Whether the operation ran: then the response contains `data`.
    pub executed: bool,
    /// Whether the operation was a mutation.
    pub changed: bool,
}

impl Engine {
    /// Builds the schema and its gate.
    pub fn new(services: Arc<Services>) -> Result<Self> {
        let documents = Arc::new(Documents::load(&services.config)?);
        Ok(Self { schema: schema::schema(services.clone()), services, documents })
    }

    #[must_use]
    pub fn services(&self) -> &Arc<Services> {
        &self.services
    }

    pub(in crate::graphql) fn schema(&self) -> &Schema {
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

    /// Runs the document of a request.
    pub async fn execute(&self, asked: &DocumentRef, operation: Operation) -> Outcome {
        match self.find(asked, &operation.caller).await {
            Ok(document) => self.run(&document, operation).await,
            Err(error) => self.refuse(&operation.caller, error, operation.language).await,
        }
    }

    /// The document of a request; a caller without remaining requests has no new text validated.
    pub(in crate::graphql) async fn find(
        &self,
        asked: &DocumentRef,
        caller: &Caller,
    ) -> Result<Arc<Document>> {
        let Caller { viewer, client, door, .. } = caller;
        let may_judge = limits::check_every_quota(&self.services, *door, viewer, client.address);
        self.documents.find(asked, viewer, may_judge).await
    }

    /// Checks that rate limits would not refuse every request now; used before expensive work.
    pub async fn check_quota(&self, caller: &Caller, attempt: Option<Attempt>) -> Result<()> {
        let Caller { viewer, client, door, .. } = caller;
        limits::check_quota(&self.services, *door, viewer, client.address, attempt).await
    }

    /// Runs an admitted document.
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
            Ok(Prepared { request, repeats, .. }) => {
                let caller = asked.caller.clone();
                let (loaders, loads) = Loaders::new(self.services.clone(), caller.viewer.clone());
                let standing = Some(charged);
                let request = request.data(Run { caller, loaders, standing, repeats });
                let asker = asked.caller.asker();
                let response = self.respond(request, loads, operation.kind, asker).await;
                let changed = operation.kind == OperationType::Mutation;
                Outcome { changed, ..Outcome::of(response, charged, language) }
            }
        }
    }

    /// The requested operation, if it may be run in this way.
    pub(in crate::graphql) fn permitted<'a>(
        &self,
        document: &'a Document,
        asked: &Operation,
    ) -> Result<&'a document::Operation> {
        let operation = document.operation(asked.name.as_deref())?;
        self.note_run(document, operation, &asked.caller);
        // For REST the route is recorded instead.
        if asked.caller.route.is_none() {
            record::note_operation(|| operation.title());
        }
        if asked.queries_only && operation.kind == OperationType::Mutation {
            return Err(Error::MethodNotAllowed);
        }
        if !self.services.config.introspection && introspects(operation) {
            return Err(Error::Forbidden);
        }
        match &asked.caller.refused {
            Some(error) if !operation.root_fields.iter().all(|it| needs_no_credentials(it)) => {
                Err(error.clone())
            }
            _ => Ok(operation),
        }
    }

    /// Records what runs under a name that is ours: of the manifest, of a REST route, or of the schema.
    fn note_run(&self, document: &Document, operation: &document::Operation, caller: &Caller) {
        let trusted = self.documents.trusted().of_hash(document.hash);
        let name = match (&caller.route, trusted.and_then(|trusted| trusted.name.as_deref())) {
            (Some(route), _) => ["rest", route],
            (None, Some(name)) => ["trusted", name],
            (None, None) => operation.route.split_once(' ').map_or(["", ""], <[&str; 2]>::from),
        };
        let is_stream = operation.kind == OperationType::Subscription;
        record::note_run(name, document.hash.bytes(), is_stream);
    }

    /// Answers a request that never became an operation; it is charged like one.
    pub async fn refuse(&self, caller: &Caller, error: Error, language: Language) -> Outcome {
        self.refuse_as(None, caller, error, language).await
    }

    /// The same for a request whose kind is known: it is charged as that attempt.
    pub async fn refuse_as(
        &self,
        attempt: Option<Attempt>,
        caller: &Caller,
        error: Error,
        language: Language,
    ) -> Outcome {
        let error = caller.refused.clone().unwrap_or(error);
        let demand = ChargeRequest { attempt, ..ChargeRequest::default() };
        let Charged { standing, refusal } = charge(&self.services, caller, demand, None).await;
        Outcome::refused(refusal.unwrap_or(error), standing, language)
    }

    /// Mutations run in a task of their own: a client that disconnects cannot stop one half-way.
    async fn respond(
        &self,
        request: Request,
        loads: Loads,
        kind: OperationType,
        asker: Asker,
    ) -> Response {
        let schema = self.schema.clone();
        // Boxed: it has room for the largest of all resolvers, and what holds it moves often.
        let run = async move { loads.run(Box::pin(schema.execute(request))).await };
        let run = AssertUnwindSafe(asker.scope(run)).catch_unwind();
        let result = match kind {
            OperationType::Mutation => tokio::spawn(run).await.map_err(Error::internal),
            _ => Ok(run.await),
        };
        let panicked = || Error::internal("a resolver panicked");
        result.and_then(|run| run.map_err(|_| panicked())).unwrap_or_else(failed)
    }
}

/// The response of an operation that failed to complete.
pub(in crate::graphql) fn failed(error: Error) -> Response {
    let error = async_graphql::Error::from(error).into_server_error(Pos::default());
    Response::from_errors(vec![error])
}

/// Prices and charges an operation: one request in any case, its cost only if it is going to run.
pub(in crate::graphql) async fn admitted(
    services: &Services,
    caller: &Caller,
    operation: &document::Operation,
    variables: Variables,
) -> (RateLimitStatus, Result<Prepared>) {
    let prepared = prepared(operation, variables);
    let (cost, dry_run) = match &prepared {
        Ok(prepared) => (Some(u32::try_from(prepared.cost).unwrap_or(u32::MAX)), prepared.dry_run),
        Err(_) => (None, false),
    };
    let attempt = attempt(&operation.root_fields);
    let reads = operation.kind != OperationType::Mutation;
    let demand = ChargeRequest { attempt, cost, reads, dry_run };
    let Charged { standing, refusal } = charge(services, caller, demand, Some(operation)).await;
    (standing, refusal.map_or(prepared, Err))
}

/// An operation in the engine's form, with its cost.
pub(in crate::graphql) struct Prepared {
    pub request: Request,
    pub cost: u64,
    pub repeats: bool,
    dry_run: bool,
}

fn introspects(operation: &document::Operation) -> bool {
    operation.root_fields.iter().any(|field| matches!(field.as_str(), "__schema" | "__type"))
}

/// Prepares the operation; fails if variables are invalid or the cost is over the limit.
pub(in crate::graphql) fn prepared(
    operation: &document::Operation,
    given: Variables,
) -> Result<Prepared> {
    let variables = operation.coerce(given)?;
    let cost = operation.cost(&variables)?;
    let dry_run = operation.is_dry_run(&variables);
    let document = operation.engine(&variables);
    let mut request = Request::new("").variables(variables);
    request.set_parsed_query(document);
    Ok(Prepared { request, cost, repeats: operation.repeats, dry_run })
}

impl Outcome {
    pub(in crate::graphql) fn of(
        mut response: Response,
        standing: RateLimitStatus,
        language: Language,
    ) -> Self {
        let problems = response.errors.iter_mut().map(|error| present(error, language)).collect();
        Self { response, problems, standing, executed: true, changed: false }
    }

    /// The outcome of an operation that did not run, or that stops.
    pub fn refused(error: Error, standing: RateLimitStatus, language: Language) -> Self {
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
