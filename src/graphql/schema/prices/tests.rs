use std::collections::BTreeSet;

use apollo_compiler::{
    Schema,
    ast::InputValueDefinition,
    schema::{ExtendedType, ObjectType},
    validation::Valid,
};

use super::PRICES;
use crate::graphql::sdl;

/// Arguments of lists that are supported by an index, or that select the page.
const FOUND_BY_AN_INDEX: &[&str] = &[
    "after",
    "before",
    "days",
    "filter.city",
    "filter.createdBefore",
    "filter.createdFrom",
    "filter.jobType",
    "filter.owner",
    "filter.status",
    "first",
    "ids",
    "last",
    "orderBy",
    "status",
];

fn schema() -> Valid<Schema> {
    Schema::parse_and_validate(sdl(), "schema.graphql").unwrap()
}

fn objects(schema: &Valid<Schema>) -> impl Iterator<Item = &ObjectType> {
    let own = |it: &&ExtendedType| !it.is_built_in();
    schema.types.values().filter(own).filter_map(|it| it.as_object())
}

fn price_of(type_name: &str, field: &str) -> Option<&'static super::Price> {
    let is = |name: &str| PRICES.iter().find(|price| price.field == format!("{type_name}.{name}"));
    is(field).or_else(|| is("*"))
}

/// `filter.search` and the like.
fn arguments<'a>(
    schema: &'a Valid<Schema>,
    of: &'a [apollo_compiler::Node<InputValueDefinition>],
) -> Vec<String> {
    of.iter()
        .flat_map(|argument| match schema.types.get(argument.ty.inner_named_type()) {
            Some(ExtendedType::InputObject(input)) => {
                let name = |member| format!("{}.{member}", argument.name);
                input.fields.keys().map(name).collect()
            }
            _ => vec![argument.name.to_string()],
        })
        .collect()
}

#[test]
fn s01_every_root_field_every_list_and_every_total_has_a_price() {
    let schema = schema();
    for object in objects(&schema) {
        let is_root = ["Query", "Mutation", "Subscription"].contains(&object.name.as_str());
        // The content of a connection is priced by the size of its page.
        let is_page = object.name.ends_with("Connection");
        for (name, field) in &object.fields {
            let is_list = field.ty.is_list() && !is_page;
            let connects = field.ty.inner_named_type().ends_with("Connection");
            if is_root || is_list || connects || name == "totalCount" {
                assert!(
                    price_of(&object.name, name).is_some(),
                    "{}.{name} is not in PRICES: measure what it may take, and add it",
                    object.name
                );
            }
        }
    }
}

#[test]
fn s01_every_argument_of_a_list_has_a_price_or_an_index() {
    let schema = schema();
    for object in objects(&schema).filter(|object| object.name == "Query") {
        for (name, field) in object
            .fields
            .iter()
            .filter(|(_, field)| field.ty.inner_named_type().ends_with("Connection"))
        {
            let price = price_of("Query", name).unwrap();
            let priced: BTreeSet<&str> =
                price.given.iter().flat_map(|given| given.arguments).copied().collect();
            for argument in arguments(&schema, &field.arguments) {
                let known =
                    priced.contains(argument.as_str()) || FOUND_BY_AN_INDEX.contains(&&*argument);
                assert!(known, "{name}({argument}:) has neither a price nor an index");
            }
        }
    }
}

#[test]
fn whatever_has_a_price_is_in_the_schema() {
    let schema = schema();
    for price in PRICES {
        let (type_name, name) = price.field.split_once('.').unwrap();
        let object = objects(&schema).find(|object| object.name == type_name);
        let object = object.unwrap_or_else(|| panic!("there is no {type_name}"));
        let Some(field) = object.fields.get(name) else {
            assert!(name == "*" || name.starts_with("__"), "there is no {}", price.field);
            continue;
        };
        let known = arguments(&schema, &field.arguments);
        for argument in price.given.iter().flat_map(|given| given.arguments) {
            let name = argument.split('=').next().unwrap();
            assert!(known.iter().any(|it| it == name), "{} has no {argument}", price.field);
        }
    }
    let names: BTreeSet<_> = PRICES.iter().map(|price| price.field).collect();
    assert_eq!(names.len(), PRICES.len(), "one price each");
}
