//! The marketplace in the schema.

pub(super) mod application;
pub(super) mod event;
mod filter;
mod highlights;
pub(super) mod job;
pub(super) mod mutation;
mod place;
pub(super) mod query;
pub(in crate::graphql) mod subscription;
mod wanted;
