use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_keys")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub user_id: i64,
    pub name: String,
    /// What clients send as `X-API-Key`.
    #[sea_orm(unique)]
    pub public_id: String,
    pub secret_digest: String,
    /// Scopes separated by spaces, as in RFC 6749 §3.3.
    pub scopes: String,
    #[sea_orm(default_value = false)]
    pub trusted_documents_only: bool,
    /// The networks (CIDR) that may use the key, separated by spaces; all if unset.
    pub networks: Option<String>,
    /// The days that it was created for; if unset, the time from creation to expiry.
    pub life_days: Option<i64>,
    /// The secret before the last rotation …
    pub previous_secret_digest: Option<String>,
    /// … and the time until which it is accepted.
    pub previous_secret_until: Option<ChronoUnixTimestampMillis>,
    /// The warning sent last, in days before expiry.
    pub warned_days: Option<i64>,
    pub created_at: ChronoUnixTimestampMillis,
    pub expires_at: ChronoUnixTimestampMillis,
    pub revoked_at: Option<ChronoUnixTimestampMillis>,
    pub last_used_at: Option<ChronoUnixTimestampMillis>,
    #[sea_orm(belongs_to, from = "user_id", to = "id")]
    pub user: BelongsTo<super::user::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
