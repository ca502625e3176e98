//! One error for the whole gateway: meaning here, shape at each door.

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

/// Why an operation did not happen; `Display` is what a client may read, in English.
#[derive(Debug, Clone)]
pub enum Error {
    /// Input fields that do not parse.
    Invalid(FieldErrors),
    /// A request that cannot be read at all, with the reason.
    Malformed(Malformed),
    /// A GraphQL document that is not well-formed, with the parser's words.
    DocumentSyntax(Vec<DocumentProblem>),
    /// A GraphQL document that does not fit the schema, with the validator's words.
    DocumentInvalid(Vec<DocumentProblem>),
    /// A GraphQL document over a limit, with the limit.
    DocumentTooComplex {
        what: &'static str,
        limit: u64,
    },
    /// A hash without its text, and no text is known for it.
    PersistedQueryNotFound,
    /// A version of persisted queries other than 1.
    PersistedQueryNotSupported,
    /// A document that is not of the manifest, where nothing else may run.
    DocumentNotTrusted,
    Unauthenticated,
    InvalidApiKey,
    InvalidCredentials,
    TokenExpired,
    /// The password is right, and a code is needed as well.
    SecondFactorRequired,
    EmailNotVerified,
    Forbidden,
    /// Cookies on a request that no page of this gateway makes.
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

/// What the current state forbids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    /// The job is in this state, which does not allow the transition.
    JobState(&'static str),
    /// The application is in this state, which does not allow the transition.
    ApplicationState(&'static str),
    /// The job has this version, not the expected one.
    JobVersion(i64),
    AlreadyApplied,
    /// Applied and withdrew so often that it is no longer taken.
    AppliedTooOften {
        max: i64,
    },
    OwnJob,
    AlreadyVerified,
    /// The only administrator cannot go.
    LastAdministrator,
    TooManyApiKeys {
        max: usize,
    },
    /// The key is revoked or has expired.
    ApiKeyEnded,
    /// The account has a second factor, which has to go first.
    SecondFactorIsOn,
    SecondFactorIsOff,
    /// There is no enrolment that a code could confirm.
    NothingToConfirm,
}

/// Why a request cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    NotJson,
    /// A JSON object with two members of one name.
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
    /// A request for a WebSocket that cannot become one (RFC 6455 §4.2.1).
    InvalidUpgrade,
}

impl Error {
    /// An unexpected failure: logged with its cause, answered without it.
    pub fn internal(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Internal(Arc::from(cause.into()))
    }

    /// A failure that passes by itself.
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

    /// When the same request may be sent again, where that is known.
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

    /// The problems of single fields, if that is what went wrong.
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
    /// A pool that is exhausted, a lock that is held and a server that is away pass by themselves;
    /// the rest is a bug.
    fn from(error: sea_orm::DbErr) -> Self {
        if database::passes_by_itself(&error) {
            Self::unavailable(error)
        } else {
            Self::internal(error)
        }
    }
}
