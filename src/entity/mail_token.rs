use sea_orm::entity::prelude::*;

/// The facts from which a mailed token is computed; the token itself is not stored.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_tokens")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub user_id: i64,
    pub purpose: Purpose,
    pub email: String,
    pub created_at: ChronoUnixTimestampMillis,
    pub expires_at: ChronoUnixTimestampMillis,
    pub used_at: Option<ChronoUnixTimestampMillis>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Purpose {
    VerifyEmail,
    ResetPassword,
    ChangeEmail,
}

impl ActiveModelBehavior for ActiveModel {}
