use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "daily_counts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub bucket: String,
    /// Days since the Unix epoch, UTC.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i64,
    pub count: i64,
}

impl ActiveModelBehavior for ActiveModel {}
