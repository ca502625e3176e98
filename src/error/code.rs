//! The closed list of error codes that clients may rely on.

use http::StatusCode;

macro_rules! error_codes {
    ($($variant:ident $name:literal $status:ident $meaning:literal;)*) => {
        /// A machine-readable reason; the same in every API, see docs/errors.md.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorCode { $(#[doc = $meaning] $variant,)* }

        impl ErrorCode {
            /// Every code, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in `extensions.code`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The HTTP status of a response with this code.
            #[must_use]
            pub fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status,)* }
            }

            /// One sentence for the documentation.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

error_codes! {
    InvalidRequest "INVALID_REQUEST" BAD_REQUEST "The input or a variable of a GraphQL request is malformed, of a wrong type or breaks a limit; the message names each place.";
    GraphqlParseFailed "GRAPHQL_PARSE_FAILED" BAD_REQUEST "The GraphQL document is not well-formed.";
    GraphqlValidationFailed "GRAPHQL_VALIDATION_FAILED" BAD_REQUEST "The GraphQL document does not fit the schema.";
    QueryTooComplex "QUERY_TOO_COMPLEX" BAD_REQUEST "The GraphQL document asks for more than one request may cost.";
    PersistedQueryNotFound "PERSISTED_QUERY_NOT_FOUND" BAD_REQUEST "No document is known by this hash; send the request again with its text.";
    PersistedQueryNotSupported "PERSISTED_QUERY_NOT_SUPPORTED" BAD_REQUEST "Persisted queries are supported in version 1 only.";
    DocumentNotTrusted "DOCUMENT_NOT_TRUSTED" BAD_REQUEST "Only documents of the gateway's manifest may run here; see docs/trusted-documents.md.";
    Unauthorized "UNAUTHORIZED" UNAUTHORIZED "Credentials are missing or invalid.";
    InvalidCredentials "INVALID_CREDENTIALS" UNAUTHORIZED "The e-mail address or the password is wrong.";
    TokenExpired "TOKEN_EXPIRED" UNAUTHORIZED "The token was valid and has expired; refresh it or sign in again.";
    SecondFactorRequired "SECOND_FACTOR_REQUIRED" UNAUTHORIZED "The password is right; a one-time code is needed as well.";
    EmailNotVerified "EMAIL_NOT_VERIFIED" FORBIDDEN "The password is right, but the e-mail address is not confirmed yet.";
    Forbidden "FORBIDDEN" FORBIDDEN "The caller is known and may not do this.";
    NotFound "NOT_FOUND" NOT_FOUND "There is no such thing, or the caller may not know of it.";
    UserNotFound "USER_NOT_FOUND" NOT_FOUND "There is no such user.";
    MethodNotAllowed "METHOD_NOT_ALLOWED" METHOD_NOT_ALLOWED "The path exists, but not with this method; see `Allow`.";
    NotAcceptable "NOT_ACCEPTABLE" NOT_ACCEPTABLE "No media type named in `Accept` can be produced.";
    RequestTimeout "REQUEST_TIMEOUT" REQUEST_TIMEOUT "The request body did not end in time.";
    EmailExists "EMAIL_EXISTS" CONFLICT "An account with this e-mail address exists.";
    Conflict "CONFLICT" CONFLICT "The current state does not allow this; the message names the state.";
    PayloadTooLarge "PAYLOAD_TOO_LARGE" PAYLOAD_TOO_LARGE "The request body is larger than allowed.";
    UnsupportedMediaType "UNSUPPORTED_MEDIA_TYPE" UNSUPPORTED_MEDIA_TYPE "The request body is not of a supported media type.";
    ResponseTooLarge "RESPONSE_TOO_LARGE" UNPROCESSABLE_ENTITY "The answer would be larger than 10 MB; ask for less.";
    RateLimitExceeded "RATE_LIMIT_EXCEEDED" TOO_MANY_REQUESTS "A request limit is used up; `Retry-After` says when to try again.";
    InternalError "INTERNAL_ERROR" INTERNAL_SERVER_ERROR "The gateway failed; the request id leads to its log.";
    ServiceUnavailable "SERVICE_UNAVAILABLE" SERVICE_UNAVAILABLE "The gateway cannot answer at the moment; try again.";
}

impl ErrorCode {
    /// Whether the same request may succeed later.
    #[must_use]
    pub fn retryable(self) -> bool {
        matches!(self, Self::RateLimitExceeded | Self::ServiceUnavailable | Self::InternalError)
    }
}
