use sea_orm::entity::prelude::*;

use super::job_event::Kind;

/// An event that is committed and has no position yet. Only PostgreSQL has any, for moments.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pending_events")]
pub struct Model {
    /// In the order of their changes within a job.
    #[sea_orm(primary_key)]
    pub id: i64,
    pub job_id: i64,
    pub actor_id: Option<i64>,
    pub api_key_id: Option<i64>,
    pub kind: Kind,
    #[sea_orm(column_type = "Text")]
    pub data: String,
    pub created_at: ChronoUnixTimestampMillis,
}

impl ActiveModelBehavior for ActiveModel {}
