//! Filters of lists of jobs.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Select};

use super::{Job, Status, input::AMOUNT};
use crate::{
    clock::Timestamp,
    domain::{
        parse::{self, Length},
        store::page,
        to_millis,
        viewer::Audience,
    },
    entity::job,
    error::{Error, FieldErrors, FieldProblem, Result},
};

pub const CITY_FILTER: Length = 0..=50;
const JOB_TYPE_FILTER: Length = 0..=50;
pub const SEARCH: Length = 0..=100;

/// A filter of jobs; None does not filter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct JobFilter {
    pub city: Option<String>,
    pub job_type: Option<String>,
    pub status: Option<Status>,
    pub owner_id: Option<i64>,
    /// A part of the title; only for audiences that see everything, since no index supports it.
    pub search: Option<String>,
    pub min_amount: Option<i64>,
    pub max_amount: Option<i64>,
    pub created_from: Option<Timestamp>,
    pub created_before: Option<Timestamp>,
}

impl JobFilter {
    /// Refuses impossible texts and amounts, reversed ranges, and filters that the audience may not
    /// use.
    pub fn check(&self, audience: Audience) -> Result<()> {
        if self.search.is_some() && audience != Audience::Everything {
            return Err(Error::Forbidden);
        }
        let mut errors = FieldErrors::default();
        for (path, text, length) in [
            ("filter.city", &self.city, CITY_FILTER),
            ("filter.jobType", &self.job_type, JOB_TYPE_FILTER),
            ("filter.search", &self.search, SEARCH),
        ] {
            text.as_deref().and_then(|text| errors.check(path, parse::line(text, length)));
        }
        for (path, amount) in
            [("filter.minAmount", self.min_amount), ("filter.maxAmount", self.max_amount)]
        {
            amount.and_then(|amount| errors.check(path, parse::number(amount, AMOUNT)));
        }
        if matches!((self.min_amount, self.max_amount), (Some(min), Some(max)) if min > max) {
            errors.add("filter.maxAmount", FieldProblem::Contradicts { other: "filter.minAmount" });
        }
        if matches!((self.created_from, self.created_before), (Some(from), Some(before)) if from > before)
        {
            errors.add(
                "filter.createdBefore",
                FieldProblem::Contradicts { other: "filter.createdFrom" },
            );
        }
        if errors.is_empty() { Ok(()) } else { Err(errors.into()) }
    }

    /// The jobs of one way of visibility that match the filter.
    pub(super) fn select(&self, way: Condition) -> Select<job::Entity> {
        job::Entity::find().filter(way).filter(self.condition())
    }

    /// Whether a job matches the filter, like `condition` in the database.
    #[must_use]
    pub fn matches(&self, job: &Job) -> bool {
        let has = |text: &String| job.title.to_lowercase().contains(&text.to_lowercase());
        self.status.is_none_or(|status| job.status == status)
            && self.city.as_ref().is_none_or(|city| job.city_folded == parse::folded(city))
            && self.job_type.as_ref().is_none_or(|slug| job.job_type == *slug)
            && self.owner_id.is_none_or(|owner| job.owner_id == owner)
            && self.search.as_ref().is_none_or(has)
            && self.min_amount.is_none_or(|min| job.estimated_amount >= min)
            && self.max_amount.is_none_or(|max| job.estimated_amount <= max)
            && self.created_from.is_none_or(|from| job.created_at.0 >= from)
            && self.created_before.is_none_or(|before| job.created_at.0 < before)
    }

    /// The same as `matches`, as an SQL condition.
    fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.status.map(|status| job::Column::Status.eq(status)))
            .add_option(
                self.city.as_deref().map(|city| job::Column::CityFolded.eq(parse::folded(city))),
            )
            .add_option(self.job_type.as_deref().map(|slug| job::Column::JobType.eq(slug)))
            .add_option(self.owner_id.map(|owner| job::Column::OwnerId.eq(owner)))
            .add_option(self.search.as_deref().map(|text| page::contains(job::Column::Title, text)))
            .add_option(self.min_amount.map(|min| job::Column::EstimatedAmount.gte(min)))
            .add_option(self.max_amount.map(|max| job::Column::EstimatedAmount.lte(max)))
            .add_option(self.created_from.map(|from| job::Column::CreatedAt.gte(to_millis(from))))
            .add_option(
                self.created_before.map(|before| job::Column::CreatedAt.lt(to_millis(before))),
            )
    }
}
