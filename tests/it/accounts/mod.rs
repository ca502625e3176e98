//! Accounts and keys that people can trust: one file for each part of the attack table.

mod audit;
mod cookies;
mod key_networks;
mod key_rotation;
mod key_usage;
mod key_warnings;
mod keys;
mod keys_life;
mod moderation;
mod sessions;
mod signing_keys;
