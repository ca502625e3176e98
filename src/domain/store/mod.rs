//! Rows: the way to the database, and how they are read.

pub mod asker;
pub mod database;
pub mod page;
pub(in crate::domain) mod row;
pub mod texts;
