use async_graphql::Enum;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    /// As typed; mail goes here.
    pub email: String,
    /// Equal for addresses that must not have two accounts.
    #[sea_orm(unique)]
    pub email_canonical: String,
    pub phone: Option<String>,
    pub password_hash: String,
    pub role: Role,
    /// What the second factor's secret is derived from; not the secret itself.
    pub totp_seed: Option<String>,
    /// Set once a first code was right: from then on sign-ins need one.
    pub totp_confirmed_at: Option<ChronoUnixTimestampMillis>,
    /// The newest time step whose code was taken (RFC 6238 §5.2: none is taken twice).
    pub totp_last_step: Option<i64>,
    /// Wrong codes of strangers after the right password, since a right one or a new password.
    #[sea_orm(default_value = 0)]
    pub wrong_codes: i64,
    pub verified_at: Option<ChronoUnixTimestampMillis>,
    pub suspended_at: Option<ChronoUnixTimestampMillis>,
    pub suspended_reason: Option<String>,
    /// When personal data is going to be erased, if its owner has asked for that.
    pub erase_at: Option<ChronoUnixTimestampMillis>,
    pub deleted_at: Option<ChronoUnixTimestampMillis>,
    pub created_at: ChronoUnixTimestampMillis,
    pub updated_at: ChronoUnixTimestampMillis,
}

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[graphql(name = "UserRole")]
pub enum Role {
    /// Posts jobs and applies to them.
    User,
    /// Runs the marketplace.
    Admin,
}

impl ActiveModelBehavior for ActiveModel {}
