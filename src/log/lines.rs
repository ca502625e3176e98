//! The log lines of requests, sockets and operations, written at the end of each.

use std::sync::Arc;

use tracing::Level;

use super::{
    observer::Observer,
    record::{Facts, Record, TARGET},
};

/// Routes that machines poll every few seconds.
const HEALTH: [&str; 3] = ["/healthz", "/readyz", "/metrics"];
/// What is logged as the route of a request that matched none.
pub const NO_ROUTE: &str = "none";

/// The line of one request.
#[derive(Debug)]
pub struct RequestLine {
    record: Record,
    method: &'static str,
    status: Option<u16>,
    bytes: u64,
}

/// The line of one socket.
#[derive(Debug)]
pub struct SocketLine {
    record: Option<Record>,
    /// Code and reason if the gateway closed the socket.
    closed: Option<(u16, &'static str)>,
}

/// The line of one operation of a socket.
#[derive(Debug)]
pub struct OperationLine {
    pub record: Option<Record>,
    /// Whether it ran to its end; otherwise the client cancelled it or disconnected.
    pub is_complete: bool,
}

/// Writes one line with the fields that all of them share.
macro_rules! line {
    ($level:ident, $facts:expr, $message:literal, $($field:ident = $value:expr),* $(,)?) => {{
        let facts: &Facts = $facts;
        let caller = facts.caller.get();
        tracing::$level!(
            target: TARGET,
            parent: None,
            request_id = facts.request_id.get().map(String::as_str),
            $($field = $value,)*
            operation = facts.operation.get().map(String::as_str),
            error_code = facts.error_code.get().copied(),
            duration_ms = facts.duration_ms(),
            user_id = caller.map(|caller| caller.user_id),
            api_key_id = caller.and_then(|caller| caller.api_key_id),
            $message
        );
    }};
}

impl RequestLine {
    /// Starts the line of a request, and its record; None if nobody wants to know.
    #[must_use]
    pub fn begin(method: &str, observer: Option<&Arc<Observer>>) -> Option<Self> {
        let begin = || {
            let record = Record::begin(observer.cloned());
            Self { record, method: known(method), status: None, bytes: 0 }
        };
        (observer.is_some() || tracing::enabled!(target: TARGET, Level::INFO)).then(begin)
    }

    #[must_use]
    pub fn record(&self) -> Record {
        self.record.clone()
    }

    /// Records the status when the response begins.
    pub fn answer(&mut self, status: u16) {
        self.status = Some(status);
    }

    /// Adds bytes that the client has received.
    pub fn write(&mut self, bytes: usize) {
        self.bytes += bytes as u64;
    }

    /// Writes the line and counts the request; an incomplete response counts as aborted.
    pub fn end(self, is_complete: bool) {
        let Self { record, method, status, bytes } = self;
        let facts = record.facts();
        let route = facts.route.get().map_or(NO_ROUTE, String::as_str);
        if let Some(observer) = facts.observer.as_ref().filter(|_| !HEALTH.contains(&route)) {
            observer.see_request(facts, Some(route).filter(|it| *it != NO_ROUTE), status);
        }
        let aborted = (!is_complete).then_some(true);
        let events = Some(facts.counted()).filter(|events| *events > 0);
        macro_rules! at {
            ($level:ident) => {
                line!(
                    $level,
                    facts,
                    "request",
                    method = method,
                    route = route,
                    status = status,
                    aborted = aborted,
                    bytes = bytes,
                    events = events
                )
            };
        }
        if HEALTH.contains(&route) { at!(debug) } else { at!(info) }
    }
}

impl SocketLine {
    /// Starts the line of an open socket.
    #[must_use]
    pub fn begin(record: Option<Record>) -> Self {
        Self { record, closed: None }
    }

    /// Records how the gateway closes it.
    pub fn close(&mut self, closed: Option<(u16, &'static str)>) {
        self.closed = closed;
    }
}

impl Drop for SocketLine {
    fn drop(&mut self) {
        let Some(record) = &self.record else { return };
        let (code, reason) = self.closed.unzip();
        line!(
            info,
            record.facts(),
            "socket",
            close_code = code,
            close_reason = reason,
            aborted = self.closed.is_none().then_some(true),
            operations = record.facts().counted()
        );
    }
}

impl Drop for OperationLine {
    fn drop(&mut self) {
        let Some(record) = &self.record else { return };
        let facts = record.facts();
        if let Some(observer) = &facts.observer {
            observer.see_operation(facts);
        }
        line!(
            info,
            facts,
            "operation",
            aborted = (!self.is_complete).then_some(true),
            events = facts.counted()
        );
    }
}

/// The method if it is a standard one; other texts come from the client and are not logged.
#[must_use]
pub fn known(method: &str) -> &'static str {
    const KNOWN: [&str; 8] =
        ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT"];
    KNOWN.into_iter().find(|known| *known == method).unwrap_or("OTHER")
}
