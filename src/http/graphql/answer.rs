//! The JSON of an outcome, the same for every transport.

use serde::Serialize;

use crate::{
    clock::{Precision, rfc3339},
    error::{Error, Result, whole_seconds},
    graphql::{AsJson, Delivery, Outcome, Spending},
    http::server::outgoing::{Recipient, Written},
    language::Language,
    log::record,
};

/// A GraphQL response; `data` is present only if the operation ran.
#[derive(Serialize)]
pub(in crate::http) struct Answer<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [async_graphql::ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<AsJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extensions: Option<Extensions<'a>>,
    /// Whether the operation changed something: then it is not safe to retry.
    #[serde(skip)]
    changed: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Extensions<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    resume_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<Price>,
}

/// The cost of the operation, as the field `rateLimit` reports it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Price {
    cost: u32,
    limit: u32,
    remaining: u32,
    reset_at: String,
}

impl<'a> Answer<'a> {
    pub(in crate::http) fn of(outcome: &'a Outcome) -> Self {
        let response = &outcome.response;
        let data = outcome.executed.then_some(AsJson(&response.data));
        let cost = outcome.standing.cost.map(Price::from);
        let extensions = cost.map(|cost| Extensions { resume_token: None, cost: Some(cost) });
        Self { errors: &response.errors, data, extensions, changed: outcome.changed }
    }

    /// An event with the cursor for resuming after a reconnect.
    pub(in crate::http) fn of_event(delivery: &'a Delivery) -> Self {
        let extensions = Some(Extensions { resume_token: Some(&delivery.cursor), cost: None });
        Self { extensions, ..Self::of(&delivery.outcome) }
    }

    /// The JSON; replaced by an error if it is over a limit, never truncated.
    pub(in crate::http) fn json(&self, to: &Recipient) -> Result<Written> {
        to.json(self).map_err(|error| too_large(error, self.changed))
    }

    /// The response in place of one that is over a limit.
    pub(in crate::http) fn instead(&self, error: &Error) -> String {
        record::note_error(error.code().name());
        let mut answer = serde_json::json!({ "errors": [{
            "message": error.message(Language::En),
            "extensions": { "code": error.code().name() },
        }]});
        if let Some(after) = error.retry_after() {
            answer["errors"][0]["extensions"]["retryAfter"] = whole_seconds(after).into();
        }
        if let Some(extensions) = &self.extensions {
            answer["extensions"] = serde_json::json!(extensions);
        }
        answer.to_string()
    }
}

/// An operation that changed something must not be retried because its response was too large.
pub(in crate::http) fn too_large(error: Error, changed: bool) -> Error {
    if changed { Error::ResponseTooLarge } else { error }
}

impl From<Spending> for Price {
    fn from(spending: Spending) -> Self {
        let Spending { cost, limit, remaining, reset_at } = spending;
        Self { cost, limit, remaining, reset_at: rfc3339(reset_at, Precision::Millis) }
    }
}
