//! One operation of a socket, in its own task.

use std::{panic::AssertUnwindSafe, sync::Arc};

use futures_util::FutureExt;
use tokio::sync::{mpsc::Sender, watch};

use super::message;
use crate::{
    domain::presence::LiveConnection,
    error::{Error, ErrorCode, Result},
    graphql::{
        AnswerPermit, Backlog, Caller, Delivery, Operation, Outcome, Streamed, Subscription,
        refused,
    },
    http::{
        Gateway,
        graphql::{answer::Answer, request::GraphqlRequest},
        key_use::KeyUse,
        server::outgoing::{Recipient, Written},
    },
    language::Language,
    log::{
        lines::OperationLine,
        record::{self, Record},
    },
    network::Holding,
};

/// What an operation sends.
pub(super) enum Payload {
    /// Holds permits of the socket and of its network until it is sent.
    Message(String, AnswerPermit, Option<Holding>),
    /// Its last message.
    Last(String),
    /// The client lost its right to stay connected.
    Ended(Error),
}

/// A payload and the operation that sent it.
pub(super) struct OutboundMessage {
    pub id: String,
    pub serial: u64,
    pub said: Payload,
}

/// The connection as an operation sees it.
#[derive(Clone)]
pub(super) struct Outbound {
    /// A channel of capacity one, so that a client that does not read limits what is held.
    pub sender: Sender<OutboundMessage>,
    pub backlog: Backlog,
    pub to: Recipient,
    /// Closed when the connection is closing: running operations finish, and subscriptions stop
    /// waiting.
    pub open: watch::Receiver<()>,
}

/// An operation as the client requested it.
pub(super) struct Subscribed {
    pub id: String,
    /// Distinguishes it from an earlier operation with the same id.
    pub serial: u64,
    pub gateway: Arc<Gateway>,
    pub presence: Arc<LiveConnection>,
    pub caller: Caller,
    pub language: Language,
    pub line: Outbound,
}

impl Subscribed {
    /// Runs to the end, or until the connection is gone.
    pub(super) async fn run(mut self, asked: GraphqlRequest, mut line: OperationLine) {
        let run = AssertUnwindSafe(self.answer(asked)).catch_unwind().await;
        if run.is_err() {
            self.fail(Error::internal("an operation panicked")).await;
        }
        line.is_complete = true;
    }

    async fn answer(&mut self, asked: GraphqlRequest) {
        // Boxed, here and below: a finished future must not occupy a waiting subscription.
        let gateway = self.gateway.clone();
        let used = KeyUse::begin(gateway.engine.services(), Record::current());
        let opened = Box::pin(self.open(asked)).await;
        used.answered(None);
        match opened {
            Err(error) => self.fail(error).await,
            Ok((Streamed::Single(outcome), room)) => Box::pin(self.single(outcome, room)).await,
            Ok((Streamed::Events(subscription), room)) => {
                drop(room);
                self.events(subscription).await;
            }
        }
    }

    /// Starts it with the client's current rights, as soon as there is room for an answer.
    async fn open(&mut self, asked: GraphqlRequest) -> Result<(Streamed, AnswerPermit)> {
        let room = self.line.backlog.room().await?;
        let engine = &self.gateway.engine;
        self.caller.viewer = self.presence.viewer(engine.services()).await?;
        record::note_caller(self.caller.viewer.user_id(), self.caller.viewer.key_id());
        let operation = Operation {
            name: asked.operation_name,
            variables: asked.variables,
            caller: self.caller.clone(),
            language: self.language,
            queries_only: false,
        };
        let presence = self.presence.clone();
        let streamed =
            engine.stream(&asked.document, operation, presence, asked.resume_token).await;
        Ok((streamed, room))
    }

    async fn single(&self, outcome: Box<Outcome>, room: AnswerPermit) {
        if outcome.executed {
            let answer = Answer::of(&outcome);
            let written = answer
                .json(&self.line.to)
                .unwrap_or_else(|error| Written { text: answer.instead(&error), holding: None });
            drop(outcome);
            Box::pin(self.next(written, room)).await;
            return self.say(Payload::Last(message::complete(&self.id))).await;
        }
        self.say(Payload::Last(message::error(&self.id, &outcome.response.errors))).await;
    }

    /// The end of a credential closes the socket; other errors end only the operation.
    async fn fail(&self, error: Error) {
        let said = if matches!(error.code(), ErrorCode::Unauthorized | ErrorCode::TokenExpired) {
            Payload::Ended(error)
        } else {
            let (errors, _) = refused(error, self.language);
            Payload::Last(message::error(&self.id, &errors))
        };
        self.say(said).await;
    }

    async fn events(&self, mut subscription: Box<Subscription>) {
        loop {
            let told = tokio::select! {
                biased;
                () = self.conversation_ends() => return,
                told = subscription.next(&self.line.backlog) => told,
            };
            match told {
                Some(Ok(delivery)) => match self.written(&delivery) {
                    Ok(written) => Box::pin(self.next(written, delivery.room)).await,
                    Err(error) => return self.fail(error).await,
                },
                Some(Err(error)) => return self.fail(error).await,
                None => return self.say(Payload::Last(message::complete(&self.id))).await,
            }
        }
    }

    async fn conversation_ends(&self) {
        // Nothing is ever sent: this waits until the sender is dropped.
        self.line.open.clone().changed().await.ok();
    }

    /// The event as JSON; over the limit it ends the subscription, and the next one gets it again.
    fn written(&self, delivery: &Delivery) -> Result<Written> {
        let answer = Answer::of_event(delivery);
        match answer.json(&self.line.to) {
            Err(error @ Error::ResponseTooLarge) => {
                Ok(Written { text: answer.instead(&error), holding: None })
            }
            other => other,
        }
    }

    async fn next(&self, Written { text: payload, holding }: Written, mut room: AnswerPermit) {
        room.shrink(payload.len());
        let message = message::next(&self.id, &payload);
        Record::current().iter().for_each(Record::count);
        drop(payload);
        self.say(Payload::Message(message, room, holding)).await;
    }

    async fn say(&self, said: Payload) {
        // Fails if the socket is gone; then this task ends too.
        let words = OutboundMessage { id: self.id.clone(), serial: self.serial, said };
        self.line.sender.send(words).await.ok();
    }
}
