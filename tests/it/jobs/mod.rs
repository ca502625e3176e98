//! The marketplace: jobs, applications and their events.

mod address;
mod again;
mod alone;
mod application;
mod event;
mod fields;
mod found;
mod highlights;
mod input;
mod job;
mod life;
mod list;
mod listed;
mod own_lists;
mod paused;
mod positions;
mod relevance;
pub(crate) mod steps;
mod visibility;
