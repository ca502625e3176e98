use sea_orm::entity::prelude::*;

/// How far a task has followed something, and which process does it now.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "followers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub name: String,
    /// Everything up to here is done.
    pub position: i64,
    /// The process that does it.
    #[sea_orm(column_type = "Text", nullable)]
    pub holder: Option<String>,
    /// When another process may take over.
    pub held_until: Option<ChronoUnixTimestampMillis>,
    /// Where the position is a time: the last row of that time that is done.
    #[sea_orm(default_value = 0)]
    pub last_id: i64,
}

impl ActiveModelBehavior for ActiveModel {}
