//! Changes of what clients send: arguments and input fields.

use std::collections::HashMap;

use apollo_compiler::{
    Name, Node,
    ast::{InputValueDefinition, Type, Value},
};

use super::{Report, types::is_narrower};

/// Compares the arguments of a field or directive, which are named `place(argument:)`.
pub(super) fn arguments(
    of: &str,
    old: &[Node<InputValueDefinition>],
    new: &[Node<InputValueDefinition>],
    report: &mut Report,
) {
    let place = |name: &Name| format!("{of}({name}:)");
    compare(&place, old.iter().map(|it| &**it), new.iter().map(|it| &**it), report);
}

/// Compares inputs by name; `place` says how they are called.
pub(super) fn compare<'a>(
    place: &dyn Fn(&Name) -> String,
    old: impl Iterator<Item = &'a InputValueDefinition>,
    new: impl Iterator<Item = &'a InputValueDefinition>,
    report: &mut Report,
) {
    let old: Vec<_> = old.collect();
    let new: Vec<_> = new.collect();
    let by_name: HashMap<_, _> = new.iter().map(|input| (&input.name, *input)).collect();
    for before in &old {
        let place = place(&before.name);
        match by_name.get(&before.name) {
            None => report.removed(place, before.directives.has("deprecated")),
            Some(after) => changed(&place, before, after, report),
        }
    }
    for after in new.iter().filter(|after| old.iter().all(|before| before.name != after.name)) {
        if after.is_required() {
            report.breaking(place(&after.name), "added and required");
        } else {
            report.dangerous(place(&after.name), "added");
        }
    }
}

fn changed(
    place: &str,
    old: &InputValueDefinition,
    new: &InputValueDefinition,
    report: &mut Report,
) {
    let was_deprecated = old.directives.has("deprecated");
    report.deprecation(place, was_deprecated, new.directives.has("deprecated"));
    if old.ty != new.ty {
        let what = format!("changed from {} to {}", old.ty, new.ty);
        if is_narrower(&new.ty, &old.ty) {
            report.safe(place, what);
        } else {
            // What its default becomes is of no interest any more.
            return report.breaking(place, what);
        }
    }
    match (&old.default_value, &new.default_value) {
        (Some(before), None) if new.is_required() => {
            report.breaking(place, format!("required; the default {before} is gone"));
        }
        (Some(before), None) => report.dangerous(place, format!("default {before} removed")),
        (None, Some(after)) if old.is_required() => {
            report.safe(place, format!("default {after} added"));
        }
        (None, Some(after)) => report.dangerous(place, format!("default {after} added")),
        (Some(before), Some(after)) if !means_the_same(before, after, &new.ty) => {
            report.dangerous(place, format!("default changed from {before} to {after}"));
        }
        _ => {}
    }
}

/// Whether two defaults are the same value, however they are written.
fn means_the_same(one: &Value, other: &Value, ty: &Type) -> bool {
    match (one, other) {
        (Value::List(items), Value::List(others)) => {
            items.len() == others.len()
                && items.iter().zip(others).all(|(one, other)| {
                    means_the_same(one, other, if ty.is_list() { ty.item_type() } else { ty })
                })
        }
        // One item stands for a list of it.
        (Value::List(items), item) | (item, Value::List(items))
            if ty.is_list() && !item.is_null() =>
        {
            items.len() == 1 && means_the_same(&items[0], item, ty.item_type())
        }
        (Value::Object(members), Value::Object(others)) => {
            members.len() == others.len()
                && members.iter().all(|(name, one)| {
                    let other = others.iter().find(|(other, _)| other == name);
                    other.is_some_and(|(_, other)| means_the_same(one, other, ty))
                })
        }
        (Value::Int(_) | Value::Float(_), Value::Int(_) | Value::Float(_)) => {
            let number = |value: &Value| value.to_f64().map(f64::to_bits);
            one == other || number(one).is_some_and(|one| Some(one) == number(other))
        }
        _ => one == other,
    }
}
