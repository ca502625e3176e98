//! The input of an operation: its variables as parameters or as members of a body.

use apollo_compiler::{Node, ast::VariableDefinition, parser::SourceSpan};
use http::Method;
use serde_json::{Map, Value, json};

use super::{comment_before, object, operation::Operation, types::Types};
use crate::rest::usage::Usage;

type Variable = Node<VariableDefinition>;

/// The variables in the path and, for requests without a body, in the query string.
pub(super) fn parameters(operation: &Operation<'_>, types: &mut Types<'_>) -> Vec<Value> {
    let variables = operation.definition.variables.iter();
    variables
        .filter(|variable| !is_in_body(operation, variable))
        .map(|variable| parameter(operation, variable, types))
        .collect()
}

fn parameter(operation: &Operation<'_>, variable: &Variable, types: &mut Types<'_>) -> Value {
    let is_in_path = is_in_path(operation, variable);
    let (schema, description) = if is_in_path {
        let number = json!({ "type": "integer", "format": "int64", "minimum": 1 });
        (number, Some("Number of the job.".to_owned()))
    } else {
        // A query string has no null: a variable is left out instead.
        let ty = variable.ty.as_ref().clone().non_null();
        let schema = types.input(&ty, variable, usage(operation, variable));
        (schema, description(operation, variable))
    };
    let sample = operation.sample["request"].get(variable.name.as_str());
    object([
        ("name", Some(variable.name.as_str().into())),
        ("in", Some(if is_in_path { "path" } else { "query" }.into())),
        ("required", Some((is_in_path || is_required(variable)).into())),
        ("allowEmptyValue", may_be_empty(is_in_path, variable).then(|| true.into())),
        ("description", description.map(Value::from)),
        ("schema", Some(schema)),
        ("example", sample.cloned()),
    ])
}

/// The variables in a JSON body; None without variables.
pub(super) fn body(operation: &Operation<'_>, types: &mut Types<'_>) -> Option<Value> {
    let mut properties = Map::new();
    let (mut required, mut choices) = (Vec::new(), Vec::new());
    for variable in operation.definition.variables.iter().filter(|it| is_in_body(operation, it)) {
        let name = variable.name.as_str();
        let schema = member(operation, variable, types);
        let aliases = operation.route.aliases.iter().filter(|(_, of)| *of == name);
        let aliases: Vec<&str> = aliases.map(|(alias, _)| *alias).collect();
        for alias in &aliases {
            let mut schema = schema.clone();
            schema["description"] =
                format!("Another name of `{name}`; two that differ are refused.").into();
            properties.insert((*alias).to_owned(), schema);
        }
        properties.insert(name.to_owned(), schema);
        match (is_required(variable), aliases.is_empty()) {
            (true, true) => required.push(name),
            (true, false) => choices.push(choice(name, &aliases)),
            (false, _) => {}
        }
    }
    if properties.is_empty() {
        return None;
    }
    // Only described in words: for `anyOf` with other names, generators emit an untyped body.
    let schema = object([
        ("type", Some("object".into())),
        ("description", (!choices.is_empty()).then(|| choices.join(" ").into())),
        ("properties", Some(properties.into())),
        ("required", (!required.is_empty()).then(|| json!(required))),
    ]);
    let sample = operation.sample.get("request").cloned();
    let json = object([("schema", Some(schema)), ("example", sample)]);
    Some(json!({
        "required": !required.is_empty() || !choices.is_empty(),
        "content": { "application/json": json },
    }))
}

/// Says that a required member has several names.
fn choice(name: &str, aliases: &[&str]) -> String {
    format!("`{name}` is required, under this name or as `{}`.", aliases.join("` or `"))
}

fn member(operation: &Operation<'_>, variable: &Variable, types: &mut Types<'_>) -> Value {
    let mut schema = types.input(&variable.ty, variable, usage(operation, variable));
    if let Some(text) = description(operation, variable) {
        schema["description"] = text.into();
    }
    schema
}

fn is_in_path(operation: &Operation<'_>, variable: &Variable) -> bool {
    operation.route.path.contains(&format!("{{{}}}", variable.name))
}

fn is_in_body(operation: &Operation<'_>, variable: &Variable) -> bool {
    operation.route.method != Method::GET && !is_in_path(operation, variable)
}

/// Whether an empty value in a query string counts as missing.
pub(super) fn may_be_empty(is_in_path: bool, variable: &VariableDefinition) -> bool {
    !is_in_path && !is_required(variable)
}

fn is_required(variable: &VariableDefinition) -> bool {
    variable.ty.is_non_null() && variable.default_value.is_none()
}

/// The comment above the variable in the REST document, else the schema's description of its place.
fn description(operation: &Operation<'_>, variable: &Variable) -> Option<String> {
    let at = variable.location().as_ref().map(SourceSpan::offset);
    let comment = at.and_then(|at| comment_before(operation.route.document, at));
    let place = || usage(operation, variable)?.place.description.as_deref();
    comment.or_else(|| place().map(str::to_owned))
}

fn usage<'a, 'b>(operation: &'b Operation<'a>, variable: &Variable) -> Option<&'b Usage<'a>> {
    operation.usages.iter().find(|usage| *usage.variable == variable.name)
}
