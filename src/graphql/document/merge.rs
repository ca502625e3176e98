//! The selections of an operation with fragments expanded and equal fields merged.
//!
//! The engine resolves a field as often as it is written, even in mutations, and finds no
//! subscription within a fragment; so it is given a tree with neither.

use std::collections::{HashMap, hash_map::Entry};

use apollo_compiler::{
    ExecutableDocument, Name, Node, Schema,
    ast::{Directive, DirectiveList, Value},
    executable::{Argument, Field, Operation, Selection, SelectionSet},
    parser::SourceSpan,
    validation::Valid,
};

use super::place::Places;
use crate::error::{DocumentProblem, Error, Result};

/// A selection of the merged tree.
pub(super) struct Merged<'a> {
    pub(super) kind: Kind<'a>,
    /// Its `@skip` and `@include` directives.
    pub(super) directives: Directives<'a>,
    pub(super) selections: Vec<Merged<'a>>,
}

/// The kind of a selection.
pub(super) enum Kind<'a> {
    Field(&'a Node<Field>),
    /// Selections for some types only, or with the directives of a fragment.
    Fragment {
        condition: Option<&'a Name>,
        span: Option<SourceSpan>,
    },
}

type Directives<'a> = Vec<&'a Node<Directive>>;

/// Builds the merged tree of one operation of a valid document.
pub(super) fn merge<'a>(
    operation: &'a Operation,
    document: &'a ExecutableDocument,
    schema: &'a Valid<Schema>,
    places: &'a Places,
    limit: usize,
) -> Result<Vec<Merged<'a>>> {
    let is_mutation = operation.is_mutation();
    let mut merger = Merger { document, schema, places, is_mutation, limit, problems: Vec::new() };
    let mut root = Level { inherited: Some(Vec::new()), ..Level::default() };
    merger.collect(&operation.selection_set, &operation.selection_set.ty, &mut root);
    let selections = merger.finish(root);
    if merger.problems.is_empty() {
        Ok(selections)
    } else {
        Err(Error::DocumentInvalid(merger.problems))
    }
}

/// A selection set under construction.
#[derive(Default)]
struct Level<'a> {
    drafts: Vec<Draft<'a>>,
    /// Index of the field with a response key and its conditions.
    known: HashMap<(&'a Name, Directives<'a>), usize>,
    /// The first field with each response key, which the others must equal.
    first: HashMap<&'a Name, &'a Field>,
    /// Conditions of the surrounding fragments; only root fields inherit them.
    inherited: Option<Directives<'a>>,
}

struct Draft<'a> {
    kind: Kind<'a>,
    directives: Directives<'a>,
    sets: Vec<&'a SelectionSet>,
}

struct Merger<'a> {
    document: &'a ExecutableDocument,
    schema: &'a Valid<Schema>,
    places: &'a Places,
    is_mutation: bool,
    limit: usize,
    problems: Vec<DocumentProblem>,
}

/// Whether a type condition applies to objects of another type.
#[derive(PartialEq, Eq)]
enum Applies {
    Always,
    Sometimes,
    Never,
}

