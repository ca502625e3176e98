//! The marketplace in the schema.

pub(super) mod application;
pub(super) mod event;
mod facets;
mod filter;
mod highlights;
pub(super) mod job;
pub(super) mod life;
mod list_update;
pub(super) mod mutation;
pub(super) mod notice;
pub(super) mod notice_mutation;
mod notice_news;
pub(super) mod pay;
mod place;
pub(super) mod query;
pub(super) mod review;
pub(in crate::graphql) mod subscription;
mod total;
mod wanted;
