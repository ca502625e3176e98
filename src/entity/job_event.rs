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

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Kind {
    Created,
    Updated,
    Published,
    Paused,
    Resumed,
    Cancelled,
    Started,
    Completed,
    Expired,
    ApplicationReceived,
    ApplicationWithdrawn,
    ApplicationAccepted,
    ApplicationRejected,
}

impl ActiveModelBehavior for ActiveModel {}
