//! The HTTP status of a GraphQL answer.

use axum::http::StatusCode;

use crate::{config::StatusProfile, error::ErrorCode, graphql::Outcome};

/// A request as far as its status goes.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct Negotiated {
    pub profile: StatusProfile,
    /// The answer has the older media type, whose clients expect 200 for documents at fault.
    pub json: bool,
    /// The request had all its parts; whether they make sense is another question.
    pub well_formed: bool,
}

/// What ran is a success. What did not has the status of its code, with the exceptions that a
/// profile and a media type make.
pub(in crate::http) fn status(asked: Negotiated, outcome: &Outcome) -> StatusCode {
    match outcome.problems.first() {
        None => StatusCode::OK,
        Some(_) if outcome.executed => ran_with_errors(asked),
        Some(problem) => refused(asked, problem.code),
    }
}

fn ran_with_errors(asked: Negotiated) -> StatusCode {
    match asked.profile {
        StatusProfile::August2026 if !asked.json => partial_success(),
        _ => StatusCode::OK,
    }
}

fn refused(asked: Negotiated, code: ErrorCode) -> StatusCode {
    use ErrorCode as Code;
    match (asked.profile, code) {
        (
            _,
            Code::GraphqlParseFailed
            | Code::GraphqlValidationFailed
            | Code::PersistedQueryNotFound
            | Code::PersistedQueryNotSupported,
        ) if asked.json => StatusCode::OK,
        (StatusProfile::August2026, Code::GraphqlValidationFailed | Code::QueryTooComplex)
            if !asked.json =>
        {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        // Variables or an operation's name that do not fit the document.
        (StatusProfile::August2026, Code::InvalidRequest) if !asked.json && asked.well_formed => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        (_, code) => code.status(),
    }
}

/// 294 of GraphQL over HTTP: there is data, even if null, and there are errors.
fn partial_success() -> StatusCode {
    StatusCode::from_u16(294).unwrap_or(StatusCode::OK)
}
