//! Describes the trusted queries of a running gateway, each as an operation.

use apollo_compiler::{Node, Schema, ast::VariableDefinition, schema::ExtendedType};
use serde_json::{Map, Value, json};

use super::{Components, object, reference, request::may_be_empty, response, types::Types};
use crate::{
    error::{Error, Result},
    graphql::{
        document::Gate,
        persisted::{Trusted, TrustedDocument},
    },
    rest::{
        trusted::queries,
        usage::{Usage, usages},
    },
};

const TAG: &str = "queries";
const ANSWER: &str = "GraphqlAnswer";
const REFUSAL: &str = "GraphqlRefusal";

/// The tag of trusted queries.
pub(super) fn tag() -> Value {
    json!({ "name": TAG, "description": "查詢 · Trusted GraphQL queries of this gateway." })
}

/// The paths below `/q/`, if there are queries; shared parts go to the components.
pub(super) fn paths(
    trusted: &Trusted,
    gate: &Gate,
    components: &mut Components<'_>,
) -> Result<Map<String, Value>> {
    let mut paths = Map::new();
    for query in queries(trusted) {
        let name = name(trusted, query);
        let get = operation(&name, query, gate, &mut components.types)?;
        paths.insert(format!("/q/{name}"), json!({ "get": get }));
    }
    if !paths.is_empty() {
        components.responses.extend(responses());
    }
    Ok(paths)
}

/// The operation's name if it is unique, else the hash.
fn name(trusted: &Trusted, query: &TrustedDocument) -> String {
    let named = query.name.as_deref().filter(|name| trusted.named(name).is_some());
    named.map_or_else(|| query.hash.to_string(), str::to_owned)
}

fn operation(
    name: &str,
    query: &TrustedDocument,
    gate: &Gate,
    types: &mut Types<'_>,
) -> Result<Value> {
    let document = gate.validate(&query.text)?;
    let operation = document.operations.get(None).map_err(|_| Error::internal("no operation"))?;
    let usages = usages(&document, gate.schema());
    let field = operation.root_fields(&document).next();
    let description = field.and_then(|field| field.definition.description.as_deref());
    let parameter = |variable: &Node<VariableDefinition>| {
        let usage = usages.iter().find(|usage| *usage.variable == variable.name);
        parameter(variable, usage, gate.schema(), types)
    };
    let parameters: Vec<Value> = operation.variables.iter().map(parameter).collect();
    Ok(object([
        ("operationId", Some(format!("q_{name}").into())),
        ("summary", Some(format!("Trusted query {name}").into())),
        ("description", description.map(Value::from)),
        ("tags", Some(json!([TAG]))),
        ("security", Some(json!([{}, { "accessToken": [] }, { "apiKey": [], "apiSecret": [] }]))),
        ("parameters", (!parameters.is_empty()).then(|| parameters.into())),
        (
            "responses",
            Some(json!({
                "200": reference("responses", ANSWER),
                "304": { "description": "The version that `If-None-Match` names is current." },
                "default": reference("responses", REFUSAL),
            })),
        ),
    ]))
}

/// A variable as a parameter; lists and objects are written as JSON.
fn parameter(
    variable: &Node<VariableDefinition>,
    usage: Option<&Usage<'_>>,
    schema: &Schema,
    types: &mut Types<'_>,
) -> Value {
    let ty = variable.ty.as_ref().clone().non_null();
    let is_json = ty.is_list() || is_object(schema, ty.inner_named_type());
    let described = types.input(&ty, variable, usage);
    let description = usage.and_then(|usage| usage.place.description.as_deref());
    let optional = may_be_empty(false, variable);
    object([
        ("name", Some(variable.name.as_str().into())),
        ("in", Some("query".into())),
        ("required", Some((!optional).into())),
        ("allowEmptyValue", optional.then(|| true.into())),
        ("description", description.map(Value::from)),
        ("content", is_json.then(|| json!({ "application/json": { "schema": described } }))),
        ("schema", (!is_json).then(|| described.clone())),
    ])
}

fn is_object(schema: &Schema, name: &str) -> bool {
    matches!(schema.types.get(name), Some(ExtendedType::InputObject(_)))
}

fn responses() -> [(String, Value); 2] {
    let data = json!({ "description": "What the query selects.", "type": ["object", "null"] });
    let error = json!({
        "type": "object",
        "required": ["message", "extensions"],
        "properties": {
            "message": { "type": "string" },
            "extensions": {
                "type": "object",
                "required": ["code"],
                "properties": { "code": { "type": "string" } },
            },
        },
    });
    let errors = json!({ "type": "array", "items": error });
    let answer = json!({
        "type": "object",
        "required": ["data"],
        "properties": { "data": data, "errors": errors },
    });
    let refusal = json!({
        "type": "object",
        "required": ["errors"],
        "properties": { "errors": errors },
    });
    let response = |name: &str, description, schema| {
        (name.to_owned(), response::graphql(description, &schema))
    };
    [
        response(ANSWER, "The query ran; `errors` names parts that failed.", answer),
        response(REFUSAL, "The query did not run; docs/errors.md lists the codes.", refusal),
    ]
}
