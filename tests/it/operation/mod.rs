//! What operators meet: settings, files, the log.

mod deployment;
mod files;
mod lines;
mod log;
mod service;
mod settings;
