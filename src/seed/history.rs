//! The history of a seeded job.

use crate::{
    clock::Timestamp,
    domain::jobs::{application, event::Kind, job::Status},
};

/// The current state of a job, its applications and the events of both.
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
    /// Whether it may be sent again although it was answered.
    pub may_return: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

#[derive(Debug)]
pub(super) struct Happened {
    pub kind: Kind,
    /// Unset for the gateway itself.
    pub actor: Option<usize>,
    pub about: About,
    pub at: Timestamp,
}

/// The details of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    Job,
    /// A field that changed, and the job's status at that time.
    Field(&'static str, Status),
    /// Index of an application for the job.
    Application(usize),
}

impl History {
    /// When an event of this kind first happened.
    pub(super) fn at(&self, kind: Kind) -> Option<Timestamp> {
        self.events.iter().find(|event| event.kind == kind).map(|event| event.at)
    }
}
