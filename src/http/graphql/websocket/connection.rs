//! The protocol over one socket.

use std::{collections::HashMap, pin::pin, sync::Arc, time::Duration};

use axum::extract::ws::{Message, WebSocket};
use tokio::{
    sync::{mpsc, watch},
    task::{AbortHandle, JoinSet},
    time::{MissedTickBehavior, interval_at, timeout},
};

use tracing::Instrument;

use super::{
    CloseReason, Opening,
    message::{self, FromClient},
    operation::{Outbound, OutboundMessage, Payload, Subscribed},
    pace::Pace,
};
use crate::{
    domain::{presence::LiveConnection, store::asker::Asker},
    error::Error,
    graphql::{Backlog, Caller, Door},
    http::{
        Gateway, credentials::authenticate, graphql::request::GraphqlRequest, key_use::KeyUse,
        server::outgoing::Recipient,
    },
    language::Language,
    log::{
        lines::OperationLine,
        record::{self, Record},
    },
    network::Holding,
};

/// When a client with too many operations may try again.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// The status of the answer that opened the socket.
const SWITCHING: u16 = 101;

/// Serves a socket until one side closes it.
pub(super) async fn serve(
    socket: &mut WebSocket,
    gateway: &Arc<Gateway>,
    opening: Opening,
    leave: impl Future<Output = &'static str>,
) -> CloseReason {
    let mut leave = pin!(leave);
    let settings = &gateway.engine.services().config.realtime;
    let mut pace = Pace::new(gateway.engine.services());
    // Boxed, here and below: a finished future must not occupy memory of a socket that stays open.
    let greeting = Box::pin(handshake(socket, gateway, &opening, &mut pace));
    let greeted = tokio::select! {
        biased;
        reason = &mut leave => return CloseReason::close(1001, reason),
        greeted = timeout(settings.socket_init_ms, greeting) => greeted,
    };
    let presence = match greeted {
        Err(_) => return CloseReason::close(4408, "Connection initialisation timeout"),
        Ok(Err(end)) => return end,
        Ok(Ok(presence)) => Arc::new(presence),
    };
    let Opening { client, language, headers } = opening;
    // Headers keep the buffer that the request was read into.
    drop(headers);
    let mut connection = Connection {
        socket,
        gateway,
        presence: presence.clone(),
        to: gateway.recipient(client.address),
        kept: None,
        caller: Caller::unknown(client, Door::Socket),
        language,
        pace,
        running: HashMap::new(),
        tasks: JoinSet::new(),
        serial: 0,
    };
    tokio::select! {
        biased;
        error = presence.ended(gateway.engine.services()) => CloseReason::ended(&error),
        Err(end) = connection.run(leave) => end,
    }
}

/// Waits for `connection_init` and authenticates the client.
async fn handshake(
    socket: &mut WebSocket,
    gateway: &Gateway,
    opening: &Opening,
    pace: &mut Pace<'_>,
) -> Result<LiveConnection, CloseReason> {
    let payload = loop {
        let message = receive(socket).await?;
        pace.hears()?;
        match message {
            Some(FromClient::Init(payload)) => break payload,
            Some(FromClient::Ping(payload)) => say(socket, gateway, message::pong(payload)).await?,
            Some(FromClient::Subscribe(..)) => {
                return Err(CloseReason::close(4401, "Unauthorized"));
            }
            Some(FromClient::Pong | FromClient::Complete(_)) | None => {}
        }
    };
    let engine = &gateway.engine;
    let mut caller = Caller::unknown(opening.client.clone(), Door::Socket);
    let arrived = async {
        let shown = message::credentials(&opening.headers, &payload)?;
        let address = opening.client.address;
        authenticate::connect(engine.services(), Door::Socket, &shown, address).await
    };
    let presence = match arrived.await {
        Ok((viewer, presence)) => {
            caller.viewer = viewer;
            presence
        }
        Err(error) => {
            // Failed attempts count against the address.
            let outcome = engine.refuse(&caller, error, opening.language).await;
            let problem = outcome.problems.first().map(|problem| &problem.error);
            return Err(CloseReason::refused(problem.unwrap_or(&Error::Unauthenticated)));
        }
    };
    let used = KeyUse::begin(engine.services(), Record::current());
    let admitted = engine.admit(&caller).await;
    let admitted = admitted.inspect_err(|error| record::note_error(error.code().name()));
    used.answered(admitted.is_ok().then_some(SWITCHING));
    admitted.map_err(|error| CloseReason::refused(&error))?;
    let here = engine.resume_token().await.map_err(|error| CloseReason::refused(&error))?;
    say(socket, gateway, message::ack(&here)).await?;
    Ok(presence)
}

