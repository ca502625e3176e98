//! The marketplace: jobs, applications, and what happens to them.

pub mod application;
pub mod event;
pub mod job;
pub mod job_type;
pub(in crate::domain) mod pending;
