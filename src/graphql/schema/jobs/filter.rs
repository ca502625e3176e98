//! Filters and orders of lists of jobs in the schema.

use async_graphql::{ID, InputObject};

use crate::{
    domain::jobs::job::{self, JobFilter, JobOrder, NewFilter, Status, input::AMOUNT},
    error::{Error, Result},
    graphql::schema::{constraint, scalars::DateTime},
};

/// Narrows a list of jobs; all given conditions must hold.
#[derive(Debug, InputObject)]
#[graphql(name = "JobFilter")]
pub struct JobFilterInput {
    /// The city, in any spelling: 台北市, 臺北, Taipei City. 新竹 and 嘉義 alone mean city and county.
    #[graphql(directive = constraint::Length::apply(job::CITY_FILTER))]
    city: Option<String>,
    /// The district, in any spelling: 大安區, Da'an, 台北市大安區; without `city`, those of this name in all cities.
    #[graphql(directive = constraint::Length::apply(job::DISTRICT_FILTER))]
    district: Option<String>,
    /// Several districts, any of which will do; instead of `district`.
    districts: Option<Vec<String>>,
    /// Slug of a job type, such as `cleaning`.
    job_type: Option<String>,
    /// Slugs of several job types, any of which will do; instead of `jobType`.
    job_types: Option<Vec<String>>,
    /// Only jobs in this state.
    status: Option<Status>,
    /// Global id of the owner.
    owner: Option<ID>,
    /// Words that all have to be in the title or in the description: Chinese anywhere, other words and
    /// numbers from their beginning, whatever their case, width, and 台 or 臺.
    #[graphql(directive = constraint::Length::apply(job::SEARCH))]
    search: Option<String>,
    /// Estimated amount in whole TWD, at least.
    #[graphql(directive = constraint::Range::apply(AMOUNT))]
    min_amount: Option<i32>,
    /// Estimated amount in whole TWD, at most.
    #[graphql(directive = constraint::Range::apply(AMOUNT))]
    max_amount: Option<i32>,
    /// To be done at this time or later; jobs without a time are left out.
    scheduled_from: Option<DateTime>,
    /// To be done before this time; jobs without a time are left out.
    scheduled_before: Option<DateTime>,
    /// Posted at this time or later.
    created_from: Option<DateTime>,
    /// Posted before this time.
    created_before: Option<DateTime>,
    /// Only jobs that nobody has applied to, apart from those who have withdrawn.
    without_applications: Option<bool>,
}

impl TryFrom<JobFilterInput> for JobFilter {
    type Error = Error;

    fn try_from(input: JobFilterInput) -> Result<Self> {
        let owner = |id: &ID| crate::graphql::schema::account::user::user_id(id, "filter.owner");
        let rest = Self {
            status: input.status,
            owner_id: input.owner.as_ref().map(owner).transpose()?,
            min_amount: input.min_amount.map(Into::into),
            max_amount: input.max_amount.map(Into::into),
            scheduled_from: input.scheduled_from.map(|from| from.at),
            scheduled_before: input.scheduled_before.map(|before| before.at),
            created_from: input.created_from.map(|from| from.at),
            created_before: input.created_before.map(|before| before.at),
            without_applications: input.without_applications.unwrap_or_default(),
            ..Self::default()
        };
        let JobFilterInput { city, district, districts, job_type, job_types, search, .. } = input;
        NewFilter { city, district, districts, job_type, job_types, search, rest }.parse()
    }
}

/// The filter of a list, which must have words if the order needs them.
pub(super) fn of_list(filter: Option<JobFilterInput>, order: JobOrder) -> Result<JobFilter> {
    order.check(filter.as_ref().is_some_and(|filter| filter.search.is_some()))?;
    filter.map_or_else(|| Ok(JobFilter::default()), TryInto::try_into)
}
