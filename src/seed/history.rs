//! What became of a made-up job.

use crate::{
    clock::Timestamp,
    domain::jobs::{application, event::Kind, job::Status},
};

/// The present state of a job, the applications for it and the log of both.
#[derive(Debug)]
pub(super) struct History {
    pub status: Status,
    pub version: i64,
    pub updated_at: Timestamp,
    pub assignee: Option<usize>,
    pub applications: Vec<Applied>,
    pub events: Vec<Happened>,
}

#[derive(Debug)]
pub(super) struct Applied {
    pub applicant: usize,
    pub message: String,
    pub offered_amount: Option<i64>,
    pub status: application::Status,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

#[derive(Debug)]
pub(super) struct Happened {
    pub kind: Kind,
    /// Unset: the gateway itself.
    pub actor: Option<usize>,
    pub about: About,
    pub at: Timestamp,
}

/// What an event tells besides its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    Job,
    /// A field that changed, and the state of the job at that time.
    Field(&'static str, Status),
    /// Index of an application for the job.
    Application(usize),
}

impl History {
    /// When something of this kind happened first.
    pub(super) fn at(&self, kind: Kind) -> Option<Timestamp> {
        self.events.iter().find(|event| event.kind == kind).map(|event| event.at)
    }
}
