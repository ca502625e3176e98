use sea_orm::entity::prelude::*;

/// An event of an account; rows are never changed or deleted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_events")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub at: ChronoUnixTimestampMillis,
    pub kind: Kind,
    /// The account concerned, if known.
    pub user_id: Option<i64>,
    /// Who did it; unset for strangers and for the gateway itself.
    pub actor_id: Option<i64>,
    pub api_key_id: Option<i64>,
    pub session_id: Option<i64>,
    pub address: Option<String>,
    pub user_agent: Option<String>,
    /// Further facts as JSON; never a secret.
    pub detail: Option<String>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Kind {
    Registered,
    EmailVerified,
    RegistrationRejected,
    SignedIn,
    SignInFailed,
    SignedOut,
    SessionRevoked,
    AllSessionsRevoked,
    RefreshTokenReused,
    PasswordResetRequested,
    PasswordReset,
    PasswordChanged,
    PasswordExposed,
    EmailChangeRequested,
    EmailChanged,
    ProfileUpdated,
    DeletionRequested,
    DeletionCancelled,
    AccountErased,
    DataExported,
    SecondFactorEnabled,
    SecondFactorDisabled,
    RecoveryCodeUsed,
    RecoveryCodesReplaced,
    ApiKeyCreated,
    ApiKeyRotated,
    ApiKeyRevoked,
    ApiKeyChanged,
    UserSuspended,
    UserReinstated,
    RoleChanged,
    SignedOutByAdmin,
    MailResent,
    SigningKeyRotated,
}

impl ActiveModelBehavior for ActiveModel {}
