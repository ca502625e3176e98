//! The domain through GraphQL.

mod address;
mod admin;
mod again;
mod application;
mod event;
mod job;
mod job_input;
mod job_list;
mod life;
mod node;
mod own_lists;
mod page;
mod paused;
mod people;
mod permissions;
mod refresh;
mod secrets;
mod session;
mod statements;
pub(crate) mod steps;
mod visibility;
mod walk;
