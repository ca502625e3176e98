//! What fields cost besides the one that every field costs; the schema's own are in `graphql/prices.rs`.

use std::collections::HashMap;

/// What a field costs more, because of what resolving it may take.
#[derive(Debug, Clone, Copy)]
pub struct Price {
    /// `Type.field`, or `Type.*` for all fields of a type that have no price of their own.
    pub field: &'static str,
    /// Each time that the field is resolved.
    pub each: u64,
    /// For each item that an argument asks for.
    pub item: u64,
    /// Once more for each of these that holds.
    pub given: &'static [Given],
}

/// What it costs more that one of these arguments is given, such as `filter.search`.
#[derive(Debug, Clone, Copy)]
pub struct Given {
    pub arguments: &'static [&'static str],
    pub cost: u64,
}

impl Price {
    /// A field that costs as much more each time it is resolved.
    #[must_use]
    pub const fn of(field: &'static str, each: u64) -> Self {
        Self { field, each, item: 0, given: &[] }
    }

    /// The same, with a price for each item.
    #[must_use]
    pub const fn and_item(self, item: u64) -> Self {
        Self { item, ..self }
    }

    /// The same, with a price for arguments.
    #[must_use]
    pub const fn and_given(self, given: &'static [Given]) -> Self {
        Self { given, ..self }
    }
}

/// The prices of each type's fields.
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
