//! What operators meet: settings, files, the log.

mod deployment;
mod files;
mod lines;
mod log;
mod metrics;
mod ready;
mod service;
mod settings;
mod slow;
