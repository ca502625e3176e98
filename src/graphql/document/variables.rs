//! Coerces variables before anything runs: `CoerceVariableValues` of the specification.

use std::fmt;

use apollo_compiler::{
    Node, Schema,
    ast::{self, InputValueDefinition, Type},
    schema::{ExtendedType, InputObjectType},
    validation::Valid,
};
use async_graphql::{Name, Number, Value, Variables, indexmap::IndexMap};

use super::engine::constant;
use crate::error::{Error, FieldErrors, FieldProblem, Result, ValueType};

/// A declared variable.
#[derive(Debug)]
pub(super) struct Variable {
    pub(super) name: Name,
    ty: Type,
    default: Option<Value>,
    /// Used in a place that accepts no null, although its type is nullable.
    never_null: bool,
}

impl Variable {
    /// From a valid document, whose defaults match their types.
    pub(super) fn new(
        definition: &ast::VariableDefinition,
        never_null: bool,
        schema: &Valid<Schema>,
    ) -> Self {
        let ty = Type::clone(&definition.ty);
        let default = definition.default_value.as_ref().and_then(|value| constant(value));
        let default = default.and_then(|value| {
            Coercion::new(schema, 1).value(&Path::Root(&definition.name), value, &ty)
        });
        Self { name: Name::new(&definition.name), ty, default, never_null }
    }
}

/// The coerced values; unknown variables are dropped, defaults applied.
///
/// A single item is accepted as a list, an integer as an `ID`, a number without fraction as an
/// `Int`. `nesting` limits the depth of values, `problems` the number of problems reported.
pub(super) fn coerce(
    declared: &[Variable],
    mut given: Variables,
    schema: &Valid<Schema>,
    nesting: usize,
    problems: usize,
) -> Result<Variables> {
    let mut coercion = Coercion::new(schema, problems);
    let mut coerced = Variables::default();
    for variable in declared {
        let path = Path::Root(&variable.name);
        let value = match given.remove(&variable.name) {
            Some(value) if is_deeper(&value, nesting) => {
                let limit = nesting as u64;
                return Err(Error::DocumentTooComplex { what: "nesting of variables", limit });
            }
            Some(value) => coercion.value(&path, value, &variable.ty),
            None if variable.default.is_some() => variable.default.clone(),
            None if variable.ty.is_non_null() => coercion.problem(&path, FieldProblem::Required),
            None => None,
        };
        let value = match value {
            Some(Value::Null) if variable.never_null => {
                coercion.problem(&path, FieldProblem::Required)
            }
            value => value,
        };
        if let Some(value) = value {
            coerced.insert(variable.name.clone(), value);
        }
    }
    if coercion.errors.is_empty() { Ok(coerced) } else { Err(coercion.errors.into()) }
}

/// Iterative, since the value may be nested arbitrarily deep.
fn is_deeper(value: &Value, limit: usize) -> bool {
    let mut pending = vec![(value, 0)];
    while let Some((value, depth)) = pending.pop() {
        if depth > limit {
            return true;
        }
        match value {
            Value::List(items) => pending.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(fields) => pending.extend(fields.values().map(|it| (it, depth + 1))),
            _ => {}
        }
    }
    false
}

struct Coercion<'a> {
    schema: &'a Valid<Schema>,
    errors: FieldErrors,
    /// How many more problems are reported.
    room: usize,
}

impl<'a> Coercion<'a> {
    fn new(schema: &'a Valid<Schema>, problems: usize) -> Self {
        Self { schema, errors: FieldErrors::default(), room: problems }
    }

    /// The coerced value, or None after adding a problem.
    fn value(&mut self, path: &Path<'_>, value: Value, ty: &Type) -> Option<Value> {
        if value == Value::Null {
            let is_allowed = !ty.is_non_null();
            return if is_allowed {
                Some(value)
            } else {
                self.problem(path, FieldProblem::Required)
            };
        }
        if ty.is_list() {
            return self.list(path, value, ty.item_type());
        }
        match self.schema.types.get(ty.inner_named_type())? {
            ExtendedType::InputObject(input) => match value {
                Value::Object(fields) => self.object(path, fields, input),
                _ => self.problem(path, FieldProblem::WrongType { expected: ValueType::Object }),
            },
            ExtendedType::Enum(definition) => match value {
                Value::String(name) if definition.values.contains_key(name.as_str()) => {
                    Some(Value::Enum(Name::new(name)))
                }
                Value::Enum(name) if definition.values.contains_key(name.as_str()) => {
                    Some(Value::Enum(name))
                }
                _ => {
                    let allowed = definition.values.keys().map(ToString::to_string).collect();
                    self.problem(path, FieldProblem::NotOneOf { allowed })
                }
            },
            ExtendedType::Scalar(scalar) => match scalar_value(&scalar.name, value) {
                Ok(value) => Some(value),
                Err(problem) => self.problem(path, problem),
            },
            _ => None,
        }
    }

