//! The domain through GraphQL.

mod batching;
mod lists;
mod node;
mod page;
mod permissions;
mod secrets;
mod statements;
mod viewers;
pub(crate) mod walk;
mod written;
