//! What several tests need.

pub(crate) mod config;
pub(crate) mod received;
pub(crate) mod smtp;
