//! The HTTP status of a GraphQL response.

use axum::http::StatusCode;

use crate::{config::StatusProfile, error::ErrorCode, graphql::Outcome};

/// The properties of a request that decide its status.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct Negotiated {
    pub profile: StatusProfile,
    /// The response has the older media type, whose clients expect 200 for faulty documents.
    pub json: bool,
    /// The request had all its parts, valid or not.
    pub well_formed: bool,
}

/// An operation that ran is a success. Otherwise the code decides, with the exceptions of the
/// profile and the media type.
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
        // Variables or an operation name that do not match the document.
        (StatusProfile::August2026, Code::InvalidRequest) if !asked.json && asked.well_formed => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        (_, code) => code.status(),
    }
}

/// Status 294 of GraphQL over HTTP: there is data, even if null, and there are errors.
fn partial_success() -> StatusCode {
    StatusCode::from_u16(294).unwrap_or(StatusCode::OK)
}
