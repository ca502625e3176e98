//! Who is told of what happens to a job; never the person who did it.

use crate::entity::job_event::Kind;

/// A part that people have in a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// Who is told of an event of this kind.
#[must_use]
pub fn told(kind: Kind) -> &'static [Role] {
    match kind {
        Kind::ApplicationReceived | Kind::ApplicationWithdrawn => &[Role::Owner],
        Kind::ApplicationAccepted | Kind::ApplicationRejected => &[Role::Applicant],
        Kind::Updated => &[Role::Worker, Role::Applicants],
        // Applicants are told by the rejections of their applications.
        Kind::Started | Kind::Completed | Kind::Cancelled => &[Role::Parties],
        // Applicants of paused jobs get one mail for all jobs of an owner.
        Kind::Created | Kind::Published | Kind::Paused | Kind::Resumed | Kind::Expired => &[],
    }
}
