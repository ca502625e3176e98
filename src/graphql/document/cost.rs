//! The cost of an operation: one point per field plus its price, multiplied by the sizes of the
//! pages around it.

use apollo_compiler::{ast::InputValueDefinition, ast::Value, executable::Field};
use async_graphql::Variables;

use super::{
    merge::{Kind, Merged},
    price::{Given, Prices},
};

/// The page size if neither the client nor the schema gives one.
const DEFAULT_PAGE: u64 = 20;
/// Larger pages are refused by the domain and never run.
const LARGEST_PAGE: u64 = 100;

/// A formula over the variables; constant parts are already summed up.
#[derive(Debug, Default)]
pub(super) struct Cost {
    fixed: u64,
    /// What the list around costs, whatever the size of its page.
    of_list: u64,
    pages: Vec<Page>,
    extras: Vec<Extra>,
}

/// The cost within a page whose size depends on variables.
#[derive(Debug)]
struct Page {
    sizes: Vec<Size>,
    content: Cost,
}

/// A cost that is added if variables contain one of these.
#[derive(Debug)]
struct Extra {
    places: Vec<Place>,
    cost: u64,
}

/// A path within a variable, such as `minAmount` in `$filter`.
#[derive(Debug)]
struct Place {
    variable: String,
    path: Vec<&'static str>,
    only: Option<&'static str>,
}

/// The arguments that determine the number of items of a field.
const SIZES: [&str; 3] = ["first", "last", "ids"];

/// The value of such an argument: a number, or a list that is counted.
#[derive(Debug)]
enum Size {
    Fixed(u64),
    Variable { name: String, default: Option<u64> },
}

impl Cost {
    /// The cost of selections on an object of this type.
    pub(super) fn of(selections: &[Merged<'_>], type_name: &str, prices: &Prices) -> Self {
        let mut cost = Self::default();
        for selection in selections {
            match &selection.kind {
                Kind::Field(field) => cost.add_field(field, selection, type_name, prices),
                Kind::Fragment { condition, .. } => {
                    let type_name = condition.map_or(type_name, |name| name.as_str());
                    cost.add(Self::of(&selection.selections, type_name, prices));
                }
            }
        }
        cost
    }

    fn add_field(
        &mut self,
        field: &Field,
        selection: &Merged<'_>,
        type_name: &str,
        prices: &Prices,
    ) {
        let inner = field.definition.ty.inner_named_type();
        let mut content = Self::of(&selection.selections, inner, prices);
        self.fixed = self.fixed.saturating_add(1);
        if let Some(price) = prices.find(type_name, &field.name) {
            content.fixed = content.fixed.saturating_add(price.item);
            let each = if price.of_list { &mut self.of_list } else { &mut self.fixed };
            *each = each.saturating_add(price.each);
            let is_counted = content.of_list > 0;
            price.given.iter().for_each(|given| self.add_given(field, given, is_counted));
        }
        self.add(content.in_pages_of(field));
    }

    fn add_given(&mut self, field: &Field, given: &Given, is_counted: bool) {
        let cost = if is_counted { given.cost.saturating_add(given.of_list) } else { given.cost };
        let found = given.arguments.iter().map(|argument| Found::of(field, argument));
        let mut places = Vec::new();
        for found in found {
            match found {
                Found::Nothing => {}
                Found::Value => return self.fixed = self.fixed.saturating_add(cost),
                Found::Within(place) => places.push(place),
            }
        }
        if !places.is_empty() {
            self.extras.push(Extra { places, cost });
        }
    }

    /// The cost with these variables, which must be coerced; saturates at `u64::MAX`.
    pub(super) fn with(&self, variables: &Variables) -> u64 {
        let extras = self.extras.iter().filter(|extra| extra.holds(variables));
        let fixed = self.fixed.saturating_add(self.of_list);
        let sum = extras.fold(fixed, |sum, extra| sum.saturating_add(extra.cost));
        self.pages.iter().fold(sum, |sum, page| {
            let sizes = page.sizes.iter().filter_map(|size| size.with(variables));
            let content = page.content.with(variables);
            sum.saturating_add(page_size(sizes).saturating_mul(content))
        })
    }

    fn add(&mut self, other: Self) {
        self.fixed = self.fixed.saturating_add(other.fixed);
        self.of_list = self.of_list.saturating_add(other.of_list);
        self.pages.extend(other.pages);
        self.extras.extend(other.extras);
    }

    fn in_pages_of(mut self, field: &Field) -> Self {
        let arguments = || SIZES.map(|name| field.definition.argument_by_name(name));
        if arguments().iter().all(Option::is_none) {
            return self;
        }
        let sizes: Vec<Size> = arguments()
            .into_iter()
            .flatten()
            .filter_map(|definition| Size::of(field, definition))
            .collect();
        let is_fixed = self.pages.is_empty()
            && self.extras.is_empty()
            && sizes.iter().all(|it| matches!(it, Size::Fixed(_)));
        let fixed = std::mem::take(&mut self.of_list);
        let page = Self { fixed, pages: vec![Page { sizes, content: self }], ..Self::default() };
        if !is_fixed {
            return page;
        }
        Self { fixed: page.with(&Variables::default()), ..Self::default() }
    }
}

/// What a document contains at an argument such as `filter.search`.
enum Found {
    Nothing,
    Value,
    /// A part of a variable.
    Within(Place),
}

impl Found {
    fn of(field: &Field, argument: &'static str) -> Self {
        let (argument, only) = match argument.split_once('=') {
            Some((argument, only)) => (argument, Some(only)),
            None => (argument, None),
        };
        let mut path = argument.split('.');
        let mut value = path.next().and_then(|name| field.specified_argument_by_name(name));
        while let Some(found) = value {
            match &**found {
                Value::Variable(name) => {
                    let (variable, path) = (name.to_string(), path.collect());
                    return Self::Within(Place { variable, path, only });
                }
                Value::Null => return Self::Nothing,
                Value::Enum(name) if only.is_some_and(|only| name != only) => return Self::Nothing,
                Value::Object(members) => match path.next() {
                    None => return Self::Value,
                    Some(wanted) => {
                        let mut members = members.iter();
                        value = members.find(|(name, _)| name == wanted).map(|(_, value)| value);
                    }
                },
                _ => return Self::Value,
            }
        }
        Self::Nothing
    }
}

impl Extra {
    fn holds(&self, variables: &Variables) -> bool {
        self.places.iter().any(|place| place.holds(variables))
    }
}

impl Place {
    fn holds(&self, variables: &Variables) -> bool {
        let mut value = variables.get(self.variable.as_str());
        for name in &self.path {
            value = match value {
                Some(async_graphql::Value::Object(members)) => members.get(*name),
                _ => None,
            };
        }
        value.is_some_and(|value| match (value, self.only) {
            (async_graphql::Value::Null, _) => false,
            (async_graphql::Value::Enum(name), Some(only)) => name == only,
            _ => true,
        })
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

/// Negative numbers count as zero; a single id counts as a list of one.
fn size(value: &Value) -> Option<u64> {
    match value {
        Value::Int(number) => Some(number.as_str().parse().unwrap_or(0)),
        Value::List(items) => Some(items.len() as u64),
        Value::String(_) => Some(1),
        _ => None,
    }
}
