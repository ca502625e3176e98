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
    /// Whole New Taiwan dollars, from the accepted application; unset while nobody is assigned.
    pub agreed_amount: Option<i64>,
    /// When the assignee last said that the work is done.
    pub reported_at: Option<ChronoUnixTimestampMillis>,
    pub completed_at: Option<ChronoUnixTimestampMillis>,
    /// When the work was called into question, which happens once at most.
    pub disputed_at: Option<ChronoUnixTimestampMillis>,
    /// The step that one side waits for the other to agree to; every change of the status clears it.
    pub proposal: Option<Proposal>,
    pub proposed_by: Option<i64>,
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
    /// The assignee says that the work is done, and the owner has not confirmed it yet. Since December 2026.
    ReportedDone,
    /// The work is done: the owner has confirmed it, or did not answer for three days.
    Completed,
    /// One side disputes the work or its end; an administrator will decide. Since December 2026.
    Disputed,
    /// It was called off.
    Cancelled,
    /// Its time was over before anyone was accepted.
    Expired,
}

/// A step that needs both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[graphql(name = "JobProposalStep")]
pub enum Proposal {
    /// To begin the work before its day.
    Start,
    /// To call the job off after its work has begun.
    Cancel,
}

impl ActiveModelBehavior for ActiveModel {}
