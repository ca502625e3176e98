//! Heartbeats of background tasks.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// When the next heartbeat of each task is due.
#[derive(Debug)]
pub struct Heartbeats {
    allowance: Duration,
    due: Mutex<BTreeMap<&'static str, Instant>>,
}

impl Heartbeats {
    /// `allowance` is how much later than announced a heartbeat may come.
    #[must_use]
    pub fn new(allowance: Duration) -> Self {
        Self { allowance, due: Mutex::default() }
    }

    /// Records that the task is alive and announces its next heartbeat after `rest`.
    pub fn beat(&self, task: &'static str, rest: Duration) {
        let due = Instant::now() + rest + self.allowance;
        self.due.lock().unwrap_or_else(PoisonError::into_inner).insert(task, due);
    }

    /// The tasks whose heartbeat is overdue.
    #[must_use]
    pub fn silent(&self) -> Vec<&'static str> {
        let now = Instant::now();
        let due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        due.iter().filter(|(_, due)| **due < now).map(|(task, _)| *task).collect()
    }
}
