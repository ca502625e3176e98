//! The domain through GraphQL.

mod node;
mod page;
mod permissions;
mod secrets;
mod statements;
pub(crate) mod walk;
