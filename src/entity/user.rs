use async_graphql::Enum;
use sea_orm::entity::prelude::*;

use crate::language::Language;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    /// As typed; mail is sent here.
    pub email: String,
    /// Canonical form: addresses with equal forms share one account.
    #[sea_orm(unique)]
    pub email_canonical: String,
    pub phone: Option<String>,
    /// Of mails.
    #[sea_orm(default_value = "zh-TW")]
    pub language: Language,
    pub password_hash: String,
    pub role: Role,
    /// Seed from which the second factor's secret is derived; not the secret itself.
    pub totp_seed: Option<String>,
    /// When a first code was confirmed: from then on sign-ins require one.
    pub totp_confirmed_at: Option<ChronoUnixTimestampMillis>,
    /// The newest time step whose code was used (RFC 6238 §5.2: each only once).
    pub totp_last_step: Option<i64>,
    /// Wrong codes after the right password, since the last right code or new password.
    #[sea_orm(default_value = 0)]
    pub wrong_codes: i64,
    pub verified_at: Option<ChronoUnixTimestampMillis>,
    pub suspended_at: Option<ChronoUnixTimestampMillis>,
    pub suspended_reason: Option<String>,
    /// When personal data will be erased, if the owner requested it.
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
