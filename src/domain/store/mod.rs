//! The store: database connections, and reading rows.

pub mod asker;
mod cell;
pub mod database;
pub mod page;
mod position;
pub(in crate::domain) mod row;
pub(in crate::domain) mod shape;
mod sql;
pub mod texts;
pub(in crate::domain) mod words;
