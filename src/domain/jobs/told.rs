//! Who is told of what happens to a job: the one place that says it.

use crate::entity::job_event::Kind;

/// Somebody in the life of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    Owner,
    /// The assignee.
    Worker,
    /// The person of the application that the event is about.
    Applicant,
    /// Everybody with a pending application.
    Applicants,
    /// Owner and worker.
    Parties,
    Administrators,
}

/// Who is told of an event of this kind, always without the person who did it.
#[must_use]
pub fn told(kind: Kind) -> &'static [Role] {
    match kind {
        // Pausing itself mails those who wait, one mail for all jobs of an owner.
        Kind::Created | Kind::Published | Kind::Paused | Kind::Resumed => &[],
        Kind::Updated => &[Role::Applicants],
        Kind::ApplicationReceived
        | Kind::ApplicationWithdrawn
        | Kind::ReportedDone
        | Kind::Expired => &[Role::Owner],
        Kind::ApplicationAccepted | Kind::ApplicationRejected => &[Role::Applicant],
        // The job has no worker any more: the event names whose application ended.
        Kind::Released => &[Role::Owner, Role::Applicant],
        // Those who wait are told by the rejection of their applications.
        Kind::StartProposed
        | Kind::Started
        | Kind::CancelProposed
        | Kind::Completed
        | Kind::Decided
        | Kind::Reviewed
        | Kind::Cancelled => &[Role::Parties],
        Kind::Disputed => &[Role::Parties, Role::Administrators],
    }
}
