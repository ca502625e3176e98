//! The marketplace: jobs, applications, their events, and reviews.

mod applicants;
pub mod application;
pub mod event;
pub mod job;
pub mod job_type;
pub mod notice;
pub(in crate::domain) mod pending;
pub mod place;
pub mod review;
pub mod search;
pub mod told;
