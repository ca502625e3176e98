//! Changes of types and of what they are made of.

use apollo_compiler::{
    Name, Schema,
    ast::{OperationType, Type},
    collections::IndexMap,
    schema::{
        Component, ComponentName, EnumType, ExtendedType, FieldDefinition, InputObjectType,
        ScalarType,
    },
};

use super::{Report, difference, inputs};

pub(super) fn compare(old: &Schema, new: &Schema, report: &mut Report) {
    operations(old, new, report);
    let named = |schema: &Schema| {
        let types = schema.types.iter().filter(|(_, definition)| !definition.is_built_in());
        types.map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    let (before, after) = (named(old), named(new));
    let (removed, added) = difference(before.iter(), after.iter());
    for name in removed {
        report.removed(name, false);
    }
    for name in added {
        report.safe(name, "added");
    }
    for name in &before {
        if let (Some(before), Some(after)) = (old.types.get(name), new.types.get(name)) {
            definition(name, before, after, report);
        }
    }
}

/// Which types queries, mutations and subscriptions begin at.
fn operations(old: &Schema, new: &Schema, report: &mut Report) {
    for kind in [OperationType::Query, OperationType::Mutation, OperationType::Subscription] {
        let place = format!("schema.{}", kind.name());
        match (old.root_operation(kind), new.root_operation(kind)) {
            (Some(_), None) => report.removed(place, false),
            (None, Some(_)) => report.safe(place, "added"),
            (Some(before), Some(after)) if before != after => {
                report.breaking(place, format!("changed from {before} to {after}"));
            }
            _ => {}
        }
    }
}

fn definition(name: &Name, old: &ExtendedType, new: &ExtendedType, report: &mut Report) {
    use ExtendedType as Type;
    match (old, new) {
        (Type::Object(old), Type::Object(new)) => {
            fields(name, &old.fields, &new.fields, report);
            interfaces(name, &old.implements_interfaces, &new.implements_interfaces, report);
        }
        (Type::Interface(old), Type::Interface(new)) => {
            fields(name, &old.fields, &new.fields, report);
            interfaces(name, &old.implements_interfaces, &new.implements_interfaces, report);
        }
        (Type::Union(old), Type::Union(new)) => {
            let (removed, added) = difference(old.members.iter(), new.members.iter());
            for member in removed {
                report.breaking(name, format!("member {member} removed"));
            }
            for member in added {
                report.dangerous(name, format!("member {member} added"));
            }
        }
        (Type::Enum(old), Type::Enum(new)) => values(name, old, new, report),
        (Type::InputObject(old), Type::InputObject(new)) => input(name, old, new, report),
        (Type::Scalar(old), Type::Scalar(new)) => scalar(name, old, new, report),
        _ => report.breaking(name, format!("changed from {} to {}", kind(old), kind(new))),
    }
}

fn kind(definition: &ExtendedType) -> &'static str {
    match definition {
        ExtendedType::Scalar(_) => "a scalar",
        ExtendedType::Object(_) => "an object type",
        ExtendedType::Interface(_) => "an interface",
        ExtendedType::Union(_) => "a union",
        ExtendedType::Enum(_) => "an enum",
        ExtendedType::InputObject(_) => "an input type",
    }
}

fn fields(
    of: &Name,
    old: &IndexMap<Name, Component<FieldDefinition>>,
    new: &IndexMap<Name, Component<FieldDefinition>>,
    report: &mut Report,
) {
    for (name, before) in old {
        let place = format!("{of}.{name}");
        let was_deprecated = before.directives.has("deprecated");
        let Some(after) = new.get(name) else {
            report.removed(place, was_deprecated);
            continue;
        };
        if before.ty != after.ty {
            let what = format!("changed from {} to {}", before.ty, after.ty);
            if is_narrower(&before.ty, &after.ty) {
                report.safe(&place, what);
            } else {
                report.breaking(&place, what);
            }
        }
        report.deprecation(&place, was_deprecated, after.directives.has("deprecated"));
        inputs::arguments(&place, &before.arguments, &after.arguments, report);
    }
    for name in new.keys().filter(|name| !old.contains_key(*name)) {
        report.safe(format!("{of}.{name}"), "added");
    }
}

/// Whether every value of the second type is one of the first; so a field may change, and in the
/// other direction an input.
pub(super) fn is_narrower(wide: &Type, narrow: &Type) -> bool {
    match (wide, narrow) {
        (Type::Named(wide), Type::Named(narrow) | Type::NonNullNamed(narrow))
        | (Type::NonNullNamed(wide), Type::NonNullNamed(narrow)) => wide == narrow,
        (Type::List(wide), Type::List(narrow) | Type::NonNullList(narrow))
        | (Type::NonNullList(wide), Type::NonNullList(narrow)) => is_narrower(wide, narrow),
        _ => false,
    }
}

fn interfaces<'a>(
    name: &Name,
    old: impl IntoIterator<Item = &'a ComponentName>,
    new: impl IntoIterator<Item = &'a ComponentName>,
    report: &mut Report,
) {
    let (removed, added) = difference(old.into_iter(), new.into_iter());
    for interface in removed {
        report.breaking(name, format!("no longer implements {interface}"));
    }
    for interface in added {
        report.dangerous(name, format!("implements {interface}"));
    }
}

fn values(of: &Name, old: &EnumType, new: &EnumType, report: &mut Report) {
    for (name, before) in &old.values {
        let place = format!("{of}.{name}");
        let was_deprecated = before.directives.has("deprecated");
        match new.values.get(name) {
            None => report.removed(place, was_deprecated),
            Some(after) => {
                report.deprecation(place, was_deprecated, after.directives.has("deprecated"));
            }
        }
    }
    for name in new.values.keys().filter(|name| !old.values.contains_key(*name)) {
        report.dangerous(format!("{of}.{name}"), "added");
    }
}

fn input(name: &Name, old: &InputObjectType, new: &InputObjectType, report: &mut Report) {
    match (old.directives.has("oneOf"), new.directives.has("oneOf")) {
        (false, true) => report.breaking(name, "takes exactly one of its fields"),
        (true, false) => report.safe(name, "takes more than one of its fields"),
        _ => {}
    }
    let (old, new) = (old.fields.values(), new.fields.values());
    let place = |field: &Name| format!("{name}.{field}");
    inputs::compare(&place, old.map(|it| &***it), new.map(|it| &***it), report);
}

fn scalar(name: &Name, old: &ScalarType, new: &ScalarType, report: &mut Report) {
    let url = |scalar: &ScalarType| {
        let directive = scalar.directives.get("specifiedBy")?;
        directive.specified_argument_by_name("url").map(ToString::to_string)
    };
    match (url(old), url(new)) {
        (None, Some(url)) => report.safe(name, format!("specified by {url}")),
        (Some(url), None) => report.dangerous(name, format!("no longer specified by {url}")),
        (Some(before), Some(after)) if before != after => {
            report.dangerous(name, format!("specified by {after}, no longer by {before}"));
        }
        _ => {}
    }
}
