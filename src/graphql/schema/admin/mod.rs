//! What administrators see and do, in the schema.

pub(super) mod audit;
pub(super) mod moderation;
