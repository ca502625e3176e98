//! The two documented REST APIs.

mod auth;
mod jobs;
