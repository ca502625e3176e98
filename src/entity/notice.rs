use async_graphql::Enum;
use sea_orm::entity::prelude::*;

/// Something that a person is told of a job.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notices")]
pub struct Model {
    /// Grows in the order in which notices are committed.
    #[sea_orm(primary_key)]
    pub id: i64,
    pub user_id: i64,
    pub kind: Kind,
    /// What it comes from: the same thing is told a person once.
    #[sea_orm(column_type = "Text")]
    pub source: String,
    pub job_id: i64,
    pub application_id: Option<i64>,
    /// Who did it; unset for the gateway itself.
    pub actor_id: Option<i64>,
    pub created_at: ChronoUnixTimestampMillis,
    pub read_at: Option<ChronoUnixTimestampMillis>,
    /// When it is to be mailed; unset if it was, or is not to be.
    pub mail_at: Option<ChronoUnixTimestampMillis>,
}

/// What a notice tells.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum, Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[graphql(name = "NoticeKind")]
pub enum Kind {
    /// Somebody applied to the reader's job.
    ApplicationReceived,
    /// The reader got the job.
    ApplicationAccepted,
    /// The reader did not get the job.
    ApplicationRejected,
    /// Somebody took back an application to the reader's job.
    ApplicationWithdrawn,
    /// A job changed that the reader applied to or works on.
    JobChanged,
    /// A job was called off.
    JobCancelled,
    /// The worker or the owner stepped back before the start: the job is open again.
    JobReleased,
    /// Nobody has the reader's job yet, and tomorrow its time is over.
    JobExpiresTomorrow,
    /// Nobody had the reader's job, and its time is over.
    JobExpired,
    /// The work is to begin tomorrow.
    ScheduledTomorrow,
    /// The work began.
    WorkStarted,
    /// The worker says that the work is done: the owner is to confirm it.
    ReportedDone,
    /// The job is completed.
    Completed,
    /// The other side says that something is wrong.
    Disputed,
    /// An administrator has decided the dispute.
    Decided,
    /// The other side would like to begin before the agreed day.
    StartProposed,
    /// The other side would like to call off work that has begun.
    CancelProposed,
    /// The job is completed, and the reader may write a review.
    ReviewToWrite,
    /// The other side's review can be read.
    ReviewToRead,
}

impl ActiveModelBehavior for ActiveModel {}
