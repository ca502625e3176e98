//! Signs of life of the tasks behind the scenes.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// When each task has to be heard of again.
#[derive(Debug)]
pub struct Heartbeats {
    allowance: Duration,
    due: Mutex<BTreeMap<&'static str, Instant>>,
}

impl Heartbeats {
    /// For tasks that may be this much later than they say.
    #[must_use]
    pub fn new(allowance: Duration) -> Self {
        Self { allowance, due: Mutex::default() }
    }

    /// The task is alive, and will say so again after this time.
    pub fn beat(&self, task: &'static str, rest: Duration) {
        let due = Instant::now() + rest + self.allowance;
        self.due.lock().unwrap_or_else(PoisonError::into_inner).insert(task, due);
    }

    /// The tasks that have begun and are not heard of any more.
    #[must_use]
    pub fn silent(&self) -> Vec<&'static str> {
        let now = Instant::now();
        let due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        due.iter().filter(|(_, due)| **due < now).map(|(task, _)| *task).collect()
    }
}
