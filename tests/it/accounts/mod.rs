//! Accounts and keys that people can trust: one file for each part of the attack table.

mod audit;
mod canary;
mod cookies;
mod key_networks;
mod key_rotation;
mod key_usage;
mod key_warnings;
mod keys;
mod keys_life;
mod killed;
mod moderation;
mod sessions;
mod signing_keys;
