//! Subscriptions: the same gate, limits and errors as [`Engine::execute`], with a separate
//! execution for each event.

mod deliver;
mod source;
#[cfg(test)]
mod tests;

use std::{panic::AssertUnwindSafe, sync::Arc};

use async_graphql::{Response, Value, Variables};
use futures_util::{FutureExt, StreamExt};

use self::source::Source;
use crate::{
    domain::{
        jobs::{event, notice},
        limits::{ChargeRequest, Door, RateLimitStatus},
        presence::LiveConnection,
    },
    error::{Error, Result},
    graphql::{
        AnswerPermit, Caller, Engine, Operation, Outcome,
        document::{Document, OperationType},
        engine::{
            charge::charge,
            context::Run,
            execute::{Prepared, admitted, failed},
            loaders::Loaders,
        },
        persisted::DocumentRef,
        schema::{jobs::subscription::Phase, mutations::is_exclusive},
    },
    network::Share,
};

/// Approximate size of an object's member besides its name and value.
const MEMBER_BYTES: usize = 64;

/// The result for a client that can receive several responses.
pub enum Streamed {
    /// A single response.
    Single(Box<Outcome>),
    Events(Box<Subscription>),
}

/// A running subscription.
pub struct Subscription {
    engine: Engine,
    document: Arc<Document>,
    asked: Operation,
    presence: Arc<LiveConnection>,
    source: Source,
    standing: RateLimitStatus,
    /// The memory that it is counted with.
    _kept: Share,
}

/// The response to one event.
pub struct Delivery {
    pub outcome: Outcome,
    /// The cursor for resuming after a reconnect.
    pub cursor: String,
    /// The bytes of the response, held until the client has it.
    pub room: AnswerPermit,
}

/// The result of the root field of a subscription.
enum Opened {
    Source(Source),
    /// It failed.
    Not(Box<Response>),
}

impl Streamed {
    fn single(outcome: Outcome) -> Self {
        Self::Single(Box::new(outcome))
    }
}

impl Engine {
    /// Runs the document of a client that stays connected. A subscription starts after the event of
    /// the cursor `resume`, or else where the operation says.
    pub async fn stream(
        &self,
        document: &DocumentRef,
        asked: Operation,
        presence: Arc<LiveConnection>,
        resume: Option<String>,
    ) -> Streamed {
        let document = match self.find(document, &asked.caller).await {
            Ok(document) => document,
            Err(error) => return self.refused(&asked, error).await,
        };
        match self.permitted(&document, &asked) {
            Ok(operation) if operation.kind != OperationType::Subscription => {
                let authenticates = |field: &String| is_exclusive(field);
                let is_auth = operation.kind == OperationType::Mutation
                    && operation.root_fields.iter().any(authenticates);
                // Limits of sign-ins count HTTP requests, and a socket is only one.
                if is_auth && asked.caller.door == Door::Socket {
                    return self.refused(&asked, Error::Forbidden).await;
                }
                Streamed::single(self.run(&document, asked).await)
            }
            Ok(_) => self.subscribe(document, asked, presence, resume).await,
            Err(error) => self.refused(&asked, error).await,
        }
    }

    /// Charges a new connection like a request.
    pub async fn admit(&self, caller: &Caller) -> Result<()> {
        let charged = charge(self.services(), caller, ChargeRequest::default(), None).await;
        charged.refusal.map_or(Ok(()), Err)
    }

    /// The cursor of the current moment: later events come after it.
    pub async fn resume_token(&self) -> Result<String> {
        let last_notice = notice::last_id(self.services().db.read()).await?;
        event::here(self.services(), last_notice).await
    }

    async fn refused(&self, asked: &Operation, error: Error) -> Streamed {
        Streamed::single(self.refuse(&asked.caller, error, asked.language).await)
    }

    async fn subscribe(
        &self,
        document: Arc<Document>,
        mut asked: Operation,
        presence: Arc<LiveConnection>,
        resume: Option<String>,
    ) -> Streamed {
        let operation = match document.operation(asked.name.as_deref()) {
            Ok(operation) => operation,
            Err(error) => return self.refused(&asked, error).await,
        };
        let given = std::mem::take(&mut asked.variables);
        let (standing, prepared) = admitted(self.services(), &asked.caller, operation, given).await;
        let opened = match prepared {
            Err(error) => Err(error),
            Ok(prepared) => {
                // Kept as long as the subscription, so undeclared variables are dropped.
                asked.variables = prepared.request.variables.clone();
                let bytes = document.bytes() + bytes_of_variables(&asked.variables);
                let address = asked.caller.client.address;
                match self.services().requests.take(address, bytes as u64) {
                    Ok(kept) => {
                        let opened = self.open(prepared, &asked, resume).await;
                        opened.map(|opened| (opened, kept))
                    }
                    Err(full) => Err(full.into()),
                }
            }
        };
        let engine = self.clone();
        match opened {
            Ok((Opened::Source(source), kept)) => Streamed::Events(Box::new(Subscription {
                engine,
                document,
                asked,
                presence,
                source,
                standing,
                _kept: kept,
            })),
            Ok((Opened::Not(response), _)) => {
                Streamed::single(Outcome::of(*response, standing, asked.language))
            }
            Err(error) => Streamed::single(Outcome::refused(error, standing, asked.language)),
        }
    }

    /// Runs the root field to find out what the client subscribes to.
    async fn open(
        &self,
        prepared: Prepared,
        asked: &Operation,
        resume: Option<String>,
    ) -> Result<Opened> {
        let purpose = Arc::new(Phase::Subscribe(Box::default()));
        let response = self.once(prepared, &asked.caller, purpose.clone()).await;
        let wanted = match &*purpose {
            Phase::Subscribe(wanted) => wanted.get().cloned(),
            Phase::Deliver(_) => None,
        };
        let Some(wanted) = wanted else {
            return Ok(Opened::Not(Box::new(response.unwrap_or_default())));
        };
        let source = Source::open(self.services(), wanted, resume).await?;
        Ok(Opened::Source(source))
    }

    /// Executes the operation for one phase; no response if there is no event.
    async fn once(
        &self,
        Prepared { request, repeats, .. }: Prepared,
        caller: &Caller,
        phase: Arc<Phase>,
    ) -> Option<Response> {
        let (loaders, loads) = Loaders::new(self.services().clone(), caller.viewer.clone());
        let (caller, asker) = (caller.clone(), caller.asker());
        let run = Run { caller, loaders, standing: None, repeats };
        let request = request.data(run).data(phase);
        let mut responses = self.schema().execute_stream(request);
        let run = asker.scope(loads.run(responses.next()));
        let run = AssertUnwindSafe(run).catch_unwind().await;
        run.unwrap_or_else(|_| Some(failed(Error::internal("a resolver panicked"))))
    }
}

/// Approximate size of variables in memory.
fn bytes_of_variables(variables: &Variables) -> usize {
    variables.iter().map(|(name, value)| name.len() + bytes_of(value)).sum()
}

fn bytes_of(value: &Value) -> usize {
    let content = match value {
        Value::String(text) => text.len(),
        Value::List(items) => items.iter().map(bytes_of).sum(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| MEMBER_BYTES + name.len() + bytes_of(value)).sum()
        }
        _ => 0,
    };
    size_of::<Value>() + content
}
