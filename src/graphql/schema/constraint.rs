//! Input limits in the schema, from the constants that the domain checks.

use std::borrow::Cow;

use async_graphql::{
    TypeDirective,
    registry::{MetaDirectiveInvocation, Registry, location_traits},
};

use crate::domain::{parse, store::page};

/// Directives of the schema; the macro uses the names of their arguments.
#[expect(non_snake_case, reason = "arguments of directives are written in camel case")]
mod directives {
    use async_graphql::TypeDirective;

    /// The limits that an input is checked against: lengths in code points, numbers inclusive.
    #[TypeDirective(location = "InputFieldDefinition", location = "ArgumentDefinition")]
    pub(super) fn constraint(
        #[graphql(desc = "Fewest code points.")] minLength: Option<i32>,
        #[graphql(desc = "Most code points.")] maxLength: Option<i32>,
        #[graphql(desc = "Smallest number.")] min: Option<i32>,
        #[graphql(desc = "Largest number.")] max: Option<i32>,
        #[graphql(desc = "What the text is, by its name in OpenAPI.")] format: Option<String>,
    ) {
    }
}

/// Each is `@constraint` with some of its arguments; the engine calls `apply`.
macro_rules! constraints {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $kind:ty)?) => $invocation:expr;)*) => {$(
        $(#[$doc])*
        pub struct $name;

        impl $name {
            pub fn apply($($argument: $kind)?) -> MetaDirectiveInvocation {
                $invocation
            }
        }

        impl TypeDirective for $name {
            fn name(&self) -> Cow<'static, str> {
                directives::constraint.name()
            }

            fn register(&self, registry: &mut Registry) {
                directives::constraint.register(registry);
            }
        }

        impl location_traits::Directive_At_INPUT_FIELD_DEFINITION for $name {}
        impl location_traits::Directive_At_ARGUMENT_DEFINITION for $name {}
    )*};
}

constraints! {
    /// Length of a text.
    Length(length: parse::Length) => text(length, None);
    /// Range of a number.
    Range(range: parse::Range) => number(range);
    /// Number of nodes on a page of a connection.
    PageSize() => number(page::SIZE);
    /// An e-mail address.
    Email() => text(parse::EMAIL, Some("email"));
    /// A new password.
    NewPassword() => text(parse::PASSWORD, Some("password"));
    /// An existing password.
    Password() => text(parse::PRESENTED_PASSWORD, Some("password"));
}

fn number(range: parse::Range) -> MetaDirectiveInvocation {
    let (min, max) = range.into_inner();
    directives::constraint::apply(
        None,
        None,
        i32::try_from(min).ok(),
        i32::try_from(max).ok(),
        None,
    )
}

fn text(length: parse::Length, format: Option<&str>) -> MetaDirectiveInvocation {
    let (min, max) = length.into_inner();
    let min = i32::try_from(min).ok().filter(|min| *min > 0);
    let max = i32::try_from(max).ok();
    directives::constraint::apply(min, max, None, None, format.map(str::to_owned))
}
