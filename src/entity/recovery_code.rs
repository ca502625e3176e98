use sea_orm::entity::prelude::*;

/// A code that can replace a one-time code once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_codes")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub user_id: i64,
    #[sea_orm(unique)]
    pub digest: String,
    pub used_at: Option<ChronoUnixTimestampMillis>,
}

impl ActiveModelBehavior for ActiveModel {}
