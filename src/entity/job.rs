use async_graphql::Enum;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub owner_id: i64,
    pub assignee_id: Option<i64>,
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub description: String,
    pub job_type: String,
    pub city: String,
    /// The name of the city that is meant, however it is spelled; else its spelling, folded.
    pub city_folded: String,
    /// The key of the district, named by its owner or certain from the address; else empty.
    #[sea_orm(default_value = "")]
    pub district: String,
    pub address: String,
    /// Whole New Taiwan dollars.
    pub estimated_amount: i64,
    pub status: Status,
    pub scheduled_at: Option<ChronoUnixTimestampMillis>,
    pub expires_at: Option<ChronoUnixTimestampMillis>,
    /// Incremented with each change, from 1.
    pub version: i64,
    pub created_at: ChronoUnixTimestampMillis,
    pub updated_at: ChronoUnixTimestampMillis,
    /// The kind of index that the job was last written to; 0 for none.
    #[sea_orm(default_value = 0)]
    pub indexed: i64,
    /// Applications that were not withdrawn.
    #[sea_orm(default_value = 0)]
    pub application_count: i64,
}

/// The life of a job: DRAFT → PUBLISHED → ASSIGNED → `IN_PROGRESS` → COMPLETED; or CANCELLED or EXPIRED.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[graphql(name = "JobStatus")]
pub enum Status {
    /// Only its owner sees it.
    Draft,
    /// Everybody sees it and may apply.
    Published,
    /// On hold while the account of its owner is stopped: applicants still see it, and nobody may apply.
    Paused,
    /// An applicant was accepted.
    Assigned,
    /// The work has begun.
    InProgress,
    /// The owner has confirmed that the work is done.
    Completed,
    /// The owner has called it off.
    Cancelled,
    /// Its time was over before anyone was accepted.
    Expired,
}

impl ActiveModelBehavior for ActiveModel {}
