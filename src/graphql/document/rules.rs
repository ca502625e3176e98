//! Rules of the specification that the validator does not check.
//!
//! Unique input fields, exactly one key of a `@oneOf` object, variables within lists and objects,
//! null defaults for non-null places, and numbers out of range. They run on documents that passed
//! the validator.

use std::collections::HashSet;

use apollo_compiler::{
    ExecutableDocument, Name, Node, Schema,
    ast::{DirectiveList, InputValueDefinition, Type, Value, VariableDefinition},
    executable::{Argument, Operation, Selection, SelectionSet},
    parser::SourceSpan,
    validation::Valid,
};

use super::{GateLimits, place::Places};
use crate::error::DocumentProblem;

/// All violations, each once, up to the limit.
pub(super) fn check(
    document: &ExecutableDocument,
    schema: &Valid<Schema>,
    places: &Places,
    limits: &GateLimits,
) -> Vec<DocumentProblem> {
    let mut rules = Rules::new(document, schema, places, limits.problems);
    for operation in document.operations.iter() {
        rules.operation(operation);
    }
    rules.problems
}

/// Nullable variables that a default allows in a non-null place, and that must not be null.
pub(super) fn never_null<'a>(
    operation: &'a Operation,
    document: &'a ExecutableDocument,
    schema: &'a Valid<Schema>,
    places: &'a Places,
) -> HashSet<&'a Name> {
    let mut rules = Rules::new(document, schema, places, 0);
    rules.operation(operation);
    rules.never_null
}

struct Rules<'a> {
    document: &'a ExecutableDocument,
    schema: &'a Valid<Schema>,
    places: &'a Places,
    limit: usize,
    /// Variables of the current operation; its fragments are visited with it.
    variables: &'a [Node<VariableDefinition>],
    visited: HashSet<&'a Name>,
    never_null: HashSet<&'a Name>,
    problems: Vec<DocumentProblem>,
}

/// The type expected of a value; None within a custom scalar.
#[derive(Clone, Copy)]
struct Slot<'a> {
    ty: &'a Type,
    has_default: bool,
    is_one_of: bool,
}

impl<'a> Slot<'a> {
    fn of(definition: &'a InputValueDefinition) -> Self {
        Self {
            ty: &definition.ty,
            has_default: definition.default_value.is_some(),
            is_one_of: false,
        }
    }

    fn plain(ty: &'a Type) -> Self {
        Self { ty, has_default: false, is_one_of: false }
    }

    fn item(self) -> Option<Self> {
        self.ty.is_list().then(|| Self::plain(self.ty.item_type()))
    }
}

impl<'a> Rules<'a> {
    fn new(
        document: &'a ExecutableDocument,
        schema: &'a Valid<Schema>,
        places: &'a Places,
        limit: usize,
    ) -> Self {
        Self {
            document,
            schema,
            places,
            limit,
            variables: &[],
            visited: HashSet::new(),
            never_null: HashSet::new(),
            problems: Vec::new(),
        }
    }

    fn operation(&mut self, operation: &'a Operation) {
        self.variables = &operation.variables;
        self.visited.clear();
        self.directives(&operation.directives);
        for variable in &operation.variables {
            self.directives(&variable.directives);
            if let Some(default) = &variable.default_value {
                self.value(default, Some(Slot::plain(&variable.ty)));
            }
        }
        self.selection_set(&operation.selection_set);
    }

    fn selection_set(&mut self, set: &'a SelectionSet) {
        for selection in &set.selections {
            self.directives(selection.directives());
            match selection {
                Selection::Field(field) => {
                    let definition = &field.definition;
                    self.arguments(&field.arguments, |name| definition.argument_by_name(name));
                    self.selection_set(&field.selection_set);
                }
                Selection::InlineFragment(fragment) => self.selection_set(&fragment.selection_set),
                Selection::FragmentSpread(spread) => {
                    let fragment = self.document.fragments.get(&spread.fragment_name);
                    if let Some(fragment) = fragment.filter(|it| self.visited.insert(&it.name)) {
                        self.directives(&fragment.directives);
                        self.selection_set(&fragment.selection_set);
                    }
                }
            }
        }
    }

