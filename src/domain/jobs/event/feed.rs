//! The events for one listener, one at a time.

use std::{collections::VecDeque, sync::Arc};

use super::{Interest, Kind, LIST, Logged, about};
use crate::{
    domain::{
        Services,
        change::last_position,
        jobs::job::{self, Job, Texts},
        store::page::Position,
        viewer::{Audience, Viewer},
    },
    error::{Error, FieldProblem, Result},
};

/// How many events a listener may be behind: a hundred batches, each read from the table for this
/// listener alone. Beyond that it should read the current lists instead.
const MOST_BEHIND: i64 = 10_000;

/// Events that a listener examines before it is charged, one point each: charging each event
/// separately would cost more than examining it.
pub const CHANGE: u32 = 50;

/// A listener's position in the log; holds a bounded number of events, however slow it is.
pub struct Feed {
    interest: Interest,
    /// Everything up to here was delivered or is queued.
    read_to: i64,
    waiting: VecDeque<Arc<Logged>>,
    /// Events examined but not charged yet.
    unpaid: u32,
}

/// Whether a viewer may see an event.
pub enum Visibility {
    /// Yes, with its job.
    Yes(Box<Job>),
    No,
    /// Neither this event nor any later one.
    Never,
}

impl Feed {
    /// Starts after the cursor of the listener's last event, or else now.
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

    /// The position where the feed starts.
    #[must_use]
    pub fn start(&self) -> i64 {
        self.read_to
    }

    /// Waits for the next event that the interest covers, without consuming it. None when
    /// [`CHANGE`] must be charged first.
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

    /// Consumes the next event.
    pub fn pass(&mut self) {
        self.waiting.pop_front();
        self.unpaid += 1;
    }

    /// The examined events were charged.
    pub fn paid(&mut self) {
        self.unpaid = 0;
    }

    /// Whether the event is filtered out for this listener whatever its rights: checked by the
    /// shared reading of the job, without a statement of its own.
    pub async fn leaves_out(&self, services: &Services, logged: &Logged) -> Result<bool> {
        let public = services.events.public_job(services, logged.event.job_id).await?;
        Ok(public.is_some_and(|public| !self.interest.filter.matches(&public.job, &public.texts)))
    }

    /// Whether the viewer may now see the event, with the current job. Public jobs are read once
    /// for all listeners, others for each.
    pub async fn visibility_of(
        &self,
        services: &Services,
        viewer: &Viewer,
        logged: &Logged,
    ) -> Result<Visibility> {
        let (audience, id) = (viewer.audience()?, logged.event.job_id);
        let filter = &self.interest.filter;
        let found = match (services.events.public_job(services, id).await?, audience) {
            (Some(public), _) => {
                filter.matches(&public.job, &public.texts).then(|| public.job.clone())
            }
            (None, Audience::Public) => None,
            (None, _) => job::find(services, audience, id)
                .await?
                .filter(|job| filter.matches(job, &Texts::default())),
        };
        Ok(match found {
            Some(job) if may_hear(viewer, &job, logged) => Visibility::Yes(Box::new(job)),
            // A job that became invisible stays so, unless it was paused.
            None if self.interest.job_id.is_some() => Visibility::Never,
            _ => Visibility::No,
        })
    }
}

/// The position of a cursor in a log with this end.
fn place(services: &Services, cursor: &str, end: i64) -> Result<i64, FieldProblem> {
    let position = Position::open(&services.keys, LIST, cursor).map(|position| position.id);
    match position {
        Some(position) if !(0..=end).contains(&position) => Err(FieldProblem::InvalidCursor),
        Some(position) if end - position > MOST_BEHIND => Err(FieldProblem::CursorTooOld),
        Some(position) => Ok(position),
        None => Err(FieldProblem::InvalidCursor),
    }
}

/// The job's people see every event, applicants those of their own application, others those of the
/// visible job itself.
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
