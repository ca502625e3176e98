//! The life of a job: every step in one table, from which docs/jobs.md is printed.

use chrono::TimeDelta;

pub use crate::entity::job::Status;
use crate::{
    domain::spelled,
    entity::{job::Proposal, job_event::Kind},
    error::{Conflict, Error, Result},
};

/// A transition of a job's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    Publish,
    Pause,
    Resume,
    Assign,
    Release,
    Start,
    Report,
    Complete,
    Dispute,
    /// Decides a dispute: the work counts as done.
    Uphold,
    /// Decides a dispute: the job counts as called off.
    Annul,
    Cancel,
    Expire,
}

/// Who takes a step. A party of the job is never its administrator as well: nobody judges their own case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Owner,
    Worker,
    Administrator,
    Gateway,
}

/// What a step asks for besides the status and who takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    Nothing,
    /// The day of the work has come, or both sides want to begin earlier.
    DayOrBoth,
    /// Both sides want it.
    Both,
    /// The job was not disputed before, and is not completed for longer than [`DISPUTABLE`].
    OnceInTime,
    /// The report is older than the setting.
    Unanswered,
    OverTime,
    OwnerStops,
    OwnerReturns,
    OwnerErased,
}

/// How long after its completion a job can be disputed.
pub const DISPUTABLE: TimeDelta = TimeDelta::days(7);

/// One row of the table: from where, by whom and on which condition a transition may be taken. Where it leads
/// and which event tells of it, the transition itself says.
#[derive(Debug)]
pub struct Rule {
    pub transition: Transition,
    pub from: &'static [Status],
    pub by: &'static [Who],
    pub guard: Guard,
}

const fn rule(
    transition: Transition,
    from: &'static [Status],
    by: &'static [Who],
    guard: Guard,
) -> Rule {
    Rule { transition, from, by, guard }
}

use Status::{
    Assigned, Cancelled, Completed, Disputed, Draft, Expired, InProgress, Paused, Published,
    ReportedDone,
};
use Transition as T;
use Who::{Administrator, Gateway, Owner, Worker};

/// Before the work begins.
const BEFORE: &[Status] = &[Draft, Published, Paused, Assigned];
/// Since the work began, until its end is confirmed.
const DURING: &[Status] = &[InProgress, ReportedDone];
const OWNER: &[Who] = &[Owner, Administrator];
const PARTIES: &[Who] = &[Owner, Worker];
const ANYBODY: &[Who] = &[Owner, Worker, Administrator];
const GATEWAY: &[Who] = &[Gateway];

/// Every step in the life of a job. For each status, at most one row of a transition is for the same person.
#[rustfmt::skip]
pub const LIFE: &[Rule] = &[
    rule(T::Publish,  &[Draft],                               OWNER,            Guard::Nothing),
    rule(T::Pause,    &[Published],                           GATEWAY,          Guard::OwnerStops),
    rule(T::Resume,   &[Paused],                              GATEWAY,          Guard::OwnerReturns),
    rule(T::Assign,   &[Published],                           OWNER,            Guard::Nothing),
    rule(T::Release,  &[Assigned],                            PARTIES,          Guard::Nothing),
    rule(T::Start,    &[Assigned],                            ANYBODY,          Guard::DayOrBoth),
    rule(T::Report,   &[InProgress],                          &[Worker],        Guard::Nothing),
    rule(T::Complete, DURING,                                 OWNER,            Guard::Nothing),
    rule(T::Complete, &[ReportedDone],                        GATEWAY,          Guard::Unanswered),
    rule(T::Complete, DURING,                                 GATEWAY,          Guard::OwnerErased),
    rule(T::Dispute,  &[InProgress, ReportedDone, Completed], PARTIES,          Guard::OnceInTime),
    rule(T::Uphold,   &[Disputed],                            &[Administrator], Guard::Nothing),
    rule(T::Annul,    &[Disputed],                            &[Administrator], Guard::Nothing),
    rule(T::Cancel,   BEFORE,                                 OWNER,            Guard::Nothing),
    rule(T::Cancel,   DURING,                                 ANYBODY,          Guard::Both),
    rule(T::Cancel,   BEFORE,                                 GATEWAY,          Guard::OwnerErased),
    rule(T::Expire,   &[Published, Paused],                   GATEWAY,          Guard::OverTime),
];

impl Rule {
    /// The row by which this person may take the step now: 403 if it is not theirs to take, else a conflict that
    /// names the status.
    pub fn of(transition: Transition, status: Status, who: Who) -> Result<&'static Self> {
        let rows = || LIFE.iter().filter(move |row| row.transition == transition);
        let here = || rows().filter(|row| row.from.contains(&status));
        if let Some(row) = here().find(|row| row.by.contains(&who)) {
            return Ok(row);
        }
        let is_another_s = here().any(|row| row.by != GATEWAY);
        let is_theirs = rows().any(|row| row.by.contains(&who));
        Err(if is_theirs && !is_another_s { conflict(status) } else { Error::Forbidden })
    }

    /// What one side proposes to the other where both are needed.
    #[must_use]
    pub fn proposal(&self) -> Option<Proposal> {
        match self.guard {
            Guard::DayOrBoth => Some(Proposal::Start),
            Guard::Both => Some(Proposal::Cancel),
            _ => None,
        }
    }
}

impl Transition {
    /// The statuses that allow the transition to somebody.
    pub fn sources(self) -> impl Iterator<Item = Status> {
        LIFE.iter().filter(move |row| row.transition == self).flat_map(|row| row.from).copied()
    }

    /// Checks that this status allows the transition; else a conflict that names the status.
    pub fn from(self, status: Status) -> Result<()> {
        if self.sources().any(|source| source == status) { Ok(()) } else { Err(conflict(status)) }
    }

    /// The status after the transition.
    #[must_use]
    pub fn to(self) -> Status {
        match self {
            T::Publish | T::Resume | T::Release => Published,
            T::Pause => Paused,
            T::Assign => Assigned,
            T::Start => InProgress,
            T::Report => ReportedDone,
            T::Complete | T::Uphold => Completed,
            T::Dispute => Disputed,
            T::Annul | T::Cancel => Cancelled,
            T::Expire => Expired,
        }
    }

    /// The event that tells of the transition.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            T::Publish => Kind::Published,
            T::Pause => Kind::Paused,
            T::Resume => Kind::Resumed,
            T::Assign => Kind::ApplicationAccepted,
            T::Release => Kind::Released,
            T::Start => Kind::Started,
            T::Report => Kind::ReportedDone,
            T::Complete => Kind::Completed,
            T::Dispute => Kind::Disputed,
            T::Uphold | T::Annul => Kind::Decided,
            T::Cancel => Kind::Cancelled,
            T::Expire => Kind::Expired,
        }
    }
}

/// The error for a change that the status does not allow.
#[must_use]
pub fn conflict(status: Status) -> Error {
    Error::Conflict(Conflict::JobState(spelled(status)))
}
