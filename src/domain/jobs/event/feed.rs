//! What one listener is told, one event at a time.

use std::{collections::VecDeque, sync::Arc};

use super::{Interest, Kind, LIST, Logged, about};
use crate::{
    domain::{
        Services,
        change::last_position,
        jobs::job::{self, Job},
        store::page::Position,
        viewer::{Audience, Viewer},
    },
    error::{Error, FieldProblem, Result},
};

/// Events that a listener may have missed: a hundred batches, each of which is read from the table
/// for that listener alone. Whoever missed more is served better by the lists of now.
const MOST_BEHIND: i64 = 10_000;

/// What a listener looks at before it is charged for looking, a point for each event: to charge each
/// by itself would cost more than to look.
pub const CHANGE: u32 = 50;

/// A listener's place in the log; it holds a bounded number of events, however slow it is.
pub struct Feed {
    interest: Interest,
    /// Everything up to here was told or is waiting.
    read_to: i64,
    waiting: VecDeque<Arc<Logged>>,
    /// What was looked at and not charged yet.
    unpaid: u32,
}

/// Whether an event is told to somebody.
pub enum Visibility {
    /// It is, and this is its job.
    Yes(Box<Job>),
    No,
    /// Nor will any later one be.
    Never,
}

impl Feed {
    /// From the cursor of the last event that the listener knows, or else from now on.
    pub async fn open(
        services: &Services,
        interest: Interest,
        after: Option<&str>,
    ) -> Result<Self> {
        let end = last_position(services.db.read()).await?;
        let read_to = match after {
            None => end,
            Some(cursor) => {
                place(services, cursor, end).map_err(|problem| Error::field("after", problem))?
            }
        };
        Ok(Self { interest, read_to, waiting: VecDeque::new(), unpaid: 0 })
    }

    /// Where the feed begins, for a listener that has heard nothing yet.
    #[must_use]
    pub fn start(&self) -> i64 {
        self.read_to
    }

    /// Waits for the next event that the interest covers; it stays the next until it is passed.
    /// Nothing, once [`CHANGE`] has to be paid before the listener looks further.
    pub async fn next(&mut self, services: &Services) -> Result<Option<Arc<Logged>>> {
        while self.unpaid < CHANGE {
            if let Some(logged) = self.waiting.front() {
                return Ok(Some(logged.clone()));
            }
            let batch = services.events.after(services, self.read_to, &self.interest).await?;
            (self.read_to, self.waiting) = (batch.read_to, batch.events);
            self.unpaid += 1;
        }
        Ok(None)
    }

    /// Goes on to the event after the next.
    pub fn pass(&mut self) {
        self.waiting.pop_front();
        self.unpaid += 1;
    }

    /// Looking was paid for.
    pub fn paid(&mut self) {
        self.unpaid = 0;
    }

    /// Whether the event is nothing for this listener, whoever it is: a look at the job that was read
    /// once for all, without any statement for one of them.
    pub async fn leaves_out(&self, services: &Services, logged: &Logged) -> Result<bool> {
        let public = services.events.public_job(services, logged.event.job_id).await?;
        Ok(public.is_some_and(|job| !self.interest.filter.matches(&job)))
    }

    /// Whether the viewer, as known now, is told of the event; the job is the one of now. What
    /// everybody may see is read once for all; what only some may, for each of them.
    pub async fn visibility_of(
        &self,
        services: &Services,
        viewer: &Viewer,
        logged: &Logged,
    ) -> Result<Visibility> {
        let (audience, id) = (viewer.audience()?, logged.event.job_id);
        let found = match (services.events.public_job(services, id).await?, audience) {
            (Some(job), _) => Some(Job::clone(&job)),
            (None, Audience::Public) => None,
            (None, _) => job::find(services, audience, id).await?,
        };
        Ok(match found.filter(|job| self.interest.filter.matches(job)) {
            Some(job) if may_hear(viewer, &job, logged) => Visibility::Yes(Box::new(job)),
            // A job that somebody does not see any more does not come back, unless it was paused.
            None if self.interest.job_id.is_some() => Visibility::Never,
            _ => Visibility::No,
        })
    }
}

/// The position of a cursor in a log that ends there.
fn place(services: &Services, cursor: &str, end: i64) -> Result<i64, FieldProblem> {
    let position = Position::open(&services.keys, LIST, cursor).map(|position| position.id);
    match position {
        Some(position) if !(0..=end).contains(&position) => Err(FieldProblem::InvalidCursor),
        Some(position) if end - position > MOST_BEHIND => Err(FieldProblem::CursorTooOld),
        Some(position) => Ok(position),
        None => Err(FieldProblem::InvalidCursor),
    }
}

/// The job's people hear everything, applicants of their own application, others of what the
/// visible job itself went through.
fn may_hear(viewer: &Viewer, job: &Job, logged: &Logged) -> bool {
    if job::concerns(job, viewer) {
        return true;
    }
    let user_id = viewer.user_id();
    let data = about(&logged.event);
    match logged.event.kind {
        Kind::Created => false,
        Kind::Updated => data["draft"] == false,
        Kind::ApplicationReceived
        | Kind::ApplicationWithdrawn
        | Kind::ApplicationAccepted
        | Kind::ApplicationRejected => user_id.is_some() && data["applicantId"].as_i64() == user_id,
        Kind::Published
        | Kind::Paused
        | Kind::Resumed
        | Kind::Cancelled
        | Kind::Started
        | Kind::Completed
        | Kind::Expired => true,
    }
}
