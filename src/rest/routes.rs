//! All documented REST routes in one table: each is a GraphQL document and a row.

use http::{Method, StatusCode};

use super::envelope::Envelope;
use crate::{
    error::{ErrorCode as Code, Noun},
    id::GlobalId,
};

/// What an id in the path refers to.
#[derive(Debug, Clone, Copy)]
pub struct Subject {
    /// What the 404 error names.
    pub noun: Noun,
    /// Makes the global id of a number in the path.
    pub id: fn(i64) -> GlobalId,
}

const JOB: Subject = Subject { noun: Noun::Job, id: GlobalId::Job };

/// One documented route.
#[derive(Debug, Clone)]
pub struct Route {
    pub method: Method,
    /// The path as documented.
    pub path: &'static str,
    /// What `{id}` in the path refers to; if unset, the route is about the caller.
    pub subject: Option<Subject>,
    /// The GraphQL document to run; its variables are the parameters.
    pub document: &'static str,
    pub envelope: Envelope,
    pub status: StatusCode,
    /// Members of the data that are never null here, although GraphQL allows it.
    pub present: &'static [&'static str],
    /// Path of the data in the result; empty if the answer has no data.
    pub data: &'static [&'static str],
    /// The message of a successful answer, where the contract has one.
    pub message: Option<&'static str>,
    /// Other accepted names of parameters, each with the parameter.
    pub aliases: &'static [(&'static str, &'static str)],
    /// Whether the data is a page of a connection.
    pub paged: bool,
    /// Whether browsers get an HTML page with the same status.
    pub page: bool,
    /// Error codes of this operation, besides those of all routes of its kind.
    pub refusals: &'static [Code],
    /// Whether credentials are ignored, as on sign-in: clients attach expired ones there.
    pub ignores_credentials: bool,
}

macro_rules! document {
    ($name:literal) => {
        include_str!(concat!("operations/", $name, ".graphql"))
    };
}

/// Every documented route, in the order of the documentation.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        jobs(Method::GET, "/api/jobs", document!("jobs/list_jobs")).data(&["jobs"]).paged(),
        jobs(Method::GET, "/api/jobs/{id}", document!("jobs/get_job"))
            .data(&["job"])
            .refusals(&[Code::NotFound]),
        jobs(Method::POST, "/api/jobs", document!("jobs/create_job"))
            .data(&["createJob", "job"])
            .status(StatusCode::CREATED),
        jobs(Method::PATCH, "/api/jobs/{id}", document!("jobs/update_job"))
            .data(&["updateJob", "job"])
            .refusals(&[Code::NotFound, Code::Conflict]),
        jobs(Method::POST, "/api/jobs/{id}/cancel", document!("jobs/cancel_job"))
            .data(&["cancelJob", "job"])
            .refusals(&[Code::NotFound, Code::Conflict]),
        auth(Method::POST, "/register", document!("auth/register"))
            .data(&["register", "user"])
            .message("註冊成功,請檢查您的電子郵件以驗證帳戶")
            .aliases(&[("fullName", "name")])
            .refusals(&[Code::EmailExists])
            .ignores_credentials(),
        auth(Method::POST, "/login", document!("auth/login"))
            .data(&["login"])
            .present(&["token", "refresh_token"])
            .message("登入成功")
            .refusals(&[
                Code::InvalidCredentials,
                Code::SecondFactorRequired,
                Code::EmailNotVerified,
                Code::Forbidden,
            ])
            .ignores_credentials(),
        auth(Method::GET, "/verify", document!("auth/verify"))
            .message("Email 驗證成功")
            .page()
            .refusals(&[Code::TokenExpired, Code::UserNotFound])
            .ignores_credentials(),
        auth(Method::GET, "/user", document!("auth/user"))
            .data(&["viewer"])
            .refusals(&[Code::UserNotFound]),
        auth(Method::POST, "/refresh", document!("auth/refresh"))
            .data(&["refreshToken"])
            .present(&["token"])
            .message("Token 刷新成功")
            .refusals(&[Code::Unauthorized, Code::TokenExpired, Code::UserNotFound])
            .ignores_credentials(),
        auth(Method::POST, "/logout", document!("auth/logout"))
            .message("登出成功")
            .refusals(&[Code::UserNotFound]),
    ]
}

fn jobs(method: Method, path: &'static str, document: &'static str) -> Route {
    Route { subject: Some(JOB), ..Route::new(Envelope::Jobs, method, path, document) }
}

fn auth(method: Method, path: &'static str, document: &'static str) -> Route {
    Route::new(Envelope::Auth, method, path, document)
}

impl Route {
    fn new(envelope: Envelope, method: Method, path: &'static str, document: &'static str) -> Self {
        Self {
            method,
            path,
            subject: None,
            document,
            envelope,
            status: StatusCode::OK,
            data: &[],
            present: &[],
            message: None,
            aliases: &[],
            page: false,
            refusals: &[],
            paged: false,
            ignores_credentials: false,
        }
    }

    fn data(self, data: &'static [&'static str]) -> Self {
        Self { data, ..self }
    }

    fn present(self, present: &'static [&'static str]) -> Self {
        Self { present, ..self }
    }

    fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    fn message(self, message: &'static str) -> Self {
        Self { message: Some(message), ..self }
    }

    fn aliases(self, aliases: &'static [(&'static str, &'static str)]) -> Self {
        Self { aliases, ..self }
    }

    fn paged(self) -> Self {
        Self { paged: true, ..self }
    }

    fn page(self) -> Self {
        Self { page: true, ..self }
    }

    fn refusals(self, refusals: &'static [Code]) -> Self {
        Self { refusals, ..self }
    }

    fn ignores_credentials(self) -> Self {
        Self { ignores_credentials: true, ..self }
    }

    /// All paths of the route: the auth API is also served under `/auth`.
    pub fn paths(&self) -> impl Iterator<Item = String> {
        let under_auth = (self.envelope == Envelope::Auth).then(|| format!("/auth{}", self.path));
        std::iter::once(self.path.to_owned()).chain(under_auth)
    }

    /// Every error code of the route.
    pub fn codes(&self) -> impl Iterator<Item = Code> {
        let kinds: [(bool, &[Code]); 4] = [
            (!self.ignores_credentials, &[Code::Unauthorized, Code::Forbidden]),
            (
                self.method != Method::GET,
                &[Code::RequestTimeout, Code::PayloadTooLarge, Code::UnsupportedMediaType],
            ),
            (self.paged, &[Code::ResponseTooLarge]),
            (
                true,
                &[
                    Code::InvalidRequest,
                    Code::RateLimitExceeded,
                    Code::InternalError,
                    Code::ServiceUnavailable,
                ],
            ),
        ];
        let of_kind = kinds.into_iter().filter(|(is_so, _)| *is_so).flat_map(|(_, codes)| codes);
        of_kind.chain(self.refusals).copied()
    }
}