/// The state of an authenticated connection.
struct Connection<'a> {
    socket: &'a mut WebSocket,
    gateway: &'a Arc<Gateway>,
    presence: Arc<LiveConnection>,
    to: Recipient,
    /// The bytes of the largest message so far: the socket keeps a buffer of that size.
    kept: Option<Holding>,
    caller: Caller,
    language: Language,
    pace: Pace<'a>,
    running: HashMap<String, Running>,
    /// Aborted with the connection.
    tasks: JoinSet<()>,
    serial: u64,
}

struct Running {
    serial: u64,
    task: AbortHandle,
}

impl Connection<'_> {
    async fn run(
        &mut self,
        mut leave: impl Future<Output = &'static str> + Unpin,
    ) -> Result<(), CloseReason> {
        let (sender, mut receiver) = mpsc::channel(1);
        let (end, open) = watch::channel(());
        let backlog = Backlog::new(&self.gateway.engine.services().config);
        let to = self.to.clone();
        let line = Outbound { sender, backlog, to: to.clone(), open };
        let ping = self.gateway.engine.services().config.realtime.socket_ping_ms;
        let mut ticks = interval_at(tokio::time::Instant::now() + ping, ping);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut heard = true;
        loop {
            tokio::select! {
                reason = &mut leave => {
                    drop((line, end));
                    return self.finish(receiver, reason).await;
                }
                message = receive(self.socket) => {
                    heard = true;
                    Box::pin(self.on_message(message?, &line)).await?;
                }
                Some(words) = receiver.recv() => self.forward(words).await?,
                // Others need the memory of answers that the client does not read.
                () = to.evicted() => return Err(CloseReason::Gone),
                _ = ticks.tick() => {
                    if !std::mem::take(&mut heard) {
                        return Err(CloseReason::Gone);
                    }
                    send(self.socket, self.gateway, Message::Ping(Vec::new().into())).await?;
                }
            }
        }
    }

    /// Accepts no more messages, and delivers the answers of running operations.
    async fn finish(
        &mut self,
        mut receiver: mpsc::Receiver<OutboundMessage>,
        reason: &'static str,
    ) -> Result<(), CloseReason> {
        while let Some(words) = receiver.recv().await {
            self.forward(words).await?;
        }
        Err(CloseReason::close(1001, reason))
    }

    async fn on_message(
        &mut self,
        message: Option<FromClient>,
        line: &Outbound,
    ) -> Result<(), CloseReason> {
        self.pace.hears()?;
        match message {
            None | Some(FromClient::Pong) => Ok(()),
            Some(FromClient::Init(_)) => {
                Err(CloseReason::close(4429, "Too many initialisation requests"))
            }
            Some(FromClient::Ping(payload)) => {
                say(self.socket, self.gateway, message::pong(payload)).await
            }
            Some(FromClient::Complete(id)) => {
                if let Some(running) = self.running.remove(&id) {
                    running.task.abort();
                }
                Ok(())
            }
            Some(FromClient::Subscribe(id, asked)) => self.begin(id, *asked, line.clone()).await,
        }
    }

    async fn begin(
        &mut self,
        id: String,
        asked: GraphqlRequest,
        line: Outbound,
    ) -> Result<(), CloseReason> {
        self.pace.begins()?;
        if self.running.contains_key(&id) {
            return Err(CloseReason::close(4409, format!("Subscriber for {id} already exists")));
        }
        while self.tasks.try_join_next().is_some() {}
        let settings = &self.gateway.engine.services().config.realtime;
        if self.running.len() >= settings.limit_socket_operations as usize {
            return Box::pin(self.refuse(&id)).await;
        }
        self.serial += 1;
        let subscribed = Subscribed {
            id: id.clone(),
            serial: self.serial,
            gateway: self.gateway.clone(),
            presence: self.presence.clone(),
            caller: self.caller.clone(),
            language: self.language,
            line,
        };
        Record::current().iter().for_each(Record::count);
        let line = OperationLine { record: Record::of_same_request(), is_complete: false };
        let record = line.record.clone();
        let run = Asker::at(self.caller.client.address).scope(subscribed.run(asked, line));
        let task = self.tasks.spawn(record::scope(record, run).in_current_span());
        self.running.insert(id, Running { serial: self.serial, task });
        Ok(())
    }

    async fn refuse(&mut self, id: &str) -> Result<(), CloseReason> {
        let error = Error::RateLimited { retry_after: RETRY_AFTER };
        let line = OperationLine { record: Record::of_same_request(), is_complete: true };
        let refused = self.gateway.engine.refuse(&self.caller, error, self.language);
        let used = KeyUse::begin(self.gateway.engine.services(), line.record.clone());
        let outcome = record::scope(line.record.clone(), refused).await;
        used.answered(None);
        say(self.socket, self.gateway, message::error(id, &outcome.response.errors)).await
    }

    /// Drops answers of operations that the client has completed.
    async fn forward(
        &mut self,
        OutboundMessage { id, serial, said }: OutboundMessage,
    ) -> Result<(), CloseReason> {
        if self.running.get(&id).is_none_or(|running| running.serial != serial) {
            return Ok(());
        }
        let (text, _room, holding) = match said {
            Payload::Message(text, room, holding) => (text, Some(room), holding),
            Payload::Last(text) => {
                self.running.remove(&id);
                (text, None, None)
            }
            Payload::Ended(error) => return Err(CloseReason::ended(&error)),
        };
        let to = self.to.clone();
        tokio::select! {
            said = say(self.socket, self.gateway, text) => said?,
            () = to.evicted() => return Err(CloseReason::Gone),
        }
        let bytes = |holding: &Option<Holding>| holding.as_ref().map_or(0, Holding::bytes);
        if bytes(&holding) > bytes(&self.kept) {
            self.kept = holding;
        }
        Ok(())
    }
}

/// The next message, or None for a ping or pong frame.
async fn receive(socket: &mut WebSocket) -> Result<Option<FromClient>, CloseReason> {
    match socket.recv().await {
        Some(Ok(Message::Text(text))) => FromClient::parse(&text).map(Some),
        Some(Ok(Message::Binary(_))) => Err(CloseReason::invalid("A message must be text")),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
        Some(Ok(Message::Close(_))) | None => Err(CloseReason::Gone),
        Some(Err(error)) => Err(CloseReason::broken(error)),
    }
}

async fn say(socket: &mut WebSocket, gateway: &Gateway, text: String) -> Result<(), CloseReason> {
    send(socket, gateway, Message::Text(text.into())).await
}

/// A client that reads nothing within the ping interval is gone.
async fn send(
    socket: &mut WebSocket,
    gateway: &Gateway,
    message: Message,
) -> Result<(), CloseReason> {
    let patience = gateway.engine.services().config.realtime.socket_ping_ms;
    match timeout(patience, socket.send(message)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(CloseReason::Gone),
    }
}
