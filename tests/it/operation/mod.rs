//! What operators meet: settings, files, the log.

mod files;
mod lines;
mod log;
mod metrics;
mod ready;
mod settings;
mod slow;
