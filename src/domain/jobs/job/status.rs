//! The life of a job: which state may follow which.

pub use crate::entity::job::Status;
use crate::{
    domain::spelled,
    error::{Conflict, Error, Result},
};

/// A step in the life of a job.
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
    /// The states from which the step may be taken, and the state it leads to.
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

    /// The states from which the step may be taken.
    #[must_use]
    pub fn sources(self) -> &'static [Status] {
        self.rule().0
    }

    /// Refuses the step with a conflict that names the present state, unless it may be taken.
    pub fn from(self, status: Status) -> Result<()> {
        if self.sources().contains(&status) { Ok(()) } else { Err(conflict(status)) }
    }

    /// The state after this step.
    #[must_use]
    pub fn to(self) -> Status {
        self.rule().1
    }
}

/// The refusal of a change that the state does not allow.
#[must_use]
pub fn conflict(status: Status) -> Error {
    Error::Conflict(Conflict::JobState(spelled(status)))
}
