//! Accounts and keys that people can trust.

mod cookies;
mod sessions;
mod signing_keys;
