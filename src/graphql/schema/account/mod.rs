//! Accounts in the schema: profile, signing in, sessions.

pub(super) mod auth;
mod cookie;
pub(super) mod profile;
pub(super) mod query;
pub(super) mod recovery;
mod reputation;
pub(super) mod second_factor;
mod seen;
pub(super) mod session;
pub(super) mod user;
