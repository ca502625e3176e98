//! Administration: moderating accounts and reading the audit log.

pub mod audit;
pub mod dispute;
pub mod moderation;
