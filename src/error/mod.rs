//! One error type for the whole gateway; each API gives it its own form.

mod code;
mod database;
mod document;
mod field;
mod message;
mod noun;

use std::{error::Error as StdError, sync::Arc, time::Duration};

pub use code::ErrorCode;
pub use document::DocumentProblem;
pub use field::{FieldError, FieldErrors, FieldProblem, ValueType};
pub(crate) use message::whole_seconds;
pub use noun::Noun;

use crate::language::Language;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A cause that is logged and never shown.
pub type Cause = Arc<dyn StdError + Send + Sync>;

/// Why an operation failed; `Display` is the message for clients, in English.
#[derive(Debug, Clone)]
pub enum Error {
    /// Input fields that do not parse.
    Invalid(FieldErrors),
    /// A request that cannot be parsed, with the reason.
    Malformed(Malformed),
    /// A GraphQL document with syntax errors, as the parser words them.
    DocumentSyntax(Vec<DocumentProblem>),
    /// A GraphQL document that does not match the schema, as the validator words it.
    DocumentInvalid(Vec<DocumentProblem>),
    /// A GraphQL document over a limit.
    DocumentTooComplex {
        what: &'static str,
        limit: u64,
    },
    /// A hash without a text, and no text is stored for it.
    PersistedQueryNotFound,
    /// A version of persisted queries other than 1.
    PersistedQueryNotSupported,
    /// A document that is not in the manifest, where only trusted documents may run.
    DocumentNotTrusted,
    Unauthenticated,
    InvalidApiKey,
    InvalidCredentials,
    TokenExpired,
    /// The password is right, but a code is required as well.
    SecondFactorRequired,
    EmailNotVerified,
    Forbidden,
    /// Cookies on a request that was not made by a page of this gateway.
    CrossSite,
    /// An API key without the scope that the operation needs.
    MissingScope(&'static str),
    NotFound(Noun),
    EmailExists,
    Conflict(Conflict),
    MethodNotAllowed,
    NotAcceptable,
    RequestTimeout,
    PayloadTooLarge {
        max_bytes: usize,
    },
    UnsupportedMediaType,
    ResponseTooLarge,
    RateLimited {
        retry_after: Duration,
    },
    Unavailable {
        retry_after: Duration,
        cause: Cause,
    },
    Internal(Cause),
}

/// What the current state does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    /// The job has this status, which does not allow the transition.
    JobState(&'static str),
    /// The application has this status, which does not allow the transition.
    ApplicationState(&'static str),
    /// The job's current version, which is not the expected one.
    JobVersion(i64),
    AlreadyApplied,
    /// Applied and withdrew too many times.
    AppliedTooOften {
        max: i64,
    },
    OwnJob,
    /// The person has reviewed the other side of this job before.
    AlreadyReviewed,
    /// The job was completed too many days ago to be reviewed.
    ReviewTooLate {
        days: i64,
    },
    AlreadyReplied,
    OwnReview,
    /// The person has reported this review before.
    AlreadyReported,
    /// An administrator has hidden the review.
    ReviewHidden,
    AlreadyVerified,
    /// The only administrator cannot be removed.
    LastAdministrator,
    TooManyApiKeys {
        max: usize,
    },
    /// The key is revoked or has expired.
    ApiKeyEnded,
    /// The second factor must be switched off first.
    SecondFactorIsOn,
    SecondFactorIsOff,
    /// No enrolment is pending that a code could confirm.
    NothingToConfirm,
}

/// Why a request cannot be parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    NotJson,
    /// A JSON object with a duplicate member name.
    RepeatedName,
    NotAnObject,
    MissingContentType,
    BothCredentials,
    MissingQuery,
    BatchUnsupported,
    UnknownOperation,
    TwoAuthMutations,
    InvalidQueryString,
    SubscriptionNeedsStream,
    /// A WebSocket upgrade that is invalid (RFC 6455 §4.2.1).
    InvalidUpgrade,
}

impl Error {
    /// An unexpected failure: the cause is logged, not shown.
    pub fn internal(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Internal(Arc::from(cause.into()))
    }

