//! Filters and orders of lists of jobs in the schema.

use async_graphql::{ID, InputObject};

use crate::{
    domain::jobs::job::{self, JobFilter, Status, input::AMOUNT},
    error::{Error, Result},
    graphql::schema::{constraint, scalars::DateTime},
};

/// Narrows a list of jobs; all given conditions must hold.
#[derive(Debug, InputObject)]
#[graphql(name = "JobFilter")]
pub struct JobFilterInput {
    /// The city, such as 台北市; 台 and 臺 are the same.
    #[graphql(directive = constraint::Length::apply(job::CITY_FILTER))]
    city: Option<String>,
    /// Slug of a job type, such as `cleaning`.
    job_type: Option<String>,
    /// Only jobs in this state.
    status: Option<Status>,
    /// Global id of the owner.
    owner: Option<ID>,
    /// A part of the title; for administrators.
    #[graphql(directive = constraint::Length::apply(job::SEARCH))]
    search: Option<String>,
    /// Estimated amount in whole TWD, at least.
    #[graphql(directive = constraint::Range::apply(AMOUNT))]
    min_amount: Option<i32>,
    /// Estimated amount in whole TWD, at most.
    #[graphql(directive = constraint::Range::apply(AMOUNT))]
    max_amount: Option<i32>,
    /// Posted at this time or later.
    created_from: Option<DateTime>,
    /// Posted before this time.
    created_before: Option<DateTime>,
}

impl TryFrom<JobFilterInput> for JobFilter {
    type Error = Error;

    fn try_from(input: JobFilterInput) -> Result<Self> {
        let owner = |id: &ID| crate::graphql::schema::account::user::user_id(id, "filter.owner");
        Ok(Self {
            city: input.city,
            job_type: input.job_type,
            status: input.status,
            owner_id: input.owner.as_ref().map(owner).transpose()?,
            search: input.search,
            min_amount: input.min_amount.map(Into::into),
            max_amount: input.max_amount.map(Into::into),
            created_from: input.created_from.map(|from| from.at),
            created_before: input.created_before.map(|before| before.at),
        })
    }
}
