//! Administrators: what they see and do, and the audit log.

mod audit;
mod lists;
mod moderation;
