//! Objects that are written as JSON at once.
//!
//! The engine makes a future of each field and a map of each object, which is most of the work of a
//! list. A list whose fields all stand in its objects is written field after field instead, by the
//! same resolvers; as soon as one of them has to wait or fails, the engine resolves the list.

use std::borrow::Cow;

use async_graphql::{
    Context, ContextSelectionSet, ID, OutputType, Positioned, ServerResult, Value,
    parser::types::{Field, Selection, SelectionSet},
    registry::Registry,
    resolver_utils::{ContainerType, EnumType},
};
use futures_util::FutureExt;
use serde::Serialize;

use super::{context::Run, raw::raw, spelling::enum_text};
use crate::domain::limits::Door;

/// An object that can be written as JSON at once.
pub(in crate::graphql) trait Written: ContainerType + 'static {
    /// The fields that stand in the object, by their names; all others have to wait.
    const READY: &'static [(&'static str, Writer<Self>)];
}

/// Writes a field of an object; false if the field has to wait.
pub(in crate::graphql) type Writer<T> = fn(&T, &Context<'_>, &mut Json) -> bool;

/// JSON in the making.
pub(in crate::graphql) struct Json {
    text: String,
    door: Door,
}

/// A value of a field without fields of its own.
pub(in crate::graphql) trait Leaf {
    fn write(self, json: &mut Json);
}

/// The fields of an object that stand in it, by the resolvers that read them; then a field with an
/// object that is there or not.
macro_rules! ready {
    ($type:ty { $($name:literal: $resolver:ident,)+ $(; $object_name:literal: $object:ident)? }) => {
        impl $crate::graphql::engine::written::Written for $type {
            const READY: &'static [(&'static str, $crate::graphql::engine::written::Writer<Self>)] = &[
                $(($name, |it, ctx, json| {
                    $crate::graphql::engine::written::leaf(it.$resolver(ctx), json)
                }),)+
                $(($object_name, |it, ctx, json| {
                    $crate::graphql::engine::written::object(it.$object(), ctx, json)
                }),)?
            ];
        }
    };
}

pub(in crate::graphql) use ready;

/// Writes what a resolver returns.
pub(in crate::graphql) fn leaf<T: Leaf>(
    resolver: impl Future<Output = async_graphql::Result<T>>,
    json: &mut Json,
) -> bool {
    match resolver.now_or_never() {
        Some(Ok(value)) => {
            value.write(json);
            true
        }
        _ => false,
    }
}

/// Writes an object, if it is there.
pub(in crate::graphql) fn object<T: Written>(
    object: Option<impl std::borrow::Borrow<T>>,
    ctx: &Context<'_>,
    json: &mut Json,
) -> bool {
    let set = ctx.with_selection_set(&ctx.item.node.selection_set);
    match (object, plan(set.item)) {
        (Some(object), Some(plan)) => written(&plan, object.borrow(), &set, json),
        _ => false,
    }
}

/// The objects as a list; None if a field has to wait.
pub(in crate::graphql) fn list<T: Written>(
    objects: &[&T],
    ctx: &ContextSelectionSet<'_>,
) -> Option<Value> {
    let run: &Run = ctx.data_unchecked();
    let plan = if run.repeats { None } else { plan(ctx.item) }?;
    let mut json = Json { text: "[".to_owned(), door: run.caller.door };
    for (index, object) in objects.iter().enumerate() {
        json.separate(index);
        if !written(&plan, *object, &ctx.with_index(index), &mut json) {
            return None;
        }
    }
    json.text.push(']');
    Some(raw(json.text))
}

/// A lone object that is written at once, if no field has to wait.
pub(in crate::graphql) struct Lone<T>(pub T);

impl<T: Written> OutputType for Lone<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        match lone(&self.0, ctx) {
            Some(written) => Ok(written),
            None => Box::pin(self.0.resolve(ctx, field)).await,
        }
    }
}

/// The object; None if a field has to wait.
fn lone<T: Written>(object: &T, ctx: &ContextSelectionSet<'_>) -> Option<Value> {
    let run: &Run = ctx.data_unchecked();
    let plan = if run.repeats { None } else { plan(ctx.item) }?;
    let mut json = Json { text: String::new(), door: run.caller.door };
    written(&plan, object, ctx, &mut json).then(|| raw(json.text))
}

/// The selected fields, each with its writer.
type Plan<'a, T> = Vec<(&'a Positioned<Field>, Writer<T>)>;

/// None unless each selection is a field that can be ready, and each key is there once.
fn plan<'a, T: Written>(set: &'a Positioned<SelectionSet>) -> Option<Plan<'a, T>> {
    let mut plan: Plan<'a, T> = Vec::with_capacity(set.node.items.len());
    for selection in &set.node.items {
        let Selection::Field(field) = &selection.node else { return None };
        let (name, key) = (field.node.name.node.as_str(), &field.node.response_key().node);
        let is_again = plan.iter().any(|(other, _)| other.node.response_key().node == *key);
        if is_again || !field.node.directives.is_empty() {
            return None;
        }
        plan.push((field, writer(name)?));
    }
    Some(plan)
}

fn writer<T: Written>(name: &str) -> Option<Writer<T>> {
    if name == "__typename" {
        return Some(|_, _, json| {
            T::type_name().as_ref().write(json);
            true
        });
    }
    T::READY.iter().find(|(ready, _)| *ready == name).map(|(_, writer)| *writer)
}

fn written<T: Written>(
    plan: &Plan<'_, T>,
    object: &T,
    ctx: &ContextSelectionSet<'_>,
    json: &mut Json,
) -> bool {
    json.text.push('{');
    for (index, (field, write)) in plan.iter().enumerate() {
        json.separate(index);
        json.text.push('"');
        // Names need no escaping.
        json.text.push_str(&field.node.response_key().node);
        json.text.push_str("\":");
        if !write(object, &ctx.with_field(field), json) {
            return false;
        }
    }
    json.text.push('}');
    true
}

impl Json {
    fn separate(&mut self, index: usize) {
        if index > 0 {
            self.text.push(',');
        }
    }

    fn put(&mut self, value: impl Serialize) {
        // Writing a plain value cannot fail.
        self.text.push_str(&serde_json::to_string(&value).unwrap_or_default());
    }

    /// Writes the name of a value of an enum.
    pub fn name<E: EnumType>(&mut self, value: E) {
        let item = E::items().iter().find(|item| item.value == value);
        self.put(item.map(|item| enum_text(self.door, item.name)));
    }
}

macro_rules! leaves {
    ($($type:ty)+) => {$(
        impl Leaf for $type {
            fn write(self, json: &mut Json) {
                json.put(self);
            }
        }
    )+};
}

leaves! { &str String bool i32 i64 }

/// Enums as leaves.
macro_rules! written_enum {
    ($($type:ty)+) => {$(
        impl $crate::graphql::engine::written::Leaf for $type {
            fn write(self, json: &mut $crate::graphql::engine::written::Json) {
                json.name(self);
            }
        }
    )+};
}

pub(in crate::graphql) use written_enum;

impl Leaf for ID {
    fn write(self, json: &mut Json) {
        json.put(&*self);
    }
}

impl<T: Leaf> Leaf for Option<T> {
    fn write(self, json: &mut Json) {
        match self {
            Some(value) => value.write(json),
            None => json.text.push_str("null"),
        }
    }
}
