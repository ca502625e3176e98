//! Public pages, readable without scripts: the documents of a visitor, rendered by templates.

mod address;
mod answer;
mod around;
pub mod assets;
mod card;
mod data;
pub mod home;
pub mod job;
pub mod list;
pub mod message;
mod past;
mod posting;
pub mod robots;
mod shell;
pub mod sitemap;
mod spoken;
mod visit;
mod wanted;

pub use self::{
    answer::{Answer, Content},
    visit::{Documents, Visit},
    wanted::Place,
};
