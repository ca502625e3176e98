//! Runs operations: admission, loaders, responses and streams.

pub(super) mod backlog;
mod batch;
mod charge;
pub(super) mod context;
pub(super) mod execute;
pub(super) mod loaders;
pub(super) mod present;
pub(super) mod raw;
pub(super) mod spelling;
pub(super) mod stream;
pub(super) mod validated;
pub(super) mod written;
