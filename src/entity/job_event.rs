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
    /// Its owner called the job off.
    Cancelled,
    /// The work began.
    Started,
    /// Its owner confirmed that the work is done.
    Completed,
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
