//! What operators meet: settings, files, the log.

mod files;
mod lines;
mod log;
mod settings;
