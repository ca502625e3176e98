//! What is printed from the program is checked in as printed, and the schema explains itself.

use std::{fs, path::Path};

use apollo_compiler::{
    Node,
    ast::{self, Definition, DirectiveDefinition, FieldDefinition, InputValueDefinition},
};
use find_helper::{
    command::{error_table, life_page},
    graphql::{
        document::{Gate, GateLimits},
        is_exclusive, price_list, sdl,
    },
};

/// Directives that the specification describes.
const SPECIFIED: &[&str] = &["deprecated", "include", "oneOf", "skip", "specifiedBy"];

fn checked_in(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap_or_default()
}

#[test]
fn the_schema_checked_in_is_the_one_that_is_served() {
    assert_eq!(checked_in("schema.graphql"), sdl(), "run: make schema");
}

#[test]
fn the_table_of_error_codes_checked_in_is_the_one_in_force() {
    assert_eq!(checked_in("docs/errors.md"), error_table(), "run: make schema");
}

#[test]
fn the_prices_that_the_documentation_shows_are_those_in_force() {
    assert_eq!(checked_in("docs/prices.json"), price_list().unwrap(), "run: make schema");
}

#[test]
fn the_life_of_a_job_that_the_documentation_shows_is_the_one_in_force() {
    assert_eq!(checked_in("docs/jobs.md"), life_page(), "run: make schema");
}

/// The places of a schema that have no description.
#[derive(Default)]
struct Undescribed(Vec<String>);

impl Undescribed {
    fn note<T>(&mut self, place: &str, description: Option<&T>) {
        if description.is_none() {
            self.0.push(place.to_owned());
        }
    }

    fn fields(&mut self, of: &str, fields: &[Node<FieldDefinition>]) {
        for field in fields {
            let place = format!("{of}.{}", field.name);
            self.note(&place, field.description.as_ref());
            self.values(&place, &field.arguments);
        }
    }

    fn values(&mut self, of: &str, values: &[Node<InputValueDefinition>]) {
        for value in values {
            self.note(&format!("{of}({}:)", value.name), value.description.as_ref());
        }
    }

    /// The engine does not print what arguments of directives are for.
    fn directive(&mut self, directive: &DirectiveDefinition) {
        if !SPECIFIED.contains(&directive.name.as_str()) {
            self.note(&format!("@{}", directive.name), directive.description.as_ref());
        }
    }

    fn definition(&mut self, definition: &Definition) {
        let name = definition.name().map_or("schema", |name| name.as_str());
        match definition {
            Definition::ObjectTypeDefinition(it) => {
                self.note(name, it.description.as_ref());
                self.fields(name, &it.fields);
            }
            Definition::InterfaceTypeDefinition(it) => {
                self.note(name, it.description.as_ref());
                self.fields(name, &it.fields);
            }
            Definition::InputObjectTypeDefinition(it) => {
                self.note(name, it.description.as_ref());
                self.values(name, &it.fields);
            }
            Definition::EnumTypeDefinition(it) => {
                self.note(name, it.description.as_ref());
                for value in &it.values {
                    self.note(&format!("{name}.{}", value.value), value.description.as_ref());
                }
            }
            Definition::ScalarTypeDefinition(it) => self.note(name, it.description.as_ref()),
            Definition::UnionTypeDefinition(it) => self.note(name, it.description.as_ref()),
            Definition::DirectiveDefinition(it) => self.directive(it),
            _ => {}
        }
    }
}

fn undescribed(sdl: &str) -> Vec<String> {
    let document = ast::Document::parse(sdl, "schema.graphql").unwrap();
    let mut found = Undescribed::default();
    for definition in &document.definitions {
        found.definition(definition);
    }
    found.0
}

#[test]
fn everything_in_the_schema_has_a_description() {
    let found = undescribed(&sdl());
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn whatever_has_an_id_is_found_by_it() {
    let document = ast::Document::parse(sdl(), "schema.graphql").unwrap();
    for definition in &document.definitions {
        let Definition::ObjectTypeDefinition(object) = definition else { continue };
        if object.fields.iter().any(|field| field.name == "id") {
            let is_node = object.implements_interfaces.iter().any(|it| it == "Node");
            assert!(is_node, "{} is not in Node of graphql/schema/node.rs", object.name);
        }
    }
}

#[test]
fn every_scalar_of_ours_is_specified_somewhere() {
    let document = ast::Document::parse(sdl(), "schema.graphql").unwrap();
    for definition in &document.definitions {
        let Definition::ScalarTypeDefinition(scalar) = definition else { continue };
        assert!(scalar.directives.has("specifiedBy"), "scalar {}", scalar.name);
    }
}

#[test]
fn a_missing_description_is_found_wherever_it_is() {
    let sdl = r"
        type A { b(c: Int, d: D): Int }
        input D { e: Int }
        enum F { G }
        scalar H
        directive @i(j: Int) on FIELD
        directive @skip(if: Boolean!) on FIELD
    ";
    let places = ["A", "A.b", "A.b(c:)", "A.b(d:)", "D", "D(e:)", "F", "F.G", "H", "@i"];
    assert_eq!(undescribed(sdl), places);
}

#[test]
fn the_examples_of_graphiql_pass_the_gate() {
    let gate = Gate::new(&sdl(), GateLimits::default(), is_exclusive).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/src/graphiql/examples");
    let files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!files.is_empty());
    for file in files {
        let admitted = gate.admit(&fs::read_to_string(&file).unwrap());
        assert!(admitted.is_ok(), "{}: {}", file.display(), admitted.unwrap_err());
    }
}
