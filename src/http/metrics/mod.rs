//! `/metrics` for Prometheus, with the health checks beside it, on a listener of its own.

mod gauges;

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::net::TcpListener;

use super::{Gateway, common, health, server};
use crate::metrics;

/// Serves those who watch the gateway, until this is dropped.
pub async fn serve(gateway: Arc<Gateway>, listener: TcpListener) {
    let routes = router(gateway.clone());
    server::serve_beside(gateway, listener, routes).await;
}

/// All routes of this listener.
pub fn router(gateway: Arc<Gateway>) -> Router {
    Router::new()
        .route("/metrics", get(page))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .layer(axum::middleware::from_fn_with_state(gateway.clone(), common::common_headers))
        .with_state(gateway)
}

async fn page(State(gateway): State<Arc<Gateway>>) -> Response {
    let traffic = gateway.observer.as_ref().and_then(|observer| observer.traffic.as_ref());
    let mut families = traffic.map(metrics::Traffic::families).unwrap_or_default();
    families.extend(gauges::families(&gateway).await);
    match metrics::text(families) {
        Ok(text) => ([(header::CONTENT_TYPE, metrics::CONTENT_TYPE)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
