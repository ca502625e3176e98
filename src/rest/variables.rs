//! From a request's path, query string and body to the variables of a document.

use std::collections::HashMap;

use apollo_compiler::{ExecutableDocument, Schema, schema::ExtendedType};
use async_graphql::{Name, Value, Variables, indexmap::IndexMap};

use super::routes::Subject;
use crate::{
    error::{Error, FieldErrors, FieldProblem, Noun, Result, ValueType},
    id::row_key,
};

/// The parameters of a route by name, each with its kind.
#[derive(Debug, Clone)]
pub(super) struct Parameters {
    kinds: IndexMap<String, Kind>,
    aliases: &'static [(&'static str, &'static str)],
    subject: Option<Subject>,
}

/// How text is parsed, and how enums are spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Int,
    Boolean,
    /// Lower case in REST, upper case in GraphQL.
    Enum,
    /// Lists, input objects and decimal numbers; invalid JSON counts as text.
    Json,
}

/// The input of a request before any check: a query string or a body, never both.
#[derive(Debug, Default)]
pub struct Input {
    pub path: HashMap<String, String>,
    pub query: Vec<(String, String)>,
    pub body: serde_json::Map<String, serde_json::Value>,
}

impl Parameters {
    /// Reads the variable definitions of a document.
    pub(super) fn of(
        document: &ExecutableDocument,
        schema: &Schema,
        aliases: &'static [(&'static str, &'static str)],
        subject: Option<Subject>,
    ) -> Self {
        let definitions = document.operations.iter().flat_map(|operation| &operation.variables);
        let kinds = definitions.map(|definition| {
            let kind = match definition.ty.inner_named_type().as_str() {
                _ if definition.ty.is_list() => Kind::Json,
                "Int" => Kind::Int,
                "Boolean" => Kind::Boolean,
                name if matches!(schema.types.get(name), Some(ExtendedType::Enum(_))) => Kind::Enum,
                "Float" => Kind::Json,
                name if matches!(schema.types.get(name), Some(ExtendedType::InputObject(_))) => {
                    Kind::Json
                }
                _ => Kind::Text,
            };
            (definition.name.to_string(), kind)
        });
        Self { kinds: kinds.collect(), aliases, subject }
    }

    /// Builds the variables; a parameter of the path is not read from elsewhere.
    pub(super) fn variables(&self, input: &Input) -> Result<Variables> {
        let mut errors = FieldErrors::default();
        let mut variables = Variables::default();
        for (name, &kind) in &self.kinds {
            if let Some(id) = input.path.get(name) {
                variables.insert(Name::new(name), self.id(id)?);
                continue;
            }
            let given = self.given(name, kind, input, &mut errors);
            if let Some(value) = given {
                variables.insert(Name::new(name), value);
            }
        }
        if errors.is_empty() { Ok(variables) } else { Err(errors.into()) }
    }

    /// The number in a path as a global id; other text is answered as not found.
    fn id(&self, text: &str) -> Result<Value> {
        let Subject { noun, id } = self.subject.ok_or(Error::NotFound(Noun::Route))?;
        let key = row_key(text).ok_or(Error::NotFound(noun))?;
        Ok(Value::from(id(key).to_string()))
    }

    /// The value of a parameter under any of its names; two different values are an error.
    fn given(
        &self,
        name: &str,
        kind: Kind,
        input: &Input,
        errors: &mut FieldErrors,
    ) -> Option<Value> {
        let aliases = self.aliases.iter().filter(|(_, of)| *of == name).map(|(alias, _)| *alias);
        let mut found: Option<Value> = None;
        for spelling in std::iter::once(name).chain(aliases) {
            let value =
                match input.query.iter().rfind(|(key, text)| key == spelling && !text.is_empty()) {
                    Some((_, text)) => errors.check(name, kind.read(text)),
                    None => input.body.get(spelling).map(|value| kind.spell(value.clone())),
                };
            match (&found, value) {
                (None, value) => found = value,
                (Some(first), Some(other)) if *first != other => {
                    let other = self
                        .aliases
                        .iter()
                        .find(|(_, of)| *of == name)
                        .map_or("", |(alias, _)| alias);
                    errors.add(name, FieldProblem::Contradicts { other });
                }
                _ => {}
            }
        }
        found
    }
}

impl Kind {
    /// Parses text of a query string.
    fn read(self, text: &str) -> Result<Value, FieldProblem> {
        match self {
            Self::Text => Ok(Value::from(text)),
            Self::Enum => Ok(Value::from(text.to_ascii_uppercase())),
            Self::Json => Ok(serde_json::from_str(text.trim_start_matches('\u{feff}'))
                .ok()
                .and_then(|value| Value::from_json(value).ok())
                .unwrap_or_else(|| Value::from(text))),
            Self::Int => text
                .parse::<i64>()
                .map(Value::from)
                .map_err(|_| FieldProblem::WrongType { expected: ValueType::Integer }),
            Self::Boolean => text
                .parse::<bool>()
                .map(Value::from)
                .map_err(|_| FieldProblem::WrongType { expected: ValueType::Boolean }),
        }
    }

    /// Converts a value of a JSON body to GraphQL's spelling.
    fn spell(self, value: serde_json::Value) -> Value {
        match (self, value) {
            (Self::Enum, serde_json::Value::String(text)) => Value::from(text.to_ascii_uppercase()),
            (_, value) => Value::from_json(value).unwrap_or_default(),
        }
    }
}
