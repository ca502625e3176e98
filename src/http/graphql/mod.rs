//! GraphQL over HTTP: POST with JSON, and GET for queries.

pub(super) mod answer;
pub(super) mod request;
pub(super) mod response;
pub(super) mod sse;
mod status;
pub(super) mod websocket;

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, header, request::Parts},
    response::Response,
};

use self::{
    request::{GraphqlRequest, Incoming},
    response::{GRAPHQL_RESPONSE, JSON, respond},
};
use super::{Gateway, accept, credentials::authenticate::identify};
use crate::{
    domain::origin::Client,
    error::Error,
    graphql::{Caller, Door, Operation, Outcome, persisted::DocumentRef},
    language::Language,
};

const EVENT_STREAM: &str = "text/event-stream";

pub(super) async fn handle(State(gateway): State<Arc<Gateway>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    // Boxed, here and below: these ways need more memory than most requests, which would carry it too.
    if websocket::is_upgrade(&parts.headers) {
        return Box::pin(websocket::upgrade(gateway, parts)).await;
    }
    if parts.method == Method::GET && wants_graphiql(&gateway, &parts) {
        return gateway.pages.graphiql();
    }
    let language = accept::language(&parts.headers);
    let client = gateway.client(&parts);
    let address = client.address;
    let offers = [JSON, GRAPHQL_RESPONSE, EVENT_STREAM];
    let Some(media_type) = accept::best(&parts.headers, &offers) else {
        let caller = Caller::unknown(client, Door::Graphql);
        let outcome = gateway.engine.refuse(&caller, Error::NotAcceptable, language).await;
        return respond(&gateway, address, (JSON, false), &outcome);
    };
    let queries_only = parts.method != Method::POST;
    let incoming = Incoming { gateway: &gateway, parts: &parts, body };
    if media_type == EVENT_STREAM {
        return Box::pin(sse::handle(incoming, client, (language, queries_only))).await;
    }
    let (outcome, well_formed) = run(incoming, client, (language, queries_only)).await;
    respond(&gateway, address, (media_type, well_formed), &outcome)
}

/// Answers methods that GraphQL over HTTP does not define.
pub(super) async fn method_not_allowed(
    State(gateway): State<Arc<Gateway>>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let caller = Caller::unknown(gateway.client(&parts), Door::Graphql);
    let language = accept::language(&parts.headers);
    let outcome = gateway.engine.refuse(&caller, Error::MethodNotAllowed, language).await;
    let mut response = respond(&gateway, caller.client.address, (JSON, false), &outcome);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
    response
}

/// The outcome, and whether the request was well-formed.
async fn run(
    incoming: Incoming<'_>,
    client: Client,
    (language, queries_only): (Language, bool),
) -> (Outcome, bool) {
    let Incoming { gateway, parts, .. } = incoming;
    let engine = &gateway.engine;
    let mut caller = Caller::unknown(client, Door::Graphql);
    identify(engine.services(), &parts.headers, &mut caller).await;
    match incoming.read(&caller).await {
        Err(error) => (engine.refuse(&caller, error, language).await, false),
        Ok(GraphqlRequest { document, operation_name, variables, share: _share, .. }) => {
            let operation =
                Operation { name: operation_name, variables, caller, language, queries_only };
            (engine.execute(&document, operation).await, true)
        }
    }
}

/// Whether a browser opens the address, rather than a client sending a query by GET.
fn wants_graphiql(gateway: &Gateway, parts: &Parts) -> bool {
    let asks = parts.uri.query().is_some_and(|text| {
        url::form_urlencoded::parse(text.as_bytes())
            .any(|(name, _)| name == "extensions" || DocumentRef::is_parameter(&name))
    });
    !asks
        && gateway.engine.services().config.introspection
        && accept::wants_page(&parts.headers, &[JSON, GRAPHQL_RESPONSE, accept::HTML])
}
