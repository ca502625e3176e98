use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refresh_tokens")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub session_id: i64,
    #[sea_orm(unique)]
    pub digest: String,
    pub created_at: ChronoUnixTimestampMillis,
    /// When its successor was issued.
    pub replaced_at: Option<ChronoUnixTimestampMillis>,
    /// When it was first used.
    pub used_at: Option<ChronoUnixTimestampMillis>,
}

impl ActiveModelBehavior for ActiveModel {}