    fn list(&mut self, path: &Path<'_>, value: Value, item: &Type) -> Option<Value> {
        let Value::List(items) = value else {
            return self.value(path, value, item).map(|value| Value::List(vec![value]));
        };
        let mut coerced = Vec::with_capacity(items.len());
        for (index, value) in items.into_iter().enumerate() {
            if self.room == 0 {
                return None;
            }
            coerced.extend(self.value(&Path::Item(path, index), value, item));
        }
        Some(Value::List(coerced))
    }

    fn object(
        &mut self,
        path: &Path<'_>,
        mut given: IndexMap<Name, Value>,
        input: &InputObjectType,
    ) -> Option<Value> {
        if input.directives.has("oneOf") && !is_exactly_one(&given) {
            let of = input.fields.keys().map(ToString::to_string).collect();
            return self.problem(path, FieldProblem::NotExactlyOne { of });
        }
        let mut coerced = IndexMap::with_capacity(given.len());
        for (name, field) in &input.fields {
            let path = Path::Field(path, name);
            let value = match given.shift_remove(name.as_str()) {
                Some(value) => self.value(&path, value, &field.ty),
                None => self.absent(&path, field),
            };
            coerced.extend(value.map(|value| (Name::new(name), value)));
        }
        for name in given.keys() {
            self.problem(&Path::Field(path, name), FieldProblem::Unsupported);
        }
        Some(Value::Object(coerced))
    }

    fn absent(&mut self, path: &Path<'_>, field: &Node<InputValueDefinition>) -> Option<Value> {
        match field.default_value.as_ref().and_then(|value| constant(value)) {
            Some(default) => self.value(path, default, &field.ty),
            None if field.ty.is_non_null() => self.problem(path, FieldProblem::Required),
            None => None,
        }
    }

    fn problem(&mut self, path: &Path<'_>, problem: FieldProblem) -> Option<Value> {
        if let Some(room) = self.room.checked_sub(1) {
            self.room = room;
            self.errors.add(path.to_string(), problem);
        }
        None
    }
}

fn is_exactly_one(given: &IndexMap<Name, Value>) -> bool {
    given.len() == 1 && given.values().all(|value| *value != Value::Null)
}

/// Other custom scalars pass unchanged; their own parser checks them.
fn scalar_value(name: &str, value: Value) -> Result<Value, FieldProblem> {
    let expected = match (name, &value) {
        ("Int", Value::Number(number)) => return int(number),
        ("ID", Value::Number(number)) if !number.is_f64() => {
            return Ok(Value::String(number.to_string()));
        }
        ("Float", Value::Number(_))
        | ("String" | "ID", Value::String(_))
        | ("Boolean", Value::Boolean(_)) => return Ok(value),
        ("DateTime", Value::String(text)) if is_time(text) => return Ok(value),
        ("DateTime", _) => return Err(FieldProblem::NotATime),
        ("Int", _) => ValueType::Integer,
        ("ID", _) => ValueType::TextOrInteger,
        ("Float", _) => ValueType::Number,
        ("String", _) => ValueType::Text,
        ("Boolean", _) => ValueType::Boolean,
        _ => return Ok(value),
    };
    Err(FieldProblem::WrongType { expected })
}

fn is_time(text: &str) -> bool {
    chrono::DateTime::parse_from_rfc3339(text).is_ok()
}

fn int(number: &Number) -> Result<Value, FieldProblem> {
    let (min, max) = (i64::from(i32::MIN), i64::from(i32::MAX));
    let is_whole = number.as_f64().is_some_and(|number| number.fract() == 0.0);
    let whole = number.as_i64().or_else(|| number.as_f64()?.to_string().parse().ok());
    match whole {
        _ if !is_whole => Err(FieldProblem::WrongType { expected: ValueType::Integer }),
        Some(whole) if (min..=max).contains(&whole) => Ok(Value::from(whole)),
        _ => Err(FieldProblem::OutOfRange { min, max }),
    }
}

/// The path of a value in the variables, formatted only for a problem.
enum Path<'a> {
    Root(&'a str),
    Field(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root(name) => f.write_str(name),
            Self::Field(parent, name) => write!(f, "{parent}.{name}"),
            Self::Item(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}
