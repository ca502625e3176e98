//! Turns an outcome into an HTTP response.

use std::net::IpAddr;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::{
    answer::Answer,
    status::{Negotiated, status},
};
use crate::{
    error::{Error, ErrorCode},
    graphql::Outcome,
    http::{Gateway, reply},
};

pub(in crate::http) const JSON: &str = "application/json";
pub(in crate::http) const GRAPHQL_RESPONSE: &str = "application/graphql-response+json";

/// `well_formed`: the request had all its parts.
pub(in crate::http) fn respond(
    gateway: &Gateway,
    address: IpAddr,
    (media_type, well_formed): (&'static str, bool),
    outcome: &Outcome,
) -> Response {
    let profile = gateway.engine.services().config.http.http_status_profile;
    let negotiated = Negotiated { profile, json: media_type == JSON, well_formed };
    let (answer, problem) = (Answer::of(outcome), outcome.problems.first());
    match answer.json(&gateway.recipient(address)) {
        Ok(body) => {
            let mut response = (status(negotiated, outcome), body).into_response();
            finish(&mut response, media_type, outcome, problem.map(|problem| &problem.error));
            response
        }
        Err(error) => {
            let instead = (error.code().status(), answer.instead(&error));
            let mut response = instead.into_response();
            finish(&mut response, media_type, outcome, Some(&error));
            response
        }
    }
}

fn finish(
    response: &mut Response,
    media_type: &'static str,
    outcome: &Outcome,
    error: Option<&Error>,
) {
    let headers = response.headers_mut();
    let content_type = match media_type {
        JSON => "application/json; charset=utf-8",
        _ => "application/graphql-response+json; charset=utf-8",
    };
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::VARY, HeaderValue::from_static("Accept, Accept-Language"));
    if error.is_some_and(|error| error.code() == ErrorCode::MethodNotAllowed) {
        headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
    }
    reply::cookies(headers, outcome);
    reply::limits(headers, outcome.standing, error);
    reply::challenge(headers, error);
}
