//! Response bodies: they count as running requests, and must be read in time.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::{
    task::AbortHandle,
    time::{Instant, sleep_until},
};

use super::activity::Activity;
use crate::{config::Http, http::server::outgoing::Unsent, log::lines::RequestLine};

/// Size of a chunk, the most that waits per HTTP/2 stream.
const PIECE: usize = 16 * 1_024;
/// Bytes that a client must read within the write timeout.
const PACE: usize = 256 * 1_024;

/// A response body in chunks; the request counts as running until it is dropped.
///
/// An HTTP/2 client can block the data of one stream while the connection flows, which timeouts of
/// the socket do not notice.
pub(super) struct Leaving {
    body: Body,
    rest: Bytes,
    activity: Arc<Activity>,
    limit: Duration,
    bytes_per_second: u32,
    patience: Option<AbortHandle>,
    handed: usize,
    /// Set for a response whose bytes are counted.
    unsent: Option<Unsent>,
    /// When the bytes counted last must have been read.
    deadline: Option<Instant>,
    eviction: Option<AbortHandle>,
    /// None if this request is not logged.
    line: Option<RequestLine>,
    is_over: bool,
}

impl Leaving {
    /// A response that has not begun; ends the request that `activity` counted.
    pub(super) fn unanswered(
        activity: Arc<Activity>,
        settings: &Http,
        line: Option<RequestLine>,
    ) -> Self {
        Self {
            body: Body::empty(),
            rest: Bytes::new(),
            activity,
            limit: settings.http_write_timeout_ms,
            bytes_per_second: settings.http_min_bytes_per_second,
            patience: None,
            handed: 0,
            unsent: None,
            deadline: None,
            eviction: None,
            line,
            is_over: false,
        }
    }

    pub(super) fn with(mut self, status: u16, body: Body, unsent: Option<Unsent>) -> Self {
        self.is_over = body.is_end_stream();
        self.body = body;
        if let Some(line) = &mut self.line {
            line.answer(status);
        }
        self.eviction = unsent.clone().map(|unsent| {
            let activity = self.activity.clone();
            let gives_way = async move {
                unsent.evicted().await;
                activity.stalls();
            };
            tokio::spawn(gives_way).abort_handle()
        });
        self.unsent = unsent;
        self
    }

    /// New bytes: they must be read within the limit, plus time in proportion to their number.
    fn begin(&mut self, data: Bytes) {
        let time = Duration::from_secs(data.len() as u64 / u64::from(self.bytes_per_second));
        self.deadline = self.unsent.as_ref().map(|_| Instant::now() + self.limit + time);
        self.rest = data;
    }

    fn piece(&mut self) -> Frame<Bytes> {
        let mut piece = self.rest.split_to(self.rest.len().min(PIECE));
        if self.unsent.is_some() {
            // A slice would keep the whole response in memory, longer than it is counted.
            piece = Bytes::copy_from_slice(&piece);
        }
        self.handed += piece.len();
        self.is_over = self.is_end_stream();
        if let Some(line) = &mut self.line {
            line.write(piece.len());
        }
        if self.handed >= PACE {
            self.relax();
        }
        if self.patience.is_none() && (self.activity.is_multiplexed() || !self.is_end_stream()) {
            let (activity, soon) = (self.activity.clone(), Instant::now() + self.limit);
            let end = self.deadline.map_or(soon, |deadline| soon.min(deadline));
            let stalls = async move {
                sleep_until(end).await;
                activity.stalls();
            };
            self.patience = Some(tokio::spawn(stalls).abort_handle());
        }
        Frame::data(piece)
    }

    /// The client has kept up, or there is nothing for it to read.
    fn relax(&mut self) {
        self.handed = 0;
        if let Some(patience) = self.patience.take() {
            patience.abort();
        }
    }
}

impl HttpBody for Leaving {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if self.rest.is_empty() {
            match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(data) => self.begin(data),
                    Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
                },
                other => {
                    self.is_over = matches!(other, Poll::Ready(None));
                    self.relax();
                    return other;
                }
            }
        }
        Poll::Ready(Some(Ok(self.piece())))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (inner, rest) = (self.body.size_hint(), self.rest.len() as u64);
        let mut hint = SizeHint::new();
        hint.set_lower(inner.lower() + rest);
        if let Some(upper) = inner.upper() {
            hint.set_upper(upper + rest);
        }
        hint
    }
}

impl Drop for Leaving {
    fn drop(&mut self) {
        self.relax();
        if let Some(eviction) = &self.eviction {
            eviction.abort();
        }
        self.activity.ends();
        if let Some(line) = self.line.take() {
            line.end(self.is_over);
        }
    }
}
