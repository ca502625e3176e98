//! The answers of an operation: the documented envelopes with their headers.

use async_graphql::{Name, Value as Answer};
use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{object, operation::Operation, reference, types::Types};
use crate::{
    error::ErrorCode,
    rest::{envelope::Envelope, is_rest_code, routes::Route},
};

/// Headers of every answer.
const ALWAYS: [&str; 6] = [
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "RateLimit",
    "RateLimit-Policy",
    "X-Request-Id",
];
/// Header of answers to API keys.
const KEY_EXPIRES: &str = "X-API-Key-Expires";
const RETRY_AFTER: &str = "Retry-After";
const LINK: &str = "Link";

/// The answer of a successful request.
pub(super) fn success(operation: &Operation<'_>, types: &mut Types<'_>) -> Value {
    let route = operation.route;
    let mut data = operation.data().map(|selected| types.object(selected));
    for name in route.present {
        if let Some(member) = data.as_mut().map(|data| &mut data["properties"][name]["type"]) {
            *member = member[0].take();
        }
    }
    let mut pagination = None;
    if let Some(connection) = data.as_mut().filter(|_| route.paged) {
        pagination = Some(connection["properties"]["pageInfo"].take());
        *connection = connection["properties"]["nodes"].take();
    }
    let unset = |part: &Option<Value>| part.as_ref().map(|_| Answer::Null);
    let answer = route.envelope.success(route.message, unset(&data), unset(&pagination));
    let schema = shape(&answer, &|name, value| match name {
        "data" => data.clone().unwrap_or_default(),
        "pagination" => pagination.clone().unwrap_or_default(),
        _ => json!({ "const": value }),
    });
    let sample = operation.sample.get("response").cloned();
    let json = object([("schema", Some(schema)), ("example", sample)]);
    let reason = route.status.canonical_reason().unwrap_or_default();
    response(route, reason, json, if route.paged { &[LINK] } else { &[] })
}

/// The errors with one status for a kind of route, and the name that they share.
pub(super) fn refusal(route: &Route, status: StatusCode) -> (String, Value) {
    let envelope = route.envelope;
    let codes = codes(envelope, status);
    let names: Vec<&str> = codes.iter().map(|(name, _)| *name).collect();
    let answer = envelope.failure(ErrorCode::InternalError, "");
    let schema = shape(&answer, &|_, value| match value {
        Answer::String(text) if text.is_empty() => {
            json!({ "type": "string", "description": "What is wrong, for people." })
        }
        Answer::String(_) => {
            json!({ "type": "string", "enum": names, "description": "What is wrong, for programs." })
        }
        value => json!({ "const": value }),
    });
    let description: Vec<String> =
        codes.iter().map(|(name, meaning)| format!("`{name}`: {meaning}")).collect();
    let waits = matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
    let headers: &[&str] = if waits { &[RETRY_AFTER] } else { &[] };
    let json = json!({ "schema": schema });
    let name =
        format!("{}-{}{}", envelope.name(), status.as_str(), if route.page { "-page" } else { "" });
    (name, response(route, &description.join("\n\n"), json, headers))
}

/// The headers of answers, by name.
pub(super) fn headers() -> Value {
    let header = |description: &str, required: bool, kind: &str, example: Value| {
        json!({
            "description": description,
            "required": required,
            "schema": { "type": kind },
            "example": example,
        })
    };
    let number =
        |description: &str, example: u32| header(description, true, "integer", example.into());
    let [limit, remaining, reset, state, policy, request_id] = ALWAYS;
    let text =
        |description: &str, example: &str| header(description, true, "string", example.into());
    let next = "<https://example.org/api/jobs?cursor=abc>; rel=\"next\"";
    json!({
        limit: number("Requests that a period has.", 60),
        remaining: number("Requests that are left.", 45),
        reset: number("When all requests are there again, in Unix seconds.", 1_642_598_400),
        state: text(
            "What is left of each limit: `r` requests, all again in `t` seconds.",
            "\"key-minute\";r=45;t=60, \"key-day\";r=9876;t=43200",
        ),
        policy: text(
            "Each limit that counts the request: `q` requests in `w` seconds.",
            "\"key-minute\";q=60;w=60, \"key-day\";q=10000;w=86400",
        ),
        request_id: text("Names the request in the log.", "5f0c3a9e"),
        KEY_EXPIRES: header(
            "When the API key is refused, if it has 14 days or less left.",
            false,
            "string",
            "2026-05-08T08:00:00Z".into(),
        ),
        RETRY_AFTER: number("Seconds to wait before the next attempt.", 30),
        LINK: header("The next page (RFC 8288), if any.", false, "string", next.into()),
    })
}

fn response(route: &Route, description: &str, json: Value, headers: &[&str]) -> Value {
    let of_keys = [KEY_EXPIRES];
    let of_keys = of_keys.iter().filter(|_| route.envelope == Envelope::Jobs);
    let headers: Map<String, Value> = ALWAYS
        .iter()
        .chain(of_keys)
        .chain(headers)
        .map(|name| ((*name).to_owned(), reference("headers", name)))
        .collect();
    let html = route.page.then(|| json!({ "schema": { "type": "string" } }));
    let content = object([("application/json", Some(json)), ("text/html", html)]);
    json!({ "description": description, "headers": headers, "content": content })
}

/// A response in both media types of GraphQL.
pub(super) fn graphql(description: &str, schema: &Value) -> Value {
    let headers: Map<String, Value> = ALWAYS
        .iter()
        .chain(&[KEY_EXPIRES])
        .map(|name| ((*name).to_owned(), reference("headers", name)))
        .collect();
    let json = json!({ "schema": schema });
    json!({
        "description": description,
        "headers": headers,
        "content": { "application/json": json, "application/graphql-response+json": json },
    })
}

/// The codes that an API has for a status, each with its meaning.
fn codes(envelope: Envelope, status: StatusCode) -> Vec<(&'static str, &'static str)> {
    let mut codes: Vec<(&str, &str)> = Vec::new();
    let known =
        ErrorCode::ALL.iter().filter(|code| code.status() == status && is_rest_code(**code));
    for code in known {
        let name = envelope.code(*code);
        match codes.iter_mut().find(|(other, _)| *other == name) {
            None => codes.push((name, code.meaning())),
            // If several codes share a name, the code of that name has the best description.
            Some((_, meaning)) if code.name() == name => *meaning = code.meaning(),
            Some(_) => {}
        }
    }
    codes
}

/// The schema of an answer: keeps its objects, and maps each other member by name and value.
fn shape(answer: &Answer, member: &dyn Fn(&str, &Answer) -> Value) -> Value {
    let Answer::Object(members) = answer else { return member("", answer) };
    let properties: Map<String, Value> = members
        .iter()
        .map(|(name, value)| {
            let schema = match value {
                Answer::Object(_) => shape(value, member),
                _ => member(name, value),
            };
            (name.to_string(), schema)
        })
        .collect();
    let names: Vec<&str> = members.keys().map(Name::as_str).collect();
    json!({ "type": "object", "required": names, "properties": properties })
}
