//! One operation of a document, ready to be priced and run.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use apollo_compiler::{ExecutableDocument, Node, ast, executable};
use async_graphql::{
    Positioned, Variables,
    parser::types::{
        DocumentOperations, ExecutableDocument as EngineDocument, OperationDefinition,
        OperationType, Selection, SelectionSet,
    },
};
use async_graphql_value::Value;

use super::{
    GateConfig,
    cost::Cost,
    engine::Translator,
    merge::{Kind, Merged, merge},
    place::Places,
    rules,
    variables::{self, Variable},
};
use crate::error::{Error, Result};

/// One operation, with everything that does not depend on a request.
#[derive(Debug)]
pub struct Operation {
    pub kind: OperationType,
    pub name: Option<String>,
    /// Names of the root fields without aliases, including those in fragments; merged fields once.
    pub root_fields: Vec<String>,
    /// Kind and first root field, such as `query jobs`.
    pub route: String,
    variables: Vec<Variable>,
    cost: Cost,
    /// Set if the operation can be a dry run.
    dry_run: Option<DryRun>,
    definition: Positioned<OperationDefinition>,
    /// Whether a key can be there twice among the fields of an object.
    pub repeats: bool,
    /// Number of nodes in `definition`.
    pub(super) nodes: usize,
    terms: Arc<GateConfig>,
}

/// The root field that reports the cost, and its argument that requests a dry run.
const PRICE: (&str, &str) = ("rateLimit", "dryRun");

/// Whether only the cost is requested.
#[derive(Debug)]
enum DryRun {
    Always,
    If(String),
}

impl Operation {
    pub(super) fn new(
        operation: &Node<executable::Operation>,
        document: &ExecutableDocument,
        places: &Places,
        terms: &Arc<GateConfig>,
    ) -> Result<Self> {
        let limit = terms.limits.problems;
        let merged = merge(operation, document, &terms.schema, places, limit)?;
        let never_null = rules::never_null(operation, document, &terms.schema, places);
        let mut translator = Translator::new(places);
        let definition = translator.operation(operation, &merged);
        let kind = definition.node.ty;
        let root_fields: Vec<String> = merged.iter().filter_map(field_name).collect();
        Ok(Self {
            kind,
            name: operation.name.as_ref().map(ToString::to_string),
            route: root_fields.first().map(|field| format!("{kind} {field}")).unwrap_or_default(),
            root_fields,
            variables: operation
                .variables
                .iter()
                .map(|variable| {
                    let never_null = never_null.contains(&variable.name);
                    Variable::new(variable, never_null, &terms.schema)
                })
                .collect(),
            cost: Cost::of(&merged, operation.object_type(), &terms.prices),
            dry_run: merged.iter().find_map(DryRun::of),
            repeats: repeats(&merged),
            nodes: translator.nodes,
            definition,
            terms: Arc::clone(terms),
        })
    }

    /// Kind and root fields, such as `query jobs,viewer`.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{} {}", self.kind, self.root_fields.join(","))
    }

    /// Coerces the variables as declared and applies defaults; unknown ones are dropped.
    ///
    /// Each problem is a field error with a path such as `input.title` or `ids[1]`.
    pub fn coerce(&self, given: Variables) -> Result<Variables> {
        let GateConfig { schema, limits, .. } = &*self.terms;
        variables::coerce(&self.variables, given, schema, limits.nesting, limits.problems)
    }

    /// The cost of one execution with coerced variables; an error if it is over the limit.
    pub fn cost(&self, variables: &Variables) -> Result<u64> {
        let (cost, limit) = (self.cost.with(variables), self.terms.limits.cost);
        if cost > limit {
            return Err(Error::DocumentTooComplex { what: "cost", limit });
        }
        Ok(cost)
    }

    /// Whether only the cost is to be answered.
    #[must_use]
    pub fn is_dry_run(&self, variables: &Variables) -> bool {
        match &self.dry_run {
            None => false,
            Some(DryRun::Always) => true,
            Some(DryRun::If(name)) => {
                variables.get(name.as_str()) == Some(&async_graphql::Value::Boolean(true))
            }
        }
    }

    /// A document with only this operation for the engine, to be run with coerced variables.
    ///
    /// It has no name and no fragments. An argument whose variable is absent is left out, so that
    /// the schema's default applies.
    #[must_use]
    pub fn engine(&self, variables: &Variables) -> EngineDocument {
        let mut definition = self.definition.clone();
        if self.variables.iter().any(|variable| !variables.contains_key(&variable.name)) {
            remove_absent(&mut definition.node.selection_set.node, variables);
        }
        if self.is_dry_run(variables) {
            definition.node.selection_set.node.items.retain(|selection| {
                matches!(&selection.node, Selection::Field(field) if field.node.name.node == PRICE.0)
            });
        }
        EngineDocument {
            operations: DocumentOperations::Single(definition),
            fragments: HashMap::new(),
        }
    }
}

impl DryRun {
    fn of(selection: &Merged<'_>) -> Option<Self> {
        let Kind::Field(field) = &selection.kind else { return None };
        let (field_name, argument) = PRICE;
        let argument = field.specified_argument_by_name(argument);
        match &**argument.filter(|_| field.name == field_name)? {
            ast::Value::Boolean(true) => Some(Self::Always),
            ast::Value::Variable(name) => Some(Self::If(name.to_string())),
            _ => None,
        }
    }
}

/// Whether a field with fields of its own is selected twice under different conditions.
fn repeats(level: &[Merged<'_>]) -> bool {
    let mut keys = HashSet::new();
    let objects = objects(level);
    objects.iter().any(|(key, _)| !keys.insert(*key))
        || objects.iter().any(|(_, selections)| repeats(selections))
}

/// The keys and selections of a level's objects, those in fragments too.
fn objects<'a>(level: &'a [Merged<'_>]) -> Vec<(&'a str, &'a [Merged<'a>])> {
    let of = |selection: &'a Merged<'_>| match &selection.kind {
        Kind::Fragment { .. } => objects(&selection.selections),
        Kind::Field(_) if selection.selections.is_empty() => Vec::new(),
        Kind::Field(field) => vec![(field.response_key().as_str(), &*selection.selections)],
    };
    level.iter().flat_map(of).collect()
}

/// The root level contains only fields: its fragments apply always or never.
fn field_name(selection: &Merged<'_>) -> Option<String> {
    match &selection.kind {
        Kind::Field(field) => Some(field.name.to_string()),
        Kind::Fragment { .. } => None,
    }
}

fn remove_absent(set: &mut SelectionSet, variables: &Variables) {
    for selection in &mut set.items {
        match &mut selection.node {
            Selection::Field(field) => {
                field.node.arguments.retain(|(_, value)| match &value.node {
                    Value::Variable(name) => variables.contains_key(name),
                    _ => true,
                });
                remove_absent(&mut field.node.selection_set.node, variables);
            }
            Selection::InlineFragment(fragment) => {
                remove_absent(&mut fragment.node.selection_set.node, variables);
            }
            Selection::FragmentSpread(_) => {}
        }
    }
}
