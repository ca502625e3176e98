//! What an operation costs: one per field, times the sizes of the pages that the field stands in.

use apollo_compiler::{ast::InputValueDefinition, ast::Value, executable::Field};
use async_graphql::Variables;

use super::merge::{Kind, Merged};

/// The size of a page that neither the client nor the schema names.
const DEFAULT_PAGE: u64 = 20;
/// Larger pages are refused by the domain and never run.
const LARGEST_PAGE: u64 = 100;

/// A formula over the variables; what does not depend on them is summed up already.
#[derive(Debug, Default)]
pub(super) struct Cost {
    fixed: u64,
    pages: Vec<Page>,
}

/// What stands within one page whose size depends on variables.
#[derive(Debug)]
struct Page {
    sizes: Vec<Size>,
    content: Cost,
}

/// The arguments that say how many items a field has.
const SIZES: [&str; 3] = ["first", "last", "ids"];

/// What one of them says: a number, or as many as a list has.
#[derive(Debug)]
enum Size {
    Fixed(u64),
    Variable { name: String, default: Option<u64> },
}

impl Cost {
    pub(super) fn of(selections: &[Merged<'_>]) -> Self {
        let mut cost = Self::default();
        for selection in selections {
            let content = Self::of(&selection.selections);
            match &selection.kind {
                Kind::Field(field) => {
                    cost.add(Self { fixed: 1, pages: Vec::new() });
                    cost.add(content.in_pages_of(field));
                }
                Kind::Fragment { .. } => cost.add(content),
            }
        }
        cost
    }

    /// The cost with these variables, which must be coerced; at most `u64::MAX`.
    pub(super) fn with(&self, variables: &Variables) -> u64 {
        self.pages.iter().fold(self.fixed, |sum, page| {
            let sizes = page.sizes.iter().filter_map(|size| size.with(variables));
            let content = page.content.with(variables);
            sum.saturating_add(page_size(sizes).saturating_mul(content))
        })
    }

    fn add(&mut self, other: Self) {
        self.fixed = self.fixed.saturating_add(other.fixed);
        self.pages.extend(other.pages);
    }

    fn in_pages_of(self, field: &Field) -> Self {
        let arguments = || SIZES.map(|name| field.definition.argument_by_name(name));
        if arguments().iter().all(Option::is_none) {
            return self;
        }
        let sizes: Vec<Size> = arguments()
            .into_iter()
            .flatten()
            .filter_map(|definition| Size::of(field, definition))
            .collect();
        let is_fixed = self.pages.is_empty() && sizes.iter().all(|it| matches!(it, Size::Fixed(_)));
        let page = Self { fixed: 0, pages: vec![Page { sizes, content: self }] };
        if !is_fixed {
            return page;
        }
        Self { fixed: page.with(&Variables::default()), pages: Vec::new() }
    }
}

impl Size {
    fn of(field: &Field, definition: &InputValueDefinition) -> Option<Self> {
        let default = definition.default_value.as_ref().and_then(|value| size(value));
        match field.specified_argument_by_name(&definition.name).map(|value| &**value) {
            Some(Value::Variable(name)) => Some(Self::Variable { name: name.to_string(), default }),
            Some(value) => size(value).map(Self::Fixed),
            None => default.map(Self::Fixed),
        }
    }

    fn with(&self, variables: &Variables) -> Option<u64> {
        match self {
            Self::Fixed(size) => Some(*size),
            Self::Variable { name, default } => match variables.get(name.as_str()) {
                Some(async_graphql::Value::Number(number)) => number.as_u64().or(Some(0)),
                Some(async_graphql::Value::List(items)) => Some(items.len() as u64),
                Some(_) => None,
                None => *default,
            },
        }
    }
}

fn page_size(sizes: impl Iterator<Item = u64>) -> u64 {
    sizes.max().unwrap_or(DEFAULT_PAGE).clamp(1, LARGEST_PAGE)
}

/// Negative numbers count as nothing; a single id is a list of one.
fn size(value: &Value) -> Option<u64> {
    match value {
        Value::Int(number) => Some(number.as_str().parse().unwrap_or(0)),
        Value::List(items) => Some(items.len() as u64),
        Value::String(_) => Some(1),
        _ => None,
    }
}
