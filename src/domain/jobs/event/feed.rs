//! The events for one listener, one at a time.

use std::{collections::VecDeque, sync::Arc};

use super::{Interest, Kind, LIST, Logged, about, current::CurrentJob, departure::was_public};
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
    Yes(Told),
    No,
    /// Neither this event nor any later one.
    Never,
}

/// What a listener is told of a job besides the event.
#[derive(Clone)]
pub enum Told {
    /// The job as it is now.
    Job(Box<Job>),
    /// The job does not belong to the list that the listener keeps.
    Left,
    /// The same for a job that the viewer sees no more, and so may not know why.
    Gone,
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
        let current = services.events.current_job(services, logged.event.job_id).await?;
        let is_nothing = |current: &CurrentJob| {
            !self.interest.matches(current) && !self.interest.may_have_left(logged, current)
        };
        Ok(current.is_some_and(|current| is_nothing(&current)))
    }

    /// Whether the viewer may now see the event, with the current job.
    pub async fn visibility_of(
        &self,
        services: &Services,
        viewer: &Viewer,
        logged: &Logged,
    ) -> Result<Visibility> {
        let (audience, interest) = (viewer.audience()?, &self.interest);
        let current = services.events.current_job(services, logged.event.job_id).await?;
        let Some(current) = current else { return Ok(Visibility::No) };
        Ok(match seen(services, audience, &current).await? {
            Some(seen) if !self.may_hear(viewer, &seen.job, logged) => Visibility::No,
            Some(seen) if interest.matches(&seen) => {
                Visibility::Yes(Told::Job(Box::new(seen.job.clone())))
            }
            Some(seen) if interest.may_have_left(logged, &seen) => Visibility::Yes(Told::Left),
            // A job that became invisible stays so, unless it was paused.
            None if interest.job_id.is_some() => Visibility::Never,
            None if was_public(&logged.event) && interest.may_have_left(logged, &current) => {
                Visibility::Yes(Told::Gone)
            }
            _ => Visibility::No,
        })
    }

    /// The job's people see every event, applicants those of their own application, others those of
    /// the visible job itself, and of what changes the list that they keep.
    fn may_hear(&self, viewer: &Viewer, job: &Job, logged: &Logged) -> bool {
        if job::concerns(job, viewer) {
            return true;
        }
        let user_id = viewer.user_id();
        let data = about(&logged.event);
        match logged.event.kind {
            // What one side asks or says of the other is between them.
            Kind::Created | Kind::StartProposed | Kind::CancelProposed | Kind::Reviewed => false,
            Kind::Updated => data["draft"] == false,
            Kind::ApplicationReceived
            | Kind::ApplicationWithdrawn
            | Kind::ApplicationAccepted
            | Kind::Released
            | Kind::ApplicationRejected => {
                let is_own = user_id.is_some() && data["applicantId"].as_i64() == user_id;
                is_own || self.interest.list.is_some()
            }
            Kind::Published
            | Kind::Paused
            | Kind::Resumed
            | Kind::Cancelled
            | Kind::Started
            | Kind::ReportedDone
            | Kind::Completed
            | Kind::Disputed
            | Kind::Decided
            | Kind::Expired => true,
        }
    }
}

/// The job, if the audience may see it now. Public jobs are read once for all listeners, others for
/// each.
async fn seen(
    services: &Services,
    audience: Audience,
    current: &Arc<CurrentJob>,
) -> Result<Option<Arc<CurrentJob>>> {
    match audience {
        _ if job::is_public(current.job.status) => Ok(Some(current.clone())),
        Audience::Public => Ok(None),
        _ => Ok(job::find(services, audience, current.job.id).await?.map(CurrentJob::new)),
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
