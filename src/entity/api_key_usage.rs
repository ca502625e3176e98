use sea_orm::entity::prelude::*;

/// How often a key was used on a day (UTC, days since 1970) for a route or root field.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key_usage")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub api_key_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub route: String,
    pub requests: i64,
    /// How many of the requests were refused by a limit.
    pub refused: i64,
    /// How many failed for another fault of the client.
    #[sea_orm(default_value = 0)]
    pub client_errors: i64,
    #[sea_orm(default_value = 0)]
    pub server_errors: i64,
}

impl ActiveModelBehavior for ActiveModel {}
