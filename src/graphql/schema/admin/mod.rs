//! Queries and mutations of administrators.

pub(super) mod audit;
pub(super) mod dispute;
pub(super) mod moderation;
pub(super) mod review;
