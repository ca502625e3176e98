//! The payloads of mutations.

/// Objects with plain fields; `= Row` makes the object of a row, for its only field. `SimpleObject`
/// would truncate the path of an error below such a field.
macro_rules! payloads {
    ($(
        $(#[$doc:meta])*
        $name:ident {
            $($(#[$field_doc:meta])* $field:ident: $type:ty $(= $row:ty)?,)+
        }
    )+) => {$(
        $(#[$doc])*
        pub struct $name {
            $($(#[$field_doc])* pub(in crate::graphql) $field: $type,)+
        }

        $(#[$doc])*
        #[async_graphql::Object]
        impl $name {
            $($(#[$field_doc])* async fn $field(&self) -> &$type {
                &self.$field
            })+
        }

        $($(impl From<$row> for $name {
            fn from(row: $row) -> Self {
                Self { $field: row.into() }
            }
        })?)+
    )+};
}

pub(in crate::graphql) use payloads;

payloads! {
    /// What mutations return that have nothing to show.
    DonePayload {
        /// True: it is done.
        ok: bool,
    }
}
