//! Translates an operation to the engine's own syntax tree, with positions in the client's text.

use apollo_compiler::{
    Name, Node,
    ast::{self, Argument, Directive, OperationType},
    executable::Operation,
    parser::SourceSpan,
};
use async_graphql::{
    Number, Positioned, indexmap::IndexMap, parser::types as engine, parser::types::BaseType,
};
use async_graphql_value::Value;

use super::{
    merge::{Kind, Merged},
    place::Places,
};

/// Translates merged operations and counts the nodes.
pub(super) struct Translator<'a> {
    places: &'a Places,
    /// Number of selections, directives and values, a measure of the operation's memory.
    pub(super) nodes: usize,
}

impl<'a> Translator<'a> {
    pub(super) fn new(places: &'a Places) -> Self {
        Self { places, nodes: 0 }
    }

    pub(super) fn operation(
        &mut self,
        operation: &Node<Operation>,
        selections: &[Merged<'_>],
    ) -> Positioned<engine::OperationDefinition> {
        let span = operation.location();
        let definition = engine::OperationDefinition {
            ty: match operation.operation_type {
                OperationType::Query => engine::OperationType::Query,
                OperationType::Mutation => engine::OperationType::Mutation,
                OperationType::Subscription => engine::OperationType::Subscription,
            },
            variable_definitions: operation.variables.iter().map(|it| self.variable(it)).collect(),
            directives: Vec::new(),
            selection_set: self.selection_set(selections, span),
        };
        self.at(definition, span)
    }

    /// Only the declaration: defaults are applied before the engine sees the variables.
    fn variable(
        &mut self,
        variable: &Node<ast::VariableDefinition>,
    ) -> Positioned<engine::VariableDefinition> {
        self.nodes += 1;
        let definition = engine::VariableDefinition {
            name: self.name(&variable.name),
            var_type: self.at(type_of(&variable.ty), variable.ty.location()),
            directives: Vec::new(),
            default_value: None,
        };
        self.at(definition, variable.location())
    }

    fn selection_set(
        &mut self,
        selections: &[Merged<'_>],
        span: Option<SourceSpan>,
    ) -> Positioned<engine::SelectionSet> {
        let items = selections.iter().map(|selection| self.selection(selection)).collect();
        self.at(engine::SelectionSet { items }, span)
    }

    fn selection(&mut self, selection: &Merged<'_>) -> Positioned<engine::Selection> {
        self.nodes += 1;
        let directives = selection.directives.iter().map(|it| self.directive(it)).collect();
        match &selection.kind {
            Kind::Field(field) => {
                let span = field.location();
                let definition = engine::Field {
                    alias: field.alias.as_ref().map(|alias| self.name(alias)),
                    name: self.name(&field.name),
                    arguments: self.arguments(&field.arguments),
                    directives,
                    selection_set: self.selection_set(&selection.selections, span),
                };
                self.at(engine::Selection::Field(self.at(definition, span)), span)
            }
            Kind::Fragment { condition, span } => {
                let type_condition = condition.map(|name| {
                    self.at(engine::TypeCondition { on: self.name(name) }, name.location())
                });
                let definition = engine::InlineFragment {
                    type_condition,
                    directives,
                    selection_set: self.selection_set(&selection.selections, *span),
                };
                self.at(engine::Selection::InlineFragment(self.at(definition, *span)), *span)
            }
        }
    }

    fn directive(&mut self, directive: &Node<Directive>) -> Positioned<engine::Directive> {
        self.nodes += 1;
        let definition = engine::Directive {
            name: self.name(&directive.name),
            arguments: self.arguments(&directive.arguments),
        };
        self.at(definition, directive.location())
    }

    fn arguments(
        &mut self,
        arguments: &[Node<Argument>],
    ) -> Vec<(Positioned<async_graphql::Name>, Positioned<Value>)> {
        arguments
            .iter()
            .map(|argument| {
                let translated = value(&argument.value, &mut self.nodes);
                (self.name(&argument.name), self.at(translated, argument.value.location()))
            })
            .collect()
    }

    fn name(&self, name: &Name) -> Positioned<async_graphql::Name> {
        self.at(async_graphql::Name::new(name), name.location())
    }

    fn at<T>(&self, node: T, span: Option<SourceSpan>) -> Positioned<T> {
        Positioned::new(node, self.places.of(span))
    }
}

/// A value without variables, such as a default.
pub(super) fn constant(constant: &ast::Value) -> Option<async_graphql::Value> {
    value(constant, &mut 0).into_const()
}

fn value(node: &ast::Value, nodes: &mut usize) -> Value {
    *nodes += 1;
    match node {
        ast::Value::Null => Value::Null,
        ast::Value::Enum(name) => Value::Enum(async_graphql::Name::new(name)),
        ast::Value::Variable(name) => Value::Variable(async_graphql::Name::new(name)),
        ast::Value::String(text) => Value::String(text.clone()),
        ast::Value::Boolean(truth) => Value::Boolean(*truth),
        ast::Value::Int(digits) => number(digits.as_str()),
        ast::Value::Float(digits) => number(digits.as_str()),
        ast::Value::List(items) => {
            Value::List(items.iter().map(|item| value(item, nodes)).collect())
        }
        ast::Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(name, field)| (async_graphql::Name::new(name), value(field, nodes)))
                .collect::<IndexMap<_, _>>(),
        ),
    }
}

/// Numbers out of range were refused by validation.
fn number(digits: &str) -> Value {
    digits.parse::<Number>().map_or(Value::Null, Value::Number)
}

fn type_of(ty: &ast::Type) -> engine::Type {
    let base = match ty {
        ast::Type::Named(name) | ast::Type::NonNullNamed(name) => {
            BaseType::Named(async_graphql::Name::new(name))
        }
        ast::Type::List(item) | ast::Type::NonNullList(item) => {
            BaseType::List(Box::new(type_of(item)))
        }
    };
    engine::Type { base, nullable: !ty.is_non_null() }
}
