use sea_orm::entity::prelude::*;

/// One of the last requests with a key.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key_requests")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub api_key_id: i64,
    pub at: ChronoUnixTimestampMillis,
    pub request_id: String,
    /// As in the usage of keys.
    pub route: String,
    /// The name that the client gave its operation, cut.
    pub operation: Option<String>,
    /// None for an operation over a WebSocket.
    pub status: Option<i64>,
    pub code: Option<String>,
    pub duration_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}
