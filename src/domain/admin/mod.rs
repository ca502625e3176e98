//! Administrators: what they do to accounts, and the audit log as they read it.

pub mod audit;
pub mod moderation;
