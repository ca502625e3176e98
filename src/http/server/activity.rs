//! What a connection is doing, and whether it takes too long.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use axum::http::Version;
use tokio::{
    sync::{Notify, watch},
    time::timeout,
};

use crate::config::Http;

/// What a client is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Sending the headers of a request, or just connected.
    Head,
    /// This many requests are not fully answered.
    Busy(u32),
    /// Keeping the connection open for later.
    Idle,
}

/// Shared by the parts of one connection.
#[derive(Debug)]
pub(super) struct Activity {
    phase: watch::Sender<Phase>,
    stalled: Notify,
    multiplexed: AtomicBool,
}

/// Why the gateway ends a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overdue {
    Head,
    Idle,
}

impl Activity {
    pub(super) fn new() -> Self {
        let phase = watch::Sender::new(Phase::Head);
        Self { phase, stalled: Notify::new(), multiplexed: AtomicBool::new(false) }
    }

    /// Whether the connection uses HTTP/2.
    pub(super) fn is_multiplexed(&self) -> bool {
        self.multiplexed.load(Ordering::Relaxed)
    }

    /// Bytes arrived. On an idle HTTP/1.1 connection they start a request; HTTP/2 has other frames.
    pub(super) fn receives(&self) {
        self.change(|phase| match phase {
            Phase::Idle if !self.is_multiplexed() => Phase::Head,
            same => same,
        });
    }

    /// The headers of a request are complete.
    pub(super) fn begins(&self, version: Version) {
        self.multiplexed.store(version == Version::HTTP_2, Ordering::Relaxed);
        self.change(|phase| match phase {
            Phase::Busy(requests) => Phase::Busy(requests + 1),
            Phase::Head | Phase::Idle => Phase::Busy(1),
        });
    }

    /// The response was handed over, or the client gave it up.
    pub(super) fn ends(&self) {
        self.change(|phase| match phase {
            Phase::Busy(requests) if requests > 1 => Phase::Busy(requests - 1),
            _ => Phase::Idle,
        });
    }

    /// The client does not read a response.
    pub(super) fn stalls(&self) {
        self.stalled.notify_one();
    }

    pub(super) async fn stalled(&self) {
        self.stalled.notified().await;
    }

    /// Resolves when the headers take too long, or the connection was idle too long.
    pub(super) async fn overdue(&self, settings: &Http) -> Overdue {
        let mut phase = self.phase.subscribe();
        loop {
            let current = *phase.borrow_and_update();
            let (limit, overdue) = match current {
                Phase::Busy(_) => (Duration::MAX, Overdue::Idle),
                Phase::Head => (settings.http_header_timeout_ms, Overdue::Head),
                Phase::Idle => (settings.http_idle_timeout_ms, Overdue::Idle),
            };
            if timeout(limit, phase.changed()).await.is_err() {
                return overdue;
            }
        }
    }

    /// Only a change of phase wakes waiters: further bytes or requests restart no timer.
    fn change(&self, next: impl FnOnce(Phase) -> Phase) {
        self.phase.send_if_modified(|phase| {
            let before = std::mem::replace(phase, next(*phase));
            std::mem::discriminant(&before) != std::mem::discriminant(phase)
        });
    }
}
