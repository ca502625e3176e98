//! The OpenAPI 3.1 description, derived from the table, its documents and the schema.

mod operation;
mod request;
mod response;
mod samples;
mod trusted;
mod types;

use serde_json::{Map, Value, json};
use url::Url;

use self::{operation::Operation, types::Types};
use super::routes::routes;
use crate::{
    config::Config,
    error::{Error, Result},
    graphql::{self, Engine, document::Gate, persisted::Trusted},
};

const DESCRIPTION: &str = "\
找幫手的 REST API：`/api/*` 管理工作，以 API 金鑰認證；其餘路徑管理帳號，以 JWT 認證，也可加上 `/auth` 前綴。\
所有資料皆為 JSON。GraphQL（`/graphql`）提供相同功能與更多查詢。

The REST API of find-helper: `/api/*` deals with jobs and wants an API key; the other paths deal with accounts, \
with a JWT, and are served under `/auth` as well. All data is JSON. GraphQL (`/graphql`) can do all of this and more.";

/// The description of a running gateway with its trusted queries, as JSON text.
pub fn document(engine: &Engine) -> Result<String> {
    let public_url = &engine.services().config.public_url;
    text(engine.gate(), engine.documents().trusted(), public_url)
}

/// The description of a gateway with these settings; needs no database.
pub fn json(config: &Config) -> Result<String> {
    let public_url = config.clone().with_public_port().public_url;
    text(&graphql::gate(&config.limits)?, &Trusted::default(), &public_url)
}

fn text(gate: &Gate, trusted: &Trusted, public_url: &Url) -> Result<String> {
    let text = serde_json::to_string_pretty(&description(gate, trusted, public_url)?);
    Ok(text.map_err(Error::internal)? + "\n")
}

fn description(gate: &Gate, trusted: &Trusted, public_url: &Url) -> Result<Value> {
    let mut components = Components::new(Types::new(gate.schema()));
    let mut paths = Map::new();
    for route in routes() {
        let document = gate.validate(route.document)?;
        let operation = Operation::new(&route, &document, gate.schema())?;
        let object = operation.object(&mut components);
        for path in route.paths() {
            let mut object = object.clone();
            object["operationId"] = operation.id(&path).into();
            let methods = paths.entry(path).or_insert_with(|| json!({}));
            methods[route.method.as_str().to_ascii_lowercase()] = object;
        }
    }
    let queries = trusted::paths(trusted, gate, &mut components)?;
    let mut tags = vec![
        json!({ "name": "jobs", "description": "工作 · Jobs, with an API key." }),
        json!({ "name": "auth", "description": "帳號 · Accounts and sessions." }),
    ];
    if !queries.is_empty() {
        tags.push(trusted::tag());
    }
    paths.extend(queries);
    Ok(json!({
        "openapi": "3.1.0",
        "info": {
            "title": "找幫手 API / find-helper",
            "version": env!("CARGO_PKG_VERSION"),
            "description": DESCRIPTION,
        },
        "servers": [{ "url": public_url.as_str().trim_end_matches('/') }],
        "tags": tags,
        "paths": paths,
        "components": components.into_json(),
    }))
}

/// Parts that several operations share, by name.
struct Components<'a> {
    types: Types<'a>,
    request_bodies: Map<String, Value>,
    responses: Map<String, Value>,
}

impl<'a> Components<'a> {
    fn new(types: Types<'a>) -> Self {
        Self { types, request_bodies: Map::new(), responses: Map::new() }
    }

    fn into_json(self) -> Value {
        json!({
            "schemas": self.types.into_schemas(),
            "requestBodies": self.request_bodies,
            "responses": self.responses,
            "headers": response::headers(),
            "securitySchemes": operation::security_schemes(),
        })
    }
}

fn reference(kind: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{kind}/{name}") })
}

/// An object with those members that have a value.
fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// The comment above a place of a document, as one text.
fn comment_before(document: &str, at: usize) -> Option<String> {
    let lines = document.get(..at)?.trim_end().lines().rev();
    let comment = lines.map_while(|line| line.trim_start().strip_prefix('#'));
    let mut words: Vec<&str> = comment.map(str::trim).collect();
    words.reverse();
    (!words.is_empty()).then(|| words.join(" "))
}