impl<'a> Merger<'a> {
    /// Adds the selections of a set whose parent type is `parent`.
    fn collect(&mut self, set: &'a SelectionSet, parent: &'a Name, level: &mut Level<'a>) {
        for selection in &set.selections {
            let directives = conditions(selection.directives());
            match selection {
                Selection::Field(field) => self.field(field, directives, level),
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.type_condition.as_ref();
                    let kind = Kind::Fragment { condition, span: fragment.location() };
                    let sets = vec![&fragment.selection_set];
                    self.fragment(Draft { kind, directives, sets }, condition, parent, level);
                }
                Selection::FragmentSpread(spread) => {
                    let Some(fragment) = self.document.fragments.get(&spread.fragment_name) else {
                        continue;
                    };
                    let condition = Some(fragment.type_condition());
                    let kind = Kind::Fragment { condition, span: spread.location() };
                    let sets = vec![&fragment.selection_set];
                    self.fragment(Draft { kind, directives, sets }, condition, parent, level);
                }
            }
        }
    }

    fn field(&mut self, field: &'a Node<Field>, own: Directives<'a>, level: &mut Level<'a>) {
        let key = field.response_key();
        let is_new = match level.first.entry(key) {
            Entry::Occupied(first) => {
                if !same_arguments(&first.get().arguments, &field.arguments) {
                    let message = format!("fields `{key}` conflict: their arguments differ");
                    self.problem(&message, field.location());
                }
                false
            }
            Entry::Vacant(entry) => {
                entry.insert(field);
                true
            }
        };
        let directives: Directives<'a> =
            level.inherited.iter().flatten().copied().chain(own).collect();
        match level.known.entry((key, directives.clone())) {
            Entry::Occupied(known) => level.drafts[*known.get()].sets.push(&field.selection_set),
            Entry::Vacant(entry) => {
                if !is_new && self.is_mutation && level.inherited.is_some() {
                    let message = format!("mutation `{key}` is written under several conditions");
                    self.problem(&message, field.location());
                }
                entry.insert(level.drafts.len());
                let sets = vec![&field.selection_set];
                level.drafts.push(Draft { kind: Kind::Field(field), directives, sets });
            }
        }
    }

    fn problem(&mut self, message: &str, span: Option<SourceSpan>) {
        if self.problems.len() < self.limit {
            self.problems.push(self.places.problem(message, span));
        }
    }

    /// Expands a fragment if its type and conditions apply.
    fn fragment(
        &mut self,
        draft: Draft<'a>,
        condition: Option<&'a Name>,
        parent: &'a Name,
        level: &mut Level<'a>,
    ) {
        let applies = self.applies(parent, condition);
        if applies == Applies::Never {
            return;
        }
        let is_conditional = !draft.directives.is_empty() && level.inherited.is_none();
        if applies == Applies::Sometimes || is_conditional {
            level.drafts.push(draft);
            return;
        }
        let before = level.inherited.clone();
        if let Some(inherited) = &mut level.inherited {
            inherited.extend(draft.directives);
        }
        for set in draft.sets {
            self.collect(set, parent, level);
        }
        level.inherited = before;
    }

    fn applies(&self, parent: &Name, condition: Option<&Name>) -> Applies {
        match condition {
            Some(name) if name != parent && !self.schema.is_subtype(name, parent) => {
                match self.schema.get_object(parent) {
                    Some(_) => Applies::Never,
                    None => Applies::Sometimes,
                }
            }
            _ => Applies::Always,
        }
    }

    fn finish(&mut self, level: Level<'a>) -> Vec<Merged<'a>> {
        let finish = |draft: Draft<'a>| {
            let mut below = Level::default();
            for set in &draft.sets {
                self.collect(set, &set.ty, &mut below);
            }
            let selections = self.finish(below);
            Merged { kind: draft.kind, directives: draft.directives, selections }
        };
        level.drafts.into_iter().map(finish).collect()
    }
}

fn conditions(directives: &DirectiveList) -> Directives<'_> {
    directives.iter().filter(|it| matches!(it.name.as_str(), "skip" | "include")).collect()
}

fn same_arguments(left: &[Node<Argument>], right: &[Node<Argument>]) -> bool {
    left.len() == right.len()
        && left.iter().all(|argument| {
            right.iter().any(|other| {
                argument.name == other.name && same_value(&argument.value, &other.value)
            })
        })
}

/// Checks the length of lists, which the validator omits; ignores the order of object fields.
fn same_value(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len()
                && left.iter().zip(right).all(|(left, right)| same_value(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, value)| {
                    right.iter().any(|(other, right)| name == other && same_value(value, right))
                })
        }
        _ => left == right,
    }
}