    /// A transient failure.
    pub fn unavailable(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Unavailable { retry_after: Duration::from_secs(2), cause: Arc::from(cause.into()) }
    }

    /// One problem with one field.
    pub fn field(path: impl Into<String>, problem: FieldProblem) -> Self {
        let mut fields = FieldErrors::default();
        fields.add(path, problem);
        Self::Invalid(fields)
    }

    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Invalid(_) | Self::Malformed(_) => ErrorCode::InvalidRequest,
            Self::DocumentSyntax(_) => ErrorCode::GraphqlParseFailed,
            Self::DocumentInvalid(_) => ErrorCode::GraphqlValidationFailed,
            Self::DocumentTooComplex { .. } => ErrorCode::QueryTooComplex,
            Self::PersistedQueryNotFound => ErrorCode::PersistedQueryNotFound,
            Self::PersistedQueryNotSupported => ErrorCode::PersistedQueryNotSupported,
            Self::DocumentNotTrusted => ErrorCode::DocumentNotTrusted,
            Self::Unauthenticated | Self::InvalidApiKey => ErrorCode::Unauthorized,
            Self::InvalidCredentials => ErrorCode::InvalidCredentials,
            Self::TokenExpired => ErrorCode::TokenExpired,
            Self::SecondFactorRequired => ErrorCode::SecondFactorRequired,
            Self::EmailNotVerified => ErrorCode::EmailNotVerified,
            Self::Forbidden | Self::CrossSite | Self::MissingScope(_) => ErrorCode::Forbidden,
            Self::NotFound(Noun::User) => ErrorCode::UserNotFound,
            Self::NotFound(_) => ErrorCode::NotFound,
            Self::EmailExists => ErrorCode::EmailExists,
            Self::Conflict(_) => ErrorCode::Conflict,
            Self::MethodNotAllowed => ErrorCode::MethodNotAllowed,
            Self::NotAcceptable => ErrorCode::NotAcceptable,
            Self::RequestTimeout => ErrorCode::RequestTimeout,
            Self::PayloadTooLarge { .. } => ErrorCode::PayloadTooLarge,
            Self::UnsupportedMediaType => ErrorCode::UnsupportedMediaType,
            Self::ResponseTooLarge => ErrorCode::ResponseTooLarge,
            Self::RateLimited { .. } => ErrorCode::RateLimitExceeded,
            Self::Unavailable { .. } => ErrorCode::ServiceUnavailable,
            Self::Internal(_) => ErrorCode::InternalError,
        }
    }

    /// When the same request may be retried, if known.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after } | Self::Unavailable { retry_after, .. } => {
                Some(*retry_after)
            }
            _ => None,
        }
    }

    /// The problems of a GraphQL document with their places, one entry of `errors` each.
    #[must_use]
    pub fn problems(&self) -> &[DocumentProblem] {
        match self {
            Self::DocumentSyntax(problems) | Self::DocumentInvalid(problems) => problems,
            _ => &[],
        }
    }

    /// The problems of single fields, if that is the error.
    #[must_use]
    pub fn fields(&self) -> Option<&FieldErrors> {
        match self {
            Self::Invalid(fields) => Some(fields),
            _ => None,
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Language::En))
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Unavailable { cause, .. } | Self::Internal(cause) => Some(&**cause),
            _ => None,
        }
    }
}

impl From<FieldErrors> for Error {
    fn from(fields: FieldErrors) -> Self {
        Self::Invalid(fields)
    }
}

impl From<sea_orm::DbErr> for Error {
    /// An exhausted pool, a held lock and an unreachable server are transient, others are bugs.
    fn from(error: sea_orm::DbErr) -> Self {
        if database::passes_by_itself(&error) {
            Self::unavailable(error)
        } else {
            Self::internal(error)
        }
    }
}
