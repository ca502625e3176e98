//! Health checks for load balancers: liveness and readiness.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::IntoResponse};

use super::Gateway;

/// The process responds.
pub(super) async fn alive() -> impl IntoResponse {
    (StatusCode::OK, "ok\n")
}

/// The database responds, background tasks are on time and the process is not shutting down.
pub(super) async fn ready(State(gateway): State<Arc<Gateway>>) -> impl IntoResponse {
    if gateway.is_draining() {
        return (StatusCode::SERVICE_UNAVAILABLE, "draining\n".to_owned());
    }
    let services = gateway.engine.services();
    let silent = services.heartbeats.silent();
    if !silent.is_empty() {
        let text = format!("no sign of life: {}\n", silent.join(", "));
        return (StatusCode::SERVICE_UNAVAILABLE, text);
    }
    match services.db.ping().await {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "database unavailable\n".to_owned()),
    }
}
