//! API keys and their usage in the schema.

pub(super) mod api_key;
pub(super) mod mutation;
mod request;
mod usage;
