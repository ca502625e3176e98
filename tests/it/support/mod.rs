//! Helpers shared by several tests.

pub(crate) mod app;
pub(crate) mod client;
pub(crate) mod config;
pub(crate) mod database;
pub(crate) mod forwarder;
pub(crate) mod held;
pub(crate) mod phone;
pub(crate) mod postgres;
pub(crate) mod process;
pub(crate) mod received;
pub(crate) mod server;
pub(crate) mod smtp;
pub(crate) mod socket;

use std::{path::Path, time::Duration};

use tempfile::TempDir;

pub(crate) use app::{PASSWORD, TestApp};
pub(crate) use client::{Client, Reply};
pub(crate) use forwarder::Forwarder;
pub(crate) use held::Held;
pub(crate) use phone::Phone;
pub(crate) use process::Process;
pub(crate) use server::Server;
pub(crate) use socket::Socket;

/// Waits for something that must happen; fails after a minute, since a hang explains nothing.
pub(crate) async fn patiently<T>(wait: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_mins(1), wait).await.expect("nothing came")
}

/// A folder deleted with its owner; in memory if possible, so that databases do not wait for a busy
/// disk.
pub(crate) fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
}
