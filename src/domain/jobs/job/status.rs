//! The state machine of a job.

pub use crate::entity::job::Status;
use crate::{
    domain::spelled,
    error::{Conflict, Error, Result},
};

/// A transition of a job's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    Publish,
    Pause,
    Resume,
    Assign,
    Start,
    Complete,
    Cancel,
    Expire,
}

impl Transition {
    /// The statuses that allow the transition, and the status it leads to.
    fn rule(self) -> (&'static [Status], Status) {
        use Status::{
            Assigned, Cancelled, Completed, Draft, Expired, InProgress, Paused, Published,
        };
        match self {
            Self::Publish => (&[Draft], Published),
            Self::Pause => (&[Published], Paused),
            Self::Resume => (&[Paused], Published),
            Self::Assign => (&[Published], Assigned),
            Self::Start => (&[Assigned], InProgress),
            Self::Complete => (&[InProgress], Completed),
            Self::Cancel => (&[Draft, Published, Paused, Assigned], Cancelled),
            Self::Expire => (&[Published, Paused], Expired),
        }
    }

    /// The statuses that allow the transition.
    #[must_use]
    pub fn sources(self) -> &'static [Status] {
        self.rule().0
    }

    /// Checks that this status allows the transition; else a conflict that names the status.
    pub fn from(self, status: Status) -> Result<()> {
        if self.sources().contains(&status) { Ok(()) } else { Err(conflict(status)) }
    }

    /// The status after the transition.
    #[must_use]
    pub fn to(self) -> Status {
        self.rule().1
    }
}

/// The error for a change that the status does not allow.
#[must_use]
pub fn conflict(status: Status) -> Error {
    Error::Conflict(Conflict::JobState(spelled(status)))
}
