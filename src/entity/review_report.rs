use async_graphql::Enum;
use sea_orm::entity::prelude::*;

/// Somebody's complaint about a review.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review_reports")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub review_id: i64,
    pub reporter_id: i64,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub status: Status,
    pub created_at: ChronoUnixTimestampMillis,
    /// When an administrator decided.
    pub settled_at: Option<ChronoUnixTimestampMillis>,
}

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[graphql(name = "ReviewReportStatus")]
pub enum Status {
    /// No administrator has decided yet.
    Open,
    /// The review was hidden.
    Upheld,
    /// The review stays as it is.
    Dismissed,
}

impl ActiveModelBehavior for ActiveModel {}
