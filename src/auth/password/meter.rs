//! Measures password hashes, for tests and operators.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use argon2::Params;

/// Counts the runs of argon2.
#[derive(Debug, Default)]
pub(super) struct Meter {
    runs: AtomicU64,
    cost: AtomicU64,
    running: AtomicU64,
    most_at_once: AtomicU64,
}

/// One run; ends when dropped.
pub(super) struct Running<'a>(&'a Meter);

impl Meter {
    pub(super) fn start(&self, params: &Params) -> Running<'_> {
        self.runs.fetch_add(1, Relaxed);
        self.cost.fetch_add(u64::from(params.m_cost()) * u64::from(params.t_cost()), Relaxed);
        let running = self.running.fetch_add(1, Relaxed) + 1;
        self.most_at_once.fetch_max(running, Relaxed);
        Running(self)
    }

    pub(super) fn runs(&self) -> u64 {
        self.runs.load(Relaxed)
    }

    pub(super) fn cost(&self) -> u64 {
        self.cost.load(Relaxed)
    }

    pub(super) fn most_at_once(&self) -> u64 {
        self.most_at_once.load(Relaxed)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Relaxed);
    }
}
