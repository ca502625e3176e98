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
    /// The city in a form for comparison: 台 and 臺 are equal.
    pub city_folded: String,
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
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Status {
    Draft,
    Published,
    /// Published, but hidden while its owner's account waits for erasure.
    Paused,
    Assigned,
    InProgress,
    Completed,
    Cancelled,
    Expired,
}

impl ActiveModelBehavior for ActiveModel {}
