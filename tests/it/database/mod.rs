//! The database is slow, shared, silent, behind a pooler, or of another release.

mod limit;
mod pooler;
mod releases;
mod share;
mod silence;
mod upgrade;
