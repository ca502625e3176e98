//! What a connection is busy with, and since when too long.

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

/// What a client does at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// It sends the head of a request, or has just connected.
    Head,
    /// It has so many requests that are not fully answered.
    Busy(u32),
    /// It keeps the connection for later.
    Idle,
}

/// Shared by the parts of one connection.
#[derive(Debug)]
pub(super) struct Activity {
    phase: watch::Sender<Phase>,
    stalled: Notify,
    multiplexed: AtomicBool,
}

/// Why a connection is ended from this side.
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

    /// Whether the client speaks HTTP/2.
    pub(super) fn is_multiplexed(&self) -> bool {
        self.multiplexed.load(Ordering::Relaxed)
    }

    /// Bytes came in. Between two requests of HTTP/1.1 they begin a head; HTTP/2 has other frames.
    pub(super) fn receives(&self) {
        self.change(|phase| match phase {
            Phase::Idle if !self.is_multiplexed() => Phase::Head,
            same => same,
        });
    }

    /// The head of a request is complete.
    pub(super) fn begins(&self, version: Version) {
        self.multiplexed.store(version == Version::HTTP_2, Ordering::Relaxed);
        self.change(|phase| match phase {
            Phase::Busy(requests) => Phase::Busy(requests + 1),
            Phase::Head | Phase::Idle => Phase::Busy(1),
        });
    }

    /// The answer of a request is handed over, or nobody wants it any more.
    pub(super) fn ends(&self) {
        self.change(|phase| match phase {
            Phase::Busy(requests) if requests > 1 => Phase::Busy(requests - 1),
            _ => Phase::Idle,
        });
    }

    /// The client does not take an answer.
    pub(super) fn stalls(&self) {
        self.stalled.notify_one();
    }

    pub(super) async fn stalled(&self) {
        self.stalled.notified().await;
    }

    /// Resolves when the client has taken too long to send a head, or has nothing to ask.
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

    /// Waiters are woken only by another phase: a byte or a request more restarts no clock.
    fn change(&self, next: impl FnOnce(Phase) -> Phase) {
        self.phase.send_if_modified(|phase| {
            let before = std::mem::replace(phase, next(*phase));
            std::mem::discriminant(&before) != std::mem::discriminant(phase)
        });
    }
}
