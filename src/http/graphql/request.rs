//! A GraphQL request in any of its forms.

use std::sync::Arc;

use async_graphql::Variables;
use axum::{
    body::Body,
    http::{Method, request::Parts},
};
use serde_json::{Map, Value};

use crate::{
    error::{Error, FieldProblem, Malformed, Result, ValueType},
    graphql::{Caller, persisted::DocumentRef},
    http::{Gateway, body, json},
    network::Share,
};

/// A GraphQL request in any form of the specification.
#[derive(Debug)]
pub(in crate::http) struct GraphqlRequest {
    pub document: DocumentRef,
    pub operation_name: Option<String>,
    pub variables: Variables,
    /// `extensions.resumeToken`: the cursor from which a subscription resumes.
    pub resume_token: Option<String>,
    /// The counted bytes of its body, held until it is answered.
    pub share: Option<Share>,
}

/// A request whose body has not been read.
pub(in crate::http) struct Incoming<'a> {
    pub gateway: &'a Arc<Gateway>,
    pub parts: &'a Parts,
    pub body: Body,
}

impl Incoming<'_> {
    /// Parses the request; the body is not read if the caller's rate limit is used up.
    pub(in crate::http) async fn read(self, caller: &Caller) -> Result<GraphqlRequest> {
        let Self { gateway, parts, body } = self;
        if matches!(parts.method, Method::GET | Method::HEAD) {
            return from_query_string(parts.uri.query().unwrap_or_default());
        }
        if !body::media_type(&parts.headers).is_some_and(body::is_json) {
            return Err(Error::UnsupportedMediaType);
        }
        gateway.engine.check_quota(caller, None).await?;
        let received = gateway.read(&parts.headers, &caller.client, body).await?;
        let asked = from_body(&received)?;
        Ok(GraphqlRequest { share: Some(received.share), ..asked })
    }
}

fn from_body(bytes: &[u8]) -> Result<GraphqlRequest> {
    match json::parse(bytes)? {
        Value::Object(members) => GraphqlRequest::parse(members),
        Value::Array(_) => Err(Error::Malformed(Malformed::BatchUnsupported)),
        _ => Err(Error::Malformed(Malformed::NotAnObject)),
    }
}

fn from_query_string(text: &str) -> Result<GraphqlRequest> {
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
    GraphqlRequest::parse(members)
}

impl GraphqlRequest {
    pub(in crate::http) fn parse(mut members: Map<String, Value>) -> Result<Self> {
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
