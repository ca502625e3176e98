//! Prices of fields, beyond one point per field; the schema's are in `graphql/schema/prices.rs`.

use std::collections::HashMap;

/// The additional cost of a field, by the work of resolving it.
#[derive(Debug, Clone, Copy)]
pub struct Price {
    /// `Type.field`, or `Type.*` for all fields of a type without a price of their own.
    pub field: &'static str,
    /// For each time the field is resolved.
    pub each: u64,
    /// Whether the field belongs to a whole list: then `each` is not multiplied by the size of its page.
    pub of_list: bool,
    /// For each item that an argument requests.
    pub item: u64,
    /// In addition for each of these that applies.
    pub given: &'static [Given],
}

/// The additional cost if one of these arguments is given, such as `filter.search`, or has this value of an
/// enum, such as `orderBy=RELEVANCE`.
#[derive(Debug, Clone, Copy)]
pub struct Given {
    pub arguments: &'static [&'static str],
    pub cost: u64,
    /// In addition where fields of the whole list are selected, which then has to be found.
    pub of_list: u64,
}

impl Given {
    /// The cost of arguments of which any is given.
    #[must_use]
    pub const fn of(arguments: &'static [&'static str], cost: u64) -> Self {
        Self { arguments, cost, of_list: 0 }
    }
}

impl Price {
    /// A field with an additional cost each time it is resolved.
    #[must_use]
    pub const fn of(field: &'static str, each: u64) -> Self {
        Self { field, each, of_list: false, item: 0, given: &[] }
    }

    /// A field of a whole list, however many of its items are on the page.
    #[must_use]
    pub const fn of_list(field: &'static str, each: u64) -> Self {
        Self { of_list: true, ..Self::of(field, each) }
    }

    /// Adds a price per item.
    #[must_use]
    pub const fn and_item(self, item: u64) -> Self {
        Self { item, ..self }
    }

    /// Adds prices of arguments.
    #[must_use]
    pub const fn and_given(self, given: &'static [Given]) -> Self {
        Self { given, ..self }
    }
}

/// The prices by type and field.
#[derive(Debug, Default)]
pub(super) struct Prices(HashMap<&'static str, HashMap<&'static str, Price>>);

impl Prices {
    pub(super) fn new(prices: &[Price]) -> Self {
        let mut types: HashMap<_, HashMap<_, _>> = HashMap::new();
        for price in prices {
            if let Some((type_name, field)) = price.field.split_once('.') {
                types.entry(type_name).or_default().insert(field, *price);
            }
        }
        Self(types)
    }

    pub(super) fn find(&self, type_name: &str, field: &str) -> Option<&Price> {
        let fields = self.0.get(type_name)?;
        fields.get(field).or_else(|| fields.get("*"))
    }
}
