use async_graphql::Enum;
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

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[graphql(name = "AuditEventKind")]
pub enum Kind {
    /// The account was made.
    Registered,
    /// Its address was confirmed.
    EmailVerified,
    /// Whoever reads the address's mail took the account back.
    RegistrationRejected,
    /// Somebody signed in.
    SignedIn,
    /// Somebody tried to sign in and could not.
    SignInFailed,
    /// A session was ended by itself.
    SignedOut,
    /// A session was ended from another one.
    SessionRevoked,
    /// All sessions were ended.
    AllSessionsRevoked,
    /// A refresh token was presented again after its use; its session was ended.
    RefreshTokenReused,
    /// Somebody asked for a mail to choose a new password.
    PasswordResetRequested,
    /// A new password was chosen with a mailed link.
    PasswordReset,
    /// The password was changed.
    PasswordChanged,
    /// Strangers gave the right password and too many wrong codes: it lets nobody in from unknown places until
    /// another one is chosen.
    PasswordExposed,
    /// Another address was asked for.
    EmailChangeRequested,
    /// The address was changed.
    EmailChanged,
    /// The name or the phone number was changed.
    ProfileUpdated,
    /// The account is to be deleted.
    DeletionRequested,
    /// The account is not to be deleted after all.
    DeletionCancelled,
    /// The personal data of the account was erased.
    AccountErased,
    /// All data of the account was handed out to its owner.
    DataExported,
    /// Signing in takes a one-time code as well.
    SecondFactorEnabled,
    /// Signing in takes a password only.
    SecondFactorDisabled,
    /// A recovery code was used instead of a one-time code.
    RecoveryCodeUsed,
    /// New recovery codes were made.
    RecoveryCodesReplaced,
    /// An API key was made.
    ApiKeyCreated,
    /// An API key was given a new secret.
    ApiKeyRotated,
    /// An API key was stopped.
    ApiKeyRevoked,
    /// The name, scopes or networks of an API key were changed.
    ApiKeyChanged,
    /// An administrator locked the account out.
    UserSuspended,
    /// An administrator let the account in again.
    UserReinstated,
    /// An administrator changed what the account may do.
    RoleChanged,
    /// An administrator ended all sessions.
    SignedOutByAdmin,
    /// An administrator hid a review that the person wrote.
    ReviewHidden,
    /// An administrator found nothing wrong with a review that was reported.
    ReviewReportsDismissed,
    /// A mail was sent again, as an administrator or whoever knows the address has asked.
    MailResent,
    /// An administrator decided the dispute of a job of the account.
    DisputeDecided,
    /// The operator let a new key sign access tokens.
    SigningKeyRotated,
}

impl ActiveModelBehavior for ActiveModel {}
