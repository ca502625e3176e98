//! Accounts and keys that people can trust.

mod audit;
mod cookies;
mod moderation;
mod sessions;
mod signing_keys;
