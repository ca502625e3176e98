use async_graphql::Enum;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub user_id: i64,
    pub refresh_mode: RefreshMode,
    pub user_agent: Option<String>,
    pub address: Option<String>,
    pub created_at: ChronoUnixTimestampMillis,
    pub last_used_at: ChronoUnixTimestampMillis,
    /// Absolute expiry, however the session is used.
    pub expires_at: ChronoUnixTimestampMillis,
    pub revoked_at: Option<ChronoUnixTimestampMillis>,
    #[sea_orm(belongs_to, from = "user_id", to = "id")]
    pub user: BelongsTo<super::user::Entity>,
}

/// How a session is kept alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum RefreshMode {
    /// One refresh token for the whole session.
    Static,
    /// Each refresh replaces the refresh token; an old one presented again ends the session.
    Rotating,
}

impl ActiveModelBehavior for ActiveModel {}
