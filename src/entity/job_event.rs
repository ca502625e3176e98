use async_graphql::Enum;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job_events")]
pub struct Model {
    /// Position in the total order of all events.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub job_id: i64,
    /// Unset for the gateway itself.
    pub actor_id: Option<i64>,
    pub api_key_id: Option<i64>,
    pub kind: Kind,
    /// JSON: further facts besides the job.
    #[sea_orm(column_type = "Text")]
    pub data: String,
    pub created_at: ChronoUnixTimestampMillis,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[graphql(name = "JobEventKind")]
pub enum Kind {
    /// The job was posted, as a draft or published.
    Created,
    /// Its owner changed the job.
    Updated,
    /// Everybody can see the job now.
    Published,
    /// The account of its owner stopped, so the job is hidden from others and takes no applications.
    Paused,
    /// The account of its owner came back, and the job with it.
    Resumed,
    /// The job was called off.
    Cancelled,
    /// One side stepped back before the work began, so that the job takes applications again. Since December 2026.
    Released,
    /// One side asks to begin the work before its day. Since December 2026.
    StartProposed,
    /// The work began.
    Started,
    /// One side asks to call the job off although its work has begun. Since December 2026.
    CancelProposed,
    /// The assignee said that the work is done. Since December 2026.
    ReportedDone,
    /// The work is done: its owner confirmed it, or did not answer for three days.
    Completed,
    /// One side called the work or its end into question. Since December 2026.
    Disputed,
    /// An administrator decided a dispute. Since December 2026.
    Decided,
    /// One side of the completed job reviewed the other. Since December 2026.
    Reviewed,
    /// The job's time was over before anyone was accepted.
    Expired,
    /// Somebody applied.
    ApplicationReceived,
    /// An applicant took the application back.
    ApplicationWithdrawn,
    /// An applicant got the job.
    ApplicationAccepted,
    /// An applicant was turned down.
    ApplicationRejected,
}

impl ActiveModelBehavior for ActiveModel {}
