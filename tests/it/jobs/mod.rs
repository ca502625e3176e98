//! The marketplace: jobs, applications and their events.

mod address;
mod again;
mod alone;
mod applicants;
mod application;
mod district;
mod eras;
mod event;
mod facets;
mod fields;
mod found;
mod highlights;
mod input;
mod job;
mod life;
mod list;
mod listed;
mod notices;
mod own_lists;
mod pages;
mod paused;
mod pay;
mod positions;
mod relevance;
pub(crate) mod reviews;
pub(crate) mod steps;
mod visibility;
