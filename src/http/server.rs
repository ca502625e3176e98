//! The accept loop: admits connections, and shuts down gracefully.

mod activity;
mod admission;
mod body;
mod connection;
pub(super) mod outgoing;
mod socket;

use std::{future::pending, sync::Arc, time::Duration};

use axum::Router;
use tokio::net::TcpListener;

use self::{admission::Admission, connection::Connector};
use super::Gateway;

/// Pause after a failed accept, such as for too many open files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Connections of those who watch the gateway.
const MOST_WATCHERS: u32 = 32;

/// Serves until `shutdown` resolves. Then `/readyz` fails for a while, then no connection is
/// accepted and running requests finish.
pub async fn serve(
    gateway: Arc<Gateway>,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) {
    let config = &gateway.engine.services().config;
    let (total, per_address) =
        (config.http.http_connections, config.http.http_connections_per_address);
    let admission = Admission::new(total, per_address, &config.trusted_proxies);
    let connector = Connector::new(gateway.clone(), super::router(gateway.clone()));
    accept(&listener, &admission, &connector, shutdown).await;
    gateway.drain();
    let delay = tokio::time::sleep(config.http.http_drain_delay_ms);
    accept(&listener, &admission, &connector, delay).await;
    drop(listener);
    gateway.close();
    if tokio::time::timeout(config.http.http_drain_timeout_ms, admission.empty()).await.is_err() {
        tracing::warn!("shutdown timeout: some requests did not finish");
    }
}

/// Serves a few routes for those who watch the gateway, until this is dropped.
pub(super) async fn serve_beside(gateway: Arc<Gateway>, listener: TcpListener, router: Router) {
    let admission = Admission::new(MOST_WATCHERS, MOST_WATCHERS, &[]);
    accept(&listener, &admission, &Connector::new(gateway, router), pending()).await;
}

/// Accepts connections until `end` resolves.
async fn accept(
    listener: &TcpListener,
    admission: &Arc<Admission>,
    connector: &Connector,
    end: impl Future<Output = ()>,
) {
    let mut end = std::pin::pin!(end);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut end => return,
        };
        match accepted {
            Ok((stream, peer)) => {
                if let Some(place) = admission.admit(peer.ip()) {
                    tokio::spawn(connector.clone().serve(stream, peer, place));
                } else {
                    tracing::debug!(%peer, "connection refused: limit reached");
                }
            }
            Err(error) => {
                tracing::warn!(%error, "could not accept a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}
