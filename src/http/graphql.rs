//! GraphQL over HTTP: POST with JSON, and GET for queries.

use std::{net::IpAddr, sync::Arc};

use async_graphql::Variables;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value};

use super::{
    Gateway, accept,
    answer::Answer,
    authenticate::identify,
    body, json, reply, sse,
    status::{Negotiated, status},
    websocket,
};
use crate::{
    domain::session::Client,
    error::{Error, ErrorCode, FieldProblem, Malformed, Result, ValueType},
    graphql::{Caller, Door, Operation, Outcome, persisted::DocumentRef},
    language::Language,
    network::Share,
};

pub(super) const JSON: &str = "application/json";
pub(super) const GRAPHQL_RESPONSE: &str = "application/graphql-response+json";
const EVENT_STREAM: &str = "text/event-stream";

/// A request in any of the forms that the specification has.
#[derive(Debug)]
pub(super) struct Asked {
    pub document: DocumentRef,
    pub operation_name: Option<String>,
    pub variables: Variables,
    /// `extensions.resumeToken`: the cursor that a subscription goes on from.
    pub resume_token: Option<String>,
    /// What its body is counted in, until it is answered.
    pub share: Option<Share>,
}

/// A request whose body has not been read.
pub(super) struct Incoming<'a> {
    pub gateway: &'a Arc<Gateway>,
    pub parts: &'a Parts,
    pub body: Body,
}

pub(super) async fn handle(State(gateway): State<Arc<Gateway>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if websocket::is_upgrade(&parts.headers) {
        return websocket::upgrade(gateway, parts).await;
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
        return sse::handle(incoming, client, (language, queries_only)).await;
    }
    let (outcome, well_formed) = run(incoming, client, (language, queries_only)).await;
    respond(&gateway, address, (media_type, well_formed), &outcome)
}

/// Answers methods that GraphQL over HTTP does not have.
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

/// What came of it, and whether the request had all its parts.
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
        Ok(Asked { document, operation_name, variables, share: _share, .. }) => {
            let operation =
                Operation { name: operation_name, variables, caller, language, queries_only };
            (engine.execute(&document, operation).await, true)
        }
    }
}

/// A browser that opens the address, not a client that sends a query by GET.
fn wants_graphiql(gateway: &Gateway, parts: &Parts) -> bool {
    let asks = parts.uri.query().is_some_and(|text| {
        url::form_urlencoded::parse(text.as_bytes())
            .any(|(name, _)| name == "extensions" || DocumentRef::is_parameter(&name))
    });
    !asks
        && gateway.engine.services().config.introspection
        && accept::wants_page(&parts.headers, &[JSON, GRAPHQL_RESPONSE, accept::HTML])
}

impl Incoming<'_> {
    /// The request as far as it can be read; the body of whoever has no request left is not.
    pub(super) async fn read(self, caller: &Caller) -> Result<Asked> {
        let Self { gateway, parts, body } = self;
        if matches!(parts.method, Method::GET | Method::HEAD) {
            return from_query_string(parts.uri.query().unwrap_or_default());
        }
        if !body::media_type(&parts.headers).is_some_and(body::is_json) {
            return Err(Error::UnsupportedMediaType);
        }
        gateway.engine.may_ask(caller, &[]).await?;
        let received = gateway.read(&parts.headers, &caller.client, body).await?;
        let asked = from_body(&received)?;
        Ok(Asked { share: Some(received.share), ..asked })
    }
}

fn from_body(bytes: &[u8]) -> Result<Asked> {
    match json::parse(bytes)? {
        Value::Object(members) => Asked::parse(members),
        Value::Array(_) => Err(Error::Malformed(Malformed::BatchUnsupported)),
        _ => Err(Error::Malformed(Malformed::NotAnObject)),
    }
}

fn from_query_string(text: &str) -> Result<Asked> {
    let mut members = Map::new();
    for (name, text) in url::form_urlencoded::parse(text.as_bytes()) {
        let value = match &*name {
            "operationName" => Value::String(text.into_owned()),
            name if DocumentRef::is_parameter(name) => Value::String(text.into_owned()),
            "variables" | "extensions" if text.is_empty() => continue,
            "variables" | "extensions" => {
                json::parse(text.as_bytes()).map_err(|error| match error {
                    Error::Malformed(Malformed::RepeatedName) => error,
                    _ => not_an_object(&name),
                })?
            }
            _ => continue,
        };
        if members.insert(name.into_owned(), value).is_some() {
            return Err(Error::Malformed(Malformed::InvalidQueryString));
        }
    }
    Asked::parse(members)
}

impl Asked {
    pub(super) fn parse(mut members: Map<String, Value>) -> Result<Self> {
        let document = DocumentRef::take(&mut members)?;
        let mut take = |name: &str| members.remove(name).filter(|value| !value.is_null());
        let operation_name = match take("operationName") {
            Some(Value::String(name)) => Some(name).filter(|name| !name.is_empty()),
            None => None,
            Some(_) => return Err(wrong_type("operationName", ValueType::Text)),
        };
        let mut object = |name: &str| match take(name) {
            None => Ok(Map::new()),
            Some(value) => json::object(value).ok_or_else(|| not_an_object(name)),
        };
        let variables = Variables::from_json(object("variables")?.into());
        let resume_token = match object("extensions")?.remove("resumeToken") {
            Some(Value::String(cursor)) => Some(cursor),
            None | Some(Value::Null) => None,
            Some(_) => return Err(wrong_type("extensions.resumeToken", ValueType::Text)),
        };
        Ok(Self { document, operation_name, variables, resume_token, share: None })
    }
}

fn not_an_object(name: &str) -> Error {
    wrong_type(name, ValueType::Object)
}

fn wrong_type(name: &str, expected: ValueType) -> Error {
    Error::field(name, FieldProblem::WrongType { expected })
}

/// `well_formed`: the request had all its parts.
pub(super) fn respond(
    gateway: &Gateway,
    address: IpAddr,
    (media_type, well_formed): (&'static str, bool),
    outcome: &Outcome,
) -> Response {
    let profile = gateway.engine.services().config.http.http_status_profile;
    let negotiated = Negotiated { profile, json: media_type == JSON, well_formed };
    let (answer, problem) = (Answer::of(outcome), outcome.problems.first());
    match answer.json(&gateway.recipient(address)) {
        Ok(body) => {
            let mut response = (status(negotiated, outcome), body).into_response();
            finish(&mut response, media_type, outcome, problem.map(|problem| &problem.error));
            response
        }
        Err(error) => {
            let instead = (error.code().status(), answer.instead(&error));
            let mut response = instead.into_response();
            finish(&mut response, media_type, outcome, Some(&error));
            response
        }
    }
}

fn finish(
    response: &mut Response,
    media_type: &'static str,
    outcome: &Outcome,
    error: Option<&Error>,
) {
    let headers = response.headers_mut();
    let content_type = match media_type {
        JSON => "application/json; charset=utf-8",
        _ => "application/graphql-response+json; charset=utf-8",
    };
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::VARY, HeaderValue::from_static("Accept, Accept-Language"));
    if error.is_some_and(|error| error.code() == ErrorCode::MethodNotAllowed) {
        headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
    }
    reply::cookies(headers, outcome);
    reply::limits(headers, outcome.standing, error);
    reply::challenge(headers, error);
}
