//! One connection over HTTP/1.1 or HTTP/2, as the client begins it, within its limits.

use std::{convert::Infallible, net::SocketAddr, pin::pin, sync::Arc};

use axum::{Router, body::Body};
use hyper::{Request, Response, body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto,
};
use tokio::{net::TcpStream, time::timeout};
use tower::ServiceExt;

use super::{
    activity::{Activity, Overdue},
    admission::ConnectionPermit,
    body::Leaving,
    socket::Socket,
};
use crate::{
    config::Http,
    http::{Gateway, Peer, server::outgoing::Unsent},
    log::{lines::RequestLine, record},
};

/// Streams that a client may open and reset before they are handled (CVE-2023-44487).
const RESET_STREAMS: usize = 20;
/// Streams that may be reset because of protocol errors.
const FAULTY_STREAMS: usize = 100;

/// Bytes of bodies that an HTTP/2 client may send before they are read: per stream (the protocol's
/// default), and per connection.
const STREAM_WINDOW: u32 = 65_535;
const CONNECTION_WINDOW: u32 = 262_144;

/// What all connections share.
#[derive(Clone)]
pub(super) struct Connector {
    gateway: Arc<Gateway>,
    router: Router,
    builder: auto::Builder<TokioExecutor>,
}

impl Connector {
    pub(super) fn new(gateway: Arc<Gateway>, router: Router) -> Self {
        let builder = builder(&gateway.engine.services().config.http);
        Self { gateway, router, builder }
    }

    /// Serves one connection to its end.
    pub(super) async fn serve(self, stream: TcpStream, peer: SocketAddr, place: ConnectionPermit) {
        let settings = &self.gateway.engine.services().config.http;
        // Responses are small: Nagle's algorithm would only delay them.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "could not set TCP_NODELAY");
        }
        let activity = Arc::new(Activity::new());
        let socket = Socket::new(stream, activity.clone(), settings.http_write_timeout_ms, place);
        let observer = self.gateway.observer.as_ref();
        let service = service_fn(|mut request: Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer));
            // From here on the end of the request is recorded, even if the client is gone.
            let line = RequestLine::begin(request.method().as_str(), observer);
            answer(self.router.clone(), &activity, settings, line, request)
        });
        let connection = self.builder.serve_connection_with_upgrades(TokioIo::new(socket), service);
        let mut connection = pin!(connection);
        let end = tokio::select! {
            ended = &mut connection => return log(ended),
            () = activity.stalled() => return tracing::debug!("client does not read the response"),
            overdue = activity.overdue(settings) => Some(overdue),
            () = self.gateway.closing() => None,
        };
        if end == Some(Overdue::Head) {
            return tracing::debug!("no request before the header timeout");
        }
        connection.as_mut().graceful_shutdown();
        let rest = async {
            tokio::select! {
                ended = connection => log(ended),
                () = activity.stalled() => tracing::debug!("client does not read the response"),
            }
        };
        // A connection that was closed while idle needs no time for responses.
        match end {
            Some(_) => drop(timeout(settings.http_header_timeout_ms, rest).await),
            None => rest.await,
        }
    }
}

fn builder(settings: &Http) -> auto::Builder<TokioExecutor> {
    let head = settings.http_header_bytes;
    let mut builder = auto::Builder::new(TokioExecutor::new());
    // hyper's header timeout would also end idle connections.
    builder.http1().timer(TokioTimer::new()).header_read_timeout(None).max_buf_size(head as usize);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(settings.http_streams)
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .max_header_list_size(head)
        .max_pending_accept_reset_streams(RESET_STREAMS)
        .max_local_error_reset_streams(FAULTY_STREAMS);
    builder
}

fn answer(
    router: Router,
    activity: &Arc<Activity>,
    settings: &Http,
    line: Option<RequestLine>,
    request: Request<Incoming>,
) -> impl Future<Output = Result<Response<Leaving>, Infallible>> + Send + 'static {
    activity.begins(request.version());
    let record = line.as_ref().map(RequestLine::record);
    let unanswered = Leaving::unanswered(activity.clone(), settings, line);
    async move {
        let answered = router.oneshot(request.map(Body::new));
        let mut response = record::scope(record, answered).await?;
        let unsent = response.extensions_mut().remove::<Unsent>();
        let status = response.status().as_u16();
        Ok(response.map(|body| unanswered.with(status, body, unsent)))
    }
}

fn log<E: std::fmt::Display>(ended: Result<(), E>) {
    if let Err(error) = ended {
        tracing::debug!(%error, "connection ended with an error");
    }
}
