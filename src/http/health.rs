//! For load balancers: is the process alive, and can it serve.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::IntoResponse};

use super::Gateway;

/// The process answers.
pub(super) async fn alive() -> impl IntoResponse {
    (StatusCode::OK, "ok\n")
}

/// The database answers and the process is not shutting down.
pub(super) async fn ready(State(gateway): State<Arc<Gateway>>) -> impl IntoResponse {
    if gateway.is_draining() {
        return (StatusCode::SERVICE_UNAVAILABLE, "draining\n");
    }
    match gateway.engine.services().db.ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "database unavailable\n"),
    }
}
