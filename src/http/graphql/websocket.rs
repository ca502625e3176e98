//! GraphQL over WebSocket: the upgrade and the close codes.

mod connection;
mod message;
mod operation;
mod pace;

use std::{borrow::Cow, net::IpAddr, sync::Arc, time::Duration};

use axum::{
    extract::{
        FromRequestParts,
        ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade},
    },
    http::{HeaderMap, header, request::Parts},
    response::Response,
};
use tokio::time::{sleep, timeout};
use tracing::{Instrument, Span};

use crate::{
    config::Config,
    domain::{origin::Client, store::asker::Asker},
    error::{Error, ErrorCode, Malformed, Result},
    graphql::{Caller, Door},
    http::{
        Gateway, accept,
        credentials::browser,
        graphql::response::{GRAPHQL_RESPONSE, respond},
    },
    language::Language,
    log::{
        lines::SocketLine,
        record::{self, Record},
    },
    network::Share,
};

/// The only supported subprotocol.
const PROTOCOL: &str = "graphql-transport-ws";
/// Most messages are small, and there are many sockets.
const BUFFER_BYTES: usize = 4_096;
/// Time limit for the close handshake.
const FAREWELL: Duration = Duration::from_secs(1);

/// Largest reason in bytes: a close frame holds 125, two of them the code (RFC 6455 §5.5).
const REASON_MAX_BYTES: usize = 123;

/// Who opened a socket, from the headers of the upgrade.
struct Opening {
    headers: HeaderMap,
    client: Client,
    language: Language,
}

/// Why a socket ends.
#[derive(Debug)]
enum CloseReason {
    /// The gateway closes it with this code and reason; made by [`CloseReason::close`].
    Close(u16, Cow<'static, str>),
    /// The client has left or does not answer.
    Gone,
}

pub(in crate::http) fn is_upgrade(headers: &HeaderMap) -> bool {
    let upgrade = headers.get(header::UPGRADE);
    upgrade.is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

pub(in crate::http) async fn upgrade(gateway: Arc<Gateway>, mut parts: Parts) -> Response {
    let (client, language) = (gateway.client(&parts), accept::language(&parts.headers));
    let config = &gateway.engine.services().config;
    let (seat, upgrade) = match admit(&gateway, &mut parts, client.address).await {
        Ok(admitted) => admitted,
        Err(error) => {
            let caller = Caller::unknown(client, Door::Socket);
            let outcome = gateway.engine.refuse(&caller, error, language).await;
            let form = (GRAPHQL_RESPONSE, true);
            return respond(&gateway, caller.client.address, form, &outcome);
        }
    };
    let (max_bytes, span) = (config.limits.limit_body_bytes, Span::current());
    let opening = Opening { headers: parts.headers, client, language };
    let record = Record::of_same_request();
    upgrade
        .protocols([PROTOCOL])
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(0)
        .max_message_size(max_bytes)
        .max_frame_size(max_bytes)
        .on_upgrade(move |mut socket| {
            let asker = Asker::at(opening.client.address);
            let mut line = SocketLine::begin(record.clone());
            let life = async move {
                let _seat = seat;
                let end = live(&mut socket, &gateway, opening).await;
                line.close(end.told());
                close(&mut socket, end).await;
            };
            record::scope(record, asker.scope(life)).instrument(span)
        })
}

async fn admit(
    gateway: &Gateway,
    parts: &mut Parts,
    address: IpAddr,
) -> Result<(Share, WebSocketUpgrade)> {
    let services = gateway.engine.services();
    if !is_welcome(&services.config, &parts.headers) {
        return Err(Error::Forbidden);
    }
    browser::browser_context(services, &parts.headers)?;
    let seat = gateway.sockets.take(address, 1)?;
    let upgrade = WebSocketUpgrade::from_request_parts(parts, &()).await;
    let upgrade = upgrade.map_err(|_| Error::Malformed(Malformed::InvalidUpgrade))?;
    Ok((seat, upgrade))
}

/// Browsers attach cookies to any upgrade, so pages may connect only from the gateway's own origin
/// and from allowed ones, as over HTTP. Other clients send no `Origin`.
fn is_welcome(config: &Config, headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    browser::is_welcome_origin(config, origin, headers)
}

async fn live(socket: &mut WebSocket, gateway: &Arc<Gateway>, opening: Opening) -> CloseReason {
    if socket.protocol().is_none() {
        return CloseReason::close(4406, "Subprotocol not acceptable");
    }
    let services = gateway.engine.services();
    let max_age = services.config.realtime.max_age(services.random.bytes());
    let leave = async {
        tokio::select! {
            biased;
            () = gateway.closing() => "Going away",
            () = sleep(max_age) => "Connect anew",
        }
    };
    connection::serve(socket, gateway, opening, leave).await
}

/// Sends or answers a close frame, and waits briefly until the handshake is complete.
async fn close(socket: &mut WebSocket, end: CloseReason) {
    let farewell = async {
        if let CloseReason::Close(code, reason) = end {
            let frame = CloseFrame { code, reason: reason.as_ref().into() };
            socket.send(Message::Close(Some(frame))).await.ok();
        }
        while let Some(Ok(_)) = socket.recv().await {}
    };
    // A client that does not answer is dropped.
    timeout(FAREWELL, farewell).await.ok();
}

impl CloseReason {
    fn close(code: u16, reason: impl Into<Cow<'static, str>>) -> Self {
        let mut reason = reason.into();
        let end = reason.floor_char_boundary(REASON_MAX_BYTES);
        if end < reason.len() {
            reason.to_mut().truncate(end);
        }
        Self::Close(code, reason)
    }

    /// The code, and the reason unless it repeats text of the client.
    fn told(&self) -> Option<(u16, &'static str)> {
        match self {
            Self::Close(code, Cow::Borrowed(reason)) => Some((*code, reason)),
            Self::Close(code, Cow::Owned(_)) => Some((*code, "")),
            Self::Gone => None,
        }
    }

    /// The client broke the protocol.
    fn invalid(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::close(4400, reason)
    }

    /// A credential was refused; the client may retry with another one.
    fn refused(error: &Error) -> Self {
        match error.code() {
            code @ (ErrorCode::RateLimitExceeded
            | ErrorCode::ServiceUnavailable
            | ErrorCode::InternalError) => Self::close(1013, code.name()),
            code => Self::close(4403, code.name()),
        }
    }

    /// A credential ended: an expired token can be replaced, a revoked session cannot.
    fn ended(error: &Error) -> Self {
        match error.code() {
            ErrorCode::Unauthorized => Self::close(4401, ErrorCode::Unauthorized.name()),
            _ => Self::refused(error),
        }
    }

    /// The connection broke, or its frames are malformed (RFC 6455 §7.4.1).
    fn broken(error: axum::Error) -> Self {
        use tungstenite::{Error as Broken, error::ProtocolError};
        match error.into_inner().downcast_ref() {
            Some(Broken::Capacity(_)) => Self::close(1009, "Message too large"),
            Some(Broken::Utf8(_)) => Self::close(1007, "Text is not UTF-8"),
            Some(Broken::Protocol(ProtocolError::ResetWithoutClosingHandshake)) => Self::Gone,
            Some(Broken::Protocol(_)) => Self::close(1002, "Invalid frame"),
            _ => Self::Gone,
        }
    }
}
