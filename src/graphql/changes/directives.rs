//! Changes of directives.

use apollo_compiler::{Node, Schema, ast::DirectiveDefinition};

use super::{Report, inputs};

/// Directives that every schema has, printed or not.
const SPECIFIED: [&str; 5] = ["deprecated", "include", "oneOf", "skip", "specifiedBy"];

pub(super) fn compare(old: &Schema, new: &Schema, report: &mut Report) {
    for before in own(old) {
        let place = format!("@{}", before.name);
        match new.directive_definitions.get(&before.name) {
            None => report.removed(place, false),
            Some(after) => changed(&place, before, after, report),
        }
    }
    for after in own(new).filter(|it| !old.directive_definitions.contains_key(&it.name)) {
        report.safe(format!("@{}", after.name), "added");
    }
}

fn own(schema: &Schema) -> impl Iterator<Item = &Node<DirectiveDefinition>> {
    let definitions = schema.directive_definitions.values();
    definitions.filter(|definition| !SPECIFIED.contains(&definition.name.as_str()))
}

fn changed(place: &str, old: &DirectiveDefinition, new: &DirectiveDefinition, report: &mut Report) {
    inputs::arguments(place, &old.arguments, &new.arguments, report);
    match (old.repeatable, new.repeatable) {
        (true, false) => report.breaking(place, "no longer repeatable"),
        (false, true) => report.safe(place, "repeatable"),
        _ => {}
    }
    for location in old.locations.iter().filter(|it| !new.locations.contains(it)) {
        report.breaking(place, format!("no longer allowed on {location}"));
    }
    for location in new.locations.iter().filter(|it| !old.locations.contains(it)) {
        report.safe(place, format!("allowed on {location}"));
    }
}
