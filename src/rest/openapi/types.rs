//! JSON Schema (2020-12) of GraphQL types, in REST's spelling.

use apollo_compiler::{
    Schema,
    ast::{self, Type, VariableDefinition},
    executable::SelectionSet,
    schema::{EnumType, ExtendedType, ScalarType},
};
use serde_json::{Map, Value, json};

use super::reference;
use crate::{
    graphql::{Door, enum_text},
    rest::usage::Usage,
};

/// Arguments of `@constraint` and the corresponding keywords of JSON Schema.
const LIMITS: [(&str, &str); 5] = [
    ("minLength", "minLength"),
    ("maxLength", "maxLength"),
    ("min", "minimum"),
    ("max", "maximum"),
    ("format", "format"),
];

/// Translates types; collects each enum once, by name.
pub(super) struct Types<'a> {
    schema: &'a Schema,
    enums: Map<String, Value>,
}

impl<'a> Types<'a> {
    pub(super) fn new(schema: &'a Schema) -> Self {
        Self { schema, enums: Map::new() }
    }

    /// The enums that were used.
    pub(super) fn into_schemas(self) -> Map<String, Value> {
        self.enums
    }

    /// An object with the selected fields, all of them required.
    pub(super) fn object(&mut self, selected: &SelectionSet) -> Value {
        let mut properties = Map::new();
        for field in selected.fields() {
            let mut schema = self.value(field.ty(), &field.selection_set);
            if let Some(text) = &field.definition.description {
                schema["description"] = text.as_str().into();
            }
            properties.insert(field.response_key().to_string(), schema);
        }
        let names: Vec<&str> =
            selected.fields().map(|field| field.response_key().as_str()).collect();
        json!({ "type": "object", "required": names, "properties": properties })
    }

    /// The schema of a variable: its type, its default and the constraints of its place.
    pub(super) fn input(
        &mut self,
        ty: &Type,
        variable: &VariableDefinition,
        usage: Option<&Usage<'_>>,
    ) -> Value {
        let mut schema = self.value(ty, &SelectionSet::new(ty.inner_named_type().clone()));
        if ty.inner_named_type() == "Int" {
            schema["format"] = "int32".into();
            schema["minimum"] = i32::MIN.into();
            schema["maximum"] = i32::MAX.into();
        }
        let constraint = usage.and_then(|usage| usage.place.directives.get("constraint"));
        for (argument, keyword) in LIMITS {
            if let Some(limit) = constraint.and_then(|it| it.specified_argument_by_name(argument)) {
                schema[keyword] = constant(limit);
            }
        }
        if let Some(default) = &variable.default_value {
            schema["default"] = constant(default);
        }
        schema
    }

    fn value(&mut self, ty: &Type, selected: &SelectionSet) -> Value {
        let schema = if ty.is_list() {
            json!({ "type": "array", "items": self.value(ty.item_type(), selected) })
        } else {
            self.named(ty.inner_named_type(), selected)
        };
        if ty.is_non_null() { schema } else { or_null(schema) }
    }

    fn named(&mut self, name: &str, selected: &SelectionSet) -> Value {
        match self.schema.types.get(name) {
            Some(ExtendedType::Scalar(scalar)) => scalar_value(scalar),
            Some(ExtendedType::Enum(definition)) => {
                let schema = || enumeration(definition);
                self.enums.entry(name).or_insert_with(schema);
                reference("schemas", name)
            }
            _ => self.object(selected),
        }
    }
}

/// Our scalars are text in the format of their specification.
fn scalar_value(scalar: &ScalarType) -> Value {
    let specification = scalar.directives.get("specifiedBy");
    let url = specification.and_then(|it| it.specified_argument_by_name("url")?.as_str());
    match (scalar.name.as_str(), url.and_then(|url| url.rsplit('/').next())) {
        ("Int", _) => json!({ "type": "integer" }),
        ("Float", _) => json!({ "type": "number" }),
        ("Boolean", _) => json!({ "type": "boolean" }),
        (_, Some(format)) => json!({ "type": "string", "format": format }),
        (_, None) => json!({ "type": "string" }),
    }
}

/// Lower case in REST, also where descriptions name values.
fn enumeration(definition: &EnumType) -> Value {
    let mut paragraphs = vec![definition.description.as_deref().unwrap_or_default().to_owned()];
    let mut values = Vec::new();
    for (name, value) in &definition.values {
        let printed = name.to_ascii_lowercase();
        if enum_text(Door::Jobs, name) != printed {
            // Answers say a documented one instead.
            continue;
        }
        paragraphs[0] = paragraphs[0].replace(name.as_str(), &printed);
        let meaning = value.description.as_deref();
        paragraphs.extend(meaning.map(|meaning| format!("`{printed}`: {meaning}")));
        values.push(printed);
    }
    json!({ "type": "string", "enum": values, "description": paragraphs.join("\n\n") })
}

fn or_null(schema: Value) -> Value {
    match schema.get("type").cloned() {
        Some(kind) => {
            let mut schema = schema;
            schema["type"] = json!([kind, "null"]);
            schema
        }
        None => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}

/// A constant of a document or of the schema as JSON.
fn constant(value: &ast::Value) -> Value {
    match value {
        ast::Value::Int(number) => number.try_to_i32().ok().into(),
        ast::Value::Boolean(truth) => (*truth).into(),
        ast::Value::String(text) => text.as_str().into(),
        ast::Value::Enum(name) => name.to_ascii_lowercase().into(),
        _ => Value::Null,
    }
}
