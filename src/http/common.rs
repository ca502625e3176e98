//! What every request passes: it gets an id, a log span and a record, and its response the common headers.

use std::sync::Arc;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use super::{Gateway, credentials, key_use::KeyUse};
use crate::{
    domain::store::asker::Asker,
    log::{lines, record, record::Record},
};

/// Gives each request an id and a log span, and each response the security headers.
pub(super) async fn common_headers(
    State(gateway): State<Arc<Gateway>>,
    mut request: Request,
    next: Next,
) -> Response {
    use tracing::Instrument;
    credentials::browser::tell_host(&mut request);
    let id = request_id(&gateway, request.headers());
    let route =
        request.extensions().get::<MatchedPath>().map_or(lines::NO_ROUTE, MatchedPath::as_str);
    let record = Record::current().unwrap_or_else(|| Record::begin(None));
    record.name(&id, route);
    let method = lines::known(request.method().as_str());
    let span = tracing::info_span!("request", request_id = id, method, route);
    let (parts, body) = request.into_parts();
    let asker = Asker::at(gateway.client(&parts).address);
    let run = next.run(Request::from_parts(parts, body));
    let used = KeyUse::begin(gateway.engine.services(), Some(record.clone()));
    let run = record::scope(Some(record), asker.scope(run));
    let mut response = run.instrument(span).await;
    used.answered(Some(response.status().as_u16()));
    let headers = response.headers_mut();
    let defaults = [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        // CORS decides what other origins may read; they cannot embed anything of ours.
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in defaults {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if gateway.engine.services().config.is_https() {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    if let Ok(id) = HeaderValue::try_from(id) {
        headers.insert("x-request-id", id);
    }
    response
}

/// The client's request id if it is safe to log, else a new one.
fn request_id(gateway: &Gateway, headers: &HeaderMap) -> String {
    let given = headers.get("x-request-id").and_then(|id| id.to_str().ok());
    let harmless = |id: &&str| {
        (1..=64).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    given.filter(harmless).map_or_else(
        || format!("{:032x}", u128::from_be_bytes(gateway.engine.services().random.bytes())),
        str::to_owned,
    )
}
