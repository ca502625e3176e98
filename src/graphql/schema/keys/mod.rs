//! API keys and their use, in the schema.

pub(super) mod api_key;
pub(super) mod mutation;
mod usage;
