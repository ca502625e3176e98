use sea_orm::entity::prelude::*;

/// What one side of a completed job says of the other.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reviews")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub job_id: i64,
    pub author_id: i64,
    pub reviewed_id: i64,
    /// Stars, from 1 to 5.
    pub rating: i64,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// The only words of the reviewed person; unset again if their account is erased.
    #[sea_orm(column_type = "Text")]
    pub reply: Option<String>,
    pub replied_at: Option<ChronoUnixTimestampMillis>,
    pub created_at: ChronoUnixTimestampMillis,
    /// From when on everybody sees it, and it counts.
    pub visible_at: ChronoUnixTimestampMillis,
    /// When an administrator hid it.
    pub hidden_at: Option<ChronoUnixTimestampMillis>,
    #[sea_orm(column_type = "Text")]
    pub hidden_reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