    fn directives(&mut self, directives: &'a DirectiveList) {
        for directive in &**directives {
            let definition = self.schema.directive_definitions.get(&directive.name);
            self.arguments(&directive.arguments, |name| {
                definition?.arguments.iter().find(|argument| argument.name == name)
            });
        }
    }

    fn arguments(
        &mut self,
        arguments: &'a [Node<Argument>],
        definition: impl Fn(&str) -> Option<&'a Node<InputValueDefinition>>,
    ) {
        for argument in arguments {
            let slot = definition(&argument.name).map(|definition| Slot::of(definition));
            self.value(&argument.value, slot);
        }
    }

    fn value(&mut self, value: &'a Node<Value>, slot: Option<Slot<'a>>) {
        match &**value {
            Value::Variable(name) => self.variable(name, value.location(), slot),
            Value::List(items) => {
                for item in items {
                    self.value(item, slot.and_then(Slot::item));
                }
            }
            Value::Object(fields) => self.object(fields, value.location(), slot),
            Value::Int(number) if number.try_to_f64().is_err() => {
                self.problem("the number is out of range", value.location());
            }
            Value::Float(number) if number.try_to_f64().is_err() => {
                self.problem("the number is out of range", value.location());
            }
            _ => {}
        }
    }

    fn object(
        &mut self,
        fields: &'a [(Name, Node<Value>)],
        span: Option<SourceSpan>,
        slot: Option<Slot<'a>>,
    ) {
        let schema = self.schema;
        let definition = slot.and_then(|slot| schema.get_input_object(slot.ty.inner_named_type()));
        let is_one_of = definition.is_some_and(|input| input.directives.has("oneOf"));
        if let Some(input) = definition
            && is_one_of
            && !matches!(fields, [(_, value)] if !value.is_null())
        {
            let message = format!("`{}` needs exactly one field, and not null", input.name);
            self.problem(&message, span);
        }
        let mut seen = HashSet::new();
        for (name, value) in fields {
            if !seen.insert(name) {
                let message = format!("the input field `{name}` is provided multiple times");
                self.problem(&message, name.location());
            }
            let slot = definition
                .and_then(|input| input.fields.get(name))
                .map(|field| Slot { is_one_of, ..Slot::of(field) });
            self.value(value, slot);
        }
    }

    fn variable(&mut self, name: &Name, span: Option<SourceSpan>, slot: Option<Slot<'_>>) {
        let Some(variable) = self.variables.iter().find(|variable| variable.name == *name) else {
            return self.problem(&format!("variable `${name}` is not defined"), span);
        };
        let Some(slot) = slot else { return };
        if slot.ty.is_non_null() && !variable.ty.is_non_null() {
            self.never_null.insert(&variable.name);
        }
        if !is_allowed(variable, slot) {
            let expected =
                if slot.is_one_of { slot.ty.clone().non_null() } else { slot.ty.clone() };
            let message = format!(
                "variable `${name}` of type `{}` cannot be used where `{expected}` is expected",
                variable.ty
            );
            self.problem(&message, span);
        }
    }

    fn problem(&mut self, message: &str, span: Option<SourceSpan>) {
        let problem = self.places.problem(message, span);
        if self.problems.len() < self.limit && !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

/// `IsVariableUsageAllowed` of the specification; `@oneOf` fields take only non-null variables.
fn is_allowed(variable: &VariableDefinition, slot: Slot<'_>) -> bool {
    if variable.ty.is_non_null() {
        return variable.ty.is_assignable_to(slot.ty);
    }
    if slot.is_one_of {
        return false;
    }
    if !slot.ty.is_non_null() {
        return variable.ty.is_assignable_to(slot.ty);
    }
    let has_default = variable.default_value.as_ref().is_some_and(|value| !value.is_null());
    (has_default || slot.has_default) && variable.ty.is_assignable_to(&slot.ty.clone().nullable())
}
