//! The two documented REST APIs.

mod auth;
mod coverage;
pub(crate) mod jobs;
mod parity;
mod writes;
