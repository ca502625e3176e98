//! Accounts and keys that people can trust.

mod bodies;
mod codes;
mod cookies;
mod equal;
mod lockout;
mod passwords;
mod second_factor;
mod sessions;
mod signing_keys;
