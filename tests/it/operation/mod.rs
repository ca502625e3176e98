//! What operators meet: settings, files, the log.

mod files;
mod log;
mod settings;
