//! Measures a document with its fragments expanded, without expanding them.

use std::collections::HashMap;

use apollo_compiler::ast::{
    self, Definition, FragmentDefinition, OperationDefinition, Selection, Value,
};

use super::limits::{GateLimits, at_most};
use crate::error::Result;

/// Refuses documents that are too large; visits each definition once.
///
/// Runs before validation, which therefore never sees a large document. Missing and cyclic
/// fragments count as empty here; validation reports them.
pub(super) fn check(document: &ast::Document, limits: &GateLimits) -> Result<()> {
    let fragments = document.definitions.iter().filter_map(Definition::as_fragment_definition);
    at_most("fragments", limits.fragments, fragments.clone().count())?;
    let mut survey = Survey {
        limits,
        fragments: fragments.map(|fragment| (fragment.name.as_str(), &**fragment)).collect(),
        known: HashMap::new(),
        spreads: 0,
        directives: 0,
    };
    let mut total = Shape::default();
    for definition in &document.definitions {
        if let Definition::OperationDefinition(operation) = definition {
            total = total.beside(survey.operation(operation)?);
        }
    }
    let names: Vec<&str> = survey.fragments.keys().copied().collect();
    for name in names {
        survey.fragment(name)?;
    }
    at_most("fragment spreads", limits.spreads, survey.spreads)?;
    at_most("directives", limits.directives, survey.directives)?;
    at_most("aliases", limits.aliases, total.aliases)?;
    at_most("selections", limits.selections, total.selections)
}

/// The measures of a selection set with fragments expanded; every count saturates.
#[derive(Debug, Clone, Copy, Default)]
struct Shape {
    /// Fields of the set itself.
    width: usize,
    /// Levels of fields.
    depth: usize,
    /// Levels of fields that list the schema's types or fields.
    lists: usize,
    /// Fields, fragments and argument values.
    selections: usize,
    aliases: usize,
}

impl Shape {
    fn beside(self, other: Self) -> Self {
        Self {
            width: self.width.saturating_add(other.width),
            depth: self.depth.max(other.depth),
            lists: self.lists.max(other.lists),
            selections: self.selections.saturating_add(other.selections),
            aliases: self.aliases.saturating_add(other.aliases),
        }
    }

    /// The measures of this set below a field.
    fn below(self, field: &ast::Field) -> Self {
        let is_list = matches!(
            field.name.as_str(),
            "fields" | "interfaces" | "possibleTypes" | "inputFields"
        );
        let values: usize = field.arguments.iter().map(|argument| size(&argument.value)).sum();
        Self {
            width: 1,
            depth: self.depth + 1,
            lists: self.lists + usize::from(is_list),
            selections: self.selections.saturating_add(1 + values),
            aliases: self.aliases.saturating_add(usize::from(field.alias.is_some())),
        }
    }

    /// The measures of this set within a fragment, which is one more selection.
    fn in_fragment(self) -> Self {
        Self { selections: self.selections.saturating_add(1), ..self }
    }
}

struct Survey<'a> {
    limits: &'a GateLimits,
    fragments: HashMap<&'a str, &'a FragmentDefinition>,
    /// Measured fragments; one being measured counts as empty, which ends every cycle.
    known: HashMap<&'a str, Shape>,
    spreads: usize,
    directives: usize,
}

impl<'a> Survey<'a> {
    fn operation(&mut self, operation: &'a OperationDefinition) -> Result<Shape> {
        self.directives(&operation.directives)?;
        for variable in &operation.variables {
            self.directives(&variable.directives)?;
        }
        let shape = self.selection_set(&operation.selection_set)?;
        at_most("root fields", self.limits.root_fields, shape.width)?;
        let depth = if Self::is_introspection(&operation.selection_set) {
            self.limits.depth.max(self.limits.introspection_depth)
        } else {
            self.limits.depth
        };
        at_most("depth", depth, shape.depth)?;
        Ok(shape)
    }

    /// Only introspection fields, written without fragments, as all tools do.
    fn is_introspection(selections: &[Selection]) -> bool {
        selections.iter().all(|selection| {
            selection.as_field().is_some_and(|field| {
                matches!(field.name.as_str(), "__schema" | "__type" | "__typename")
            })
        })
    }

    fn selection_set(&mut self, selections: &'a [Selection]) -> Result<Shape> {
        let mut shape = Shape::default();
        for selection in selections {
            shape = shape.beside(self.selection(selection)?);
        }
        Ok(shape)
    }

    fn selection(&mut self, selection: &'a Selection) -> Result<Shape> {
        match selection {
            Selection::Field(field) => {
                self.directives(&field.directives)?;
                let children = self.selection_set(&field.selection_set)?;
                if matches!(field.name.as_str(), "__schema" | "__type") {
                    let limit = self.limits.introspection_lists;
                    at_most("nested introspection lists", limit, children.lists)?;
                }
                Ok(children.below(field))
            }
            Selection::FragmentSpread(spread) => {
                self.directives(&spread.directives)?;
                self.spreads += 1;
                Ok(self.fragment(&spread.fragment_name)?.in_fragment())
            }
            Selection::InlineFragment(fragment) => {
                self.directives(&fragment.directives)?;
                Ok(self.selection_set(&fragment.selection_set)?.in_fragment())
            }
        }
    }

    fn fragment(&mut self, name: &str) -> Result<Shape> {
        if let Some(shape) = self.known.get(name) {
            return Ok(*shape);
        }
        let Some((name, fragment)) = self.fragments.get_key_value(name).map(|(n, f)| (*n, *f))
        else {
            return Ok(Shape::default());
        };
        self.known.insert(name, Shape::default());
        self.directives(&fragment.directives)?;
        let shape = self.selection_set(&fragment.selection_set)?;
        self.known.insert(name, shape);
        Ok(shape)
    }

    fn directives(&mut self, directives: &ast::DirectiveList) -> Result<()> {
        self.directives += directives.len();
        at_most("directives in one place", self.limits.directives_at_once, directives.len())
    }
}

/// A value and all values within it.
fn size(value: &Value) -> usize {
    match value {
        Value::List(items) => 1 + items.iter().map(|item| size(item)).sum::<usize>(),
        Value::Object(fields) => 1 + fields.iter().map(|(_, value)| size(value)).sum::<usize>(),
        _ => 1,
    }
}
