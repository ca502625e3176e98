use sea_orm::entity::prelude::*;

/// A mail to send; it is rendered when it is sent, so that no token is stored.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The same at every attempt, so that mail programs recognise duplicates.
    #[sea_orm(unique)]
    pub message_id: String,
    pub kind: Kind,
    pub user_id: i64,
    pub mail_token_id: Option<i64>,
    /// The recipient, if not the account's own address.
    pub recipient: Option<String>,
    /// The facts of a notice as JSON.
    pub detail: Option<String>,
    pub attempts: i64,
    /// Also the end of the lease of the worker that is sending it.
    pub next_attempt_at: ChronoUnixTimestampMillis,
    pub last_error: Option<String>,
    pub created_at: ChronoUnixTimestampMillis,
    pub done_at: Option<ChronoUnixTimestampMillis>,
    pub outcome: Option<Outcome>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Kind {
    VerifyEmail,
    ResetPassword,
    ConfirmEmail,
    /// Reports an event of an account.
    Notice,
    /// Tells what happened to jobs; the detail has the ids of notices.
    JobNotices,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Outcome {
    Sent,
    /// Given up after too many attempts or a permanent refusal.
    Failed,
    /// No longer needed.
    Dropped,
}

impl ActiveModelBehavior for ActiveModel {}
