use async_graphql::Enum;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "applications")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub job_id: i64,
    pub applicant_id: i64,
    #[sea_orm(column_type = "Text")]
    pub message: String,
    /// Whole New Taiwan dollars; if unset, the job's estimated amount.
    pub offered_amount: Option<i64>,
    pub status: Status,
    pub created_at: ChronoUnixTimestampMillis,
    pub updated_at: ChronoUnixTimestampMillis,
    /// How often it was sent: applying again after withdrawing reuses the row.
    #[sea_orm(default_value = 1)]
    pub times_sent: i64,
    /// Whether the applicant may send it again although it was answered: somebody else was accepted, or the
    /// applicant gave the job back.
    #[sea_orm(default_value = false)]
    pub may_return: bool,
}

/// What became of an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[graphql(name = "ApplicationStatus")]
pub enum Status {
    /// The owner has not decided yet.
    Pending,
    /// The applicant took it back.
    Withdrawn,
    /// The applicant got the job.
    Accepted,
    /// The owner decided otherwise.
    Rejected,
    /// The applicant got the job, and one side stepped back before the work began. Since December 2026.
    Released,
}

impl ActiveModelBehavior for ActiveModel {}
