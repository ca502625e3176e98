//! The REST table over HTTP: reads requests and writes responses with their headers.

pub(super) mod trusted;
pub(super) mod verify;

use std::{collections::HashMap, sync::Arc};

use axum::{
    Router,
    extract::{RawPathParams, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{MethodFilter, on},
};

use super::{
    Gateway, body, credentials::authenticate::authenticate, graphql::answer::too_large, reply,
};
use crate::{
    domain::{origin::Client, viewer::Viewer},
    error::{Error, Noun, Result},
    graphql::{AsJson, Caller, Problem, RateLimitStatus},
    network::Share,
    rest::{Answer, Endpoint, Envelope, Input},
};

/// The routes of the table.
pub(super) fn router(gateway: &Arc<Gateway>) -> Router<Arc<Gateway>> {
    let mut router = Router::new();
    for index in 0..gateway.endpoints.len() {
        let route = &gateway.endpoints[index].route;
        let Ok(filter) = MethodFilter::try_from(route.method.clone()) else { continue };
        for path in route.paths() {
            let serve = move |state, params, request| handle(index, state, params, request);
            router = router.route(&path, on(filter, serve));
        }
    }
    router
}

async fn handle(
    index: usize,
    State(gateway): State<Arc<Gateway>>,
    params: RawPathParams,
    request: Request,
) -> Response {
    let endpoint = &gateway.endpoints[index];
    let (parts, body) = request.into_parts();
    if verify::is_preview(endpoint, &parts) {
        return StatusCode::NO_CONTENT.into_response();
    }
    let path = params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let answer = answer(&gateway, endpoint, &parts, path, body).await;
    if verify::wants_page(endpoint, &parts) {
        return verify::page(gateway.reader(&parts.headers), &answer);
    }
    respond(&gateway, endpoint, &parts, &answer)
}

async fn answer(
    gateway: &Gateway,
    endpoint: &Endpoint,
    parts: &Parts,
    path: HashMap<String, String>,
    body: axum::body::Body,
) -> Answer {
    let engine = &gateway.engine;
    let client = gateway.client(parts);
    let door = endpoint.route.envelope.door();
    let viewer = if endpoint.route.ignores_credentials {
        Ok(Viewer::Anonymous)
    } else {
        authenticate(engine.services(), door, &parts.headers, client.address).await
    };
    let caller = Caller::unknown(client, door);
    match viewer {
        Err(error) => endpoint.refuse(engine, &caller, error).await,
        Ok(viewer) => {
            let caller = Caller { viewer, ..caller };
            // A caller whose rate limit is used up must not fill the memory with bodies.
            if !is_read(parts)
                && let Err(error) = endpoint.check_quota(engine, &caller).await
            {
                return endpoint.turn_away(engine, caller, error).await;
            }
            // The bytes of the body are counted until it is answered.
            let (input, _share) = match input(gateway, parts, path, &caller.client, body).await {
                Ok((input, share)) => (Ok(input), share),
                Err(error) => (Err(error), None),
            };
            endpoint.answer(engine, caller, input).await
        }
    }
}

/// Whether the method is a read, and so has no body.
fn is_read(parts: &Parts) -> bool {
    matches!(parts.method, Method::GET | Method::HEAD)
}

/// Reads take parameters from the query string, writes from a JSON body, which cross-site forms
/// cannot send and access logs do not contain.
async fn input(
    gateway: &Gateway,
    parts: &Parts,
    path: HashMap<String, String>,
    client: &Client,
    body: axum::body::Body,
) -> Result<(Input, Option<Share>)> {
    if is_read(parts) {
        let query = parts.uri.query().unwrap_or_default().as_bytes();
        let query = url::form_urlencoded::parse(query).into_owned().collect();
        return Ok((Input { path, query, ..Input::default() }, None));
    }
    let received = gateway.read(&parts.headers, client, body).await?;
    let body = body::object(&parts.headers, &received)?;
    Ok((Input { path, body, ..Input::default() }, Some(received.share)))
}

fn respond(gateway: &Gateway, endpoint: &Endpoint, parts: &Parts, answer: &Answer) -> Response {
    let envelope = endpoint.route.envelope;
    let body = match gateway.recipient(gateway.client(parts).address).json(&AsJson(&answer.body)) {
        Ok(body) => body,
        Err(error) => {
            let error = too_large(error, !is_read(parts));
            return refused(envelope, answer.standing, &Problem::new(error, envelope.language()));
        }
    };
    let mut response = (answer.status, body).into_response();
    let cursor = answer.next_cursor.as_deref();
    if let Some(link) = cursor.and_then(|cursor| next_link(gateway, &parts.uri, cursor)) {
        response.headers_mut().insert(header::LINK, link);
    }
    finish(response.headers_mut(), answer.standing, answer.problem.as_ref());
    response
}

fn refused(envelope: Envelope, standing: RateLimitStatus, problem: &Problem) -> Response {
    let body = envelope.failure(problem.code, &problem.message);
    let body = serde_json::to_vec(&body).unwrap_or_default();
    let mut response = (problem.code.status(), body).into_response();
    finish(response.headers_mut(), standing, Some(problem));
    response
}

fn finish(headers: &mut HeaderMap, standing: RateLimitStatus, problem: Option<&Problem>) {
    headers
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    let error = problem.map(|problem| &problem.error);
    reply::limits(headers, standing, error);
    reply::challenge(headers, error);
}

/// The URL of the next page (RFC 8288), based on the public address.
fn next_link(gateway: &Gateway, uri: &Uri, cursor: &str) -> Option<HeaderValue> {
    let config = &gateway.engine.services().config;
    let mut url = config.public_url.clone();
    url.set_path(&format!("{}{}", config.prefix(), uri.path()));
    let others = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let others: Vec<_> = others.filter(|(name, _)| name != "cursor").collect();
    url.query_pairs_mut().extend_pairs(others).append_pair("cursor", cursor);
    HeaderValue::try_from(format!("<{url}>; rel=\"next\"")).ok()
}

/// Answers unknown paths and methods, in the envelope of the API that was probably meant.
pub(super) async fn unrouted(
    State(gateway): State<Arc<Gateway>>,
    request: Request,
    error: Error,
) -> Response {
    let (parts, _) = request.into_parts();
    let envelope = Envelope::of_path(parts.uri.path()).unwrap_or(Envelope::Jobs);
    let caller = Caller::unknown(gateway.client(&parts), envelope.door());
    let outcome = gateway.engine.refuse(&caller, error, envelope.language()).await;
    let Some(problem) = outcome.problems.into_iter().next() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    refused(envelope, outcome.standing, &problem)
}

pub(super) async fn not_found(state: State<Arc<Gateway>>, request: Request) -> Response {
    unrouted(state, request, Error::NotFound(Noun::Route)).await
}

pub(super) async fn method_not_allowed(state: State<Arc<Gateway>>, request: Request) -> Response {
    unrouted(state, request, Error::MethodNotAllowed).await
}
