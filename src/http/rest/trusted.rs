//! `GET /q/{name-or-hash}`: trusted queries, answered like `/graphql`, with revalidation by `ETag`.

use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::{
    domain::viewer::Viewer,
    error::{Error, Result},
    graphql::{Caller, Door, Outcome},
    http::{
        Gateway, accept,
        credentials::authenticate::authenticate,
        graphql::response::{GRAPHQL_RESPONSE, JSON, respond},
        pages::portal,
    },
};

/// What a response depends on besides its URL.
const VARY: &str = "Accept, Accept-Language, Authorization, X-API-Key, X-API-Secret";

pub(in crate::http) async fn handle(
    State(gateway): State<Arc<Gateway>>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let Some(media_type) = accept::best(&parts.headers, &[JSON, GRAPHQL_RESPONSE]) else {
        return refuse(&gateway, &parts, Error::NotAcceptable).await;
    };
    let (services, address) = (gateway.engine.services(), gateway.client(&parts).address);
    let viewer = authenticate(services, Door::Graphql, &parts.headers, address).await;
    let is_public = matches!(viewer, Ok(Viewer::Anonymous));
    let mut outcome = answer(&gateway, &parts, viewer).await;
    // The remaining budget must not be part of a cached response; the headers have it.
    outcome.standing.cost = None;
    let mut response = respond(&gateway, address, (media_type, true), &outcome);
    response.headers_mut().insert(header::VARY, HeaderValue::from_static(VARY));
    if response.status() == StatusCode::OK && outcome.problems.is_empty() {
        let caching = if is_public { "no-cache" } else { "private, no-cache" };
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
        return conditional(&parts.headers, response).await;
    }
    response
}

/// Answers other methods.
pub(in crate::http) async fn method_not_allowed(
    State(gateway): State<Arc<Gateway>>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let mut response = refuse(&gateway, &parts, Error::MethodNotAllowed).await;
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}

async fn answer(gateway: &Gateway, parts: &Parts, viewer: Result<Viewer>) -> Outcome {
    let (engine, language) = (&gateway.engine, accept::language(&parts.headers));
    let caller = Caller::unknown(gateway.client(parts), Door::Graphql);
    match viewer {
        Err(error) => engine.refuse(&caller, error, language).await,
        Ok(viewer) => {
            let name = parts.uri.path().strip_prefix("/q/").unwrap_or_default();
            let query = parts.uri.query().unwrap_or_default().as_bytes();
            let query = url::form_urlencoded::parse(query).into_owned().collect();
            let asked = (Caller { viewer, ..caller }, language);
            gateway.queries.answer(engine, asked, name, query).await
        }
    }
}

async fn refuse(gateway: &Gateway, parts: &Parts, error: Error) -> Response {
    let caller = Caller::unknown(gateway.client(parts), Door::Graphql);
    let language = accept::language(&parts.headers);
    let outcome = gateway.engine.refuse(&caller, error, language).await;
    respond(gateway, caller.client.address, (JSON, false), &outcome)
}

/// The response with its `ETag`; 304 if the client has this version (RFC 9110 §13).
async fn conditional(request: &HeaderMap, response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let etag = etag(parts.headers.get(header::CONTENT_TYPE), &body);
    let is_known = portal::has(request, &etag);
    if let Ok(etag) = HeaderValue::try_from(etag) {
        parts.headers.insert(header::ETAG, etag);
    }
    if is_known {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(body))
}

/// Equal exactly for equal bytes of the same media type.
fn etag(media_type: Option<&HeaderValue>, body: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(media_type.map_or(&[][..], HeaderValue::as_bytes));
    hash.update([0]);
    hash.update(body);
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(hash.finalize()))
}
