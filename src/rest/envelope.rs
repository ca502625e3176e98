//! The two documented shapes of REST answers.

use async_graphql::{Name, Value, indexmap::IndexMap};

use crate::{error::ErrorCode, graphql::Door, language::Language};

/// Which of the two documented REST APIs an answer belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Envelope {
    /// `/api/*`: `{success, data}` and `{success, error: {code, message}}`.
    Jobs,
    /// `/register`, `/login` and so on: `{success, message, data}` and `{success, message, error_code}`.
    Auth,
}

impl Envelope {
    /// The envelope for a path, whether or not a route exists there.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let first = path.split('/').nth(1)?;
        match first {
            "api" => Some(Self::Jobs),
            "auth" | "register" | "login" | "verify" | "user" | "refresh" | "logout" => {
                Some(Self::Auth)
            }
            _ => None,
        }
    }

    /// The name of the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Jobs => "jobs",
            Self::Auth => "auth",
        }
    }

    #[must_use]
    pub fn door(self) -> Door {
        match self {
            Self::Jobs => Door::Jobs,
            Self::Auth => Door::Auth,
        }
    }

    /// The language of the API's messages, whatever the client prefers.
    #[must_use]
    pub fn language(self) -> Language {
        match self {
            Self::Jobs => Language::En,
            Self::Auth => Language::ZhTw,
        }
    }

    /// The API's documented name of a code.
    #[must_use]
    pub fn code(self, code: ErrorCode) -> &'static str {
        use ErrorCode as Code;
        match (self, code) {
            (
                Self::Jobs,
                Code::InvalidCredentials | Code::TokenExpired | Code::SecondFactorRequired,
            ) => Code::Unauthorized.name(),
            (Self::Jobs, Code::EmailNotVerified) => Code::Forbidden.name(),
            (Self::Jobs, Code::UserNotFound) => Code::NotFound.name(),
            (Self::Jobs, Code::EmailExists) => Code::Conflict.name(),
            (Self::Jobs, Code::RateLimitExceeded) => "TOO_MANY_REQUESTS",
            (Self::Jobs, Code::InternalError) => "INTERNAL_SERVER_ERROR",
            (_, code) => code.name(),
        }
    }

    /// A successful answer; parts that are None are left out.
    #[must_use]
    pub fn success(
        self,
        message: Option<&str>,
        data: Option<Value>,
        pagination: Option<Value>,
    ) -> Value {
        object([
            ("success", Some(Value::from(true))),
            ("message", message.map(Value::from)),
            ("data", data),
            ("pagination", pagination),
        ])
    }

    /// An error answer.
    #[must_use]
    pub fn failure(self, code: ErrorCode, message: &str) -> Value {
        let (code, message) = (Some(Value::from(self.code(code))), Some(Value::from(message)));
        let success = ("success", Some(Value::from(false)));
        match self {
            Self::Jobs => {
                object([success, ("error", Some(object([("code", code), ("message", message)])))])
            }
            Self::Auth => object([success, ("message", message), ("error_code", code)]),
        }
    }
}

fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let present = members.into_iter().filter_map(|(name, value)| Some((Name::new(name), value?)));
    Value::Object(present.collect::<IndexMap<_, _>>())
}
