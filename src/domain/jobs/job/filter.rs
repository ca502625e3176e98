//! Filters of lists of jobs.

use sea_orm::{
    ActiveEnum, ColumnTrait, Condition, EntityTrait, QueryFilter, Select, Value, sea_query::Expr,
};

use super::{Job, Status, input::AMOUNT};
use crate::{
    clock::Timestamp,
    domain::{
        parse::{self, Length},
        store::page,
        to_millis,
        viewer::Audience,
    },
    entity::job::{self, Column as C},
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

    /// Whether a job matches the filter, like `terms` in the database.
    #[must_use]
    pub fn matches(&self, job: &Job) -> bool {
        let Self {
            city,
            job_type,
            status,
            owner_id,
            search,
            min_amount,
            max_amount,
            created_from,
            created_before,
        } = self;
        let has = |text: &String| job.title.to_lowercase().contains(&text.to_lowercase());
        status.is_none_or(|status| job.status == status)
            && city.as_ref().is_none_or(|city| job.city_folded == parse::folded(city))
            && job_type.as_ref().is_none_or(|slug| job.job_type == *slug)
            && owner_id.is_none_or(|owner| job.owner_id == owner)
            && search.as_ref().is_none_or(has)
            && min_amount.is_none_or(|min| job.estimated_amount >= min)
            && max_amount.is_none_or(|max| job.estimated_amount <= max)
            && created_from.is_none_or(|from| job.created_at.0 >= from)
            && created_before.is_none_or(|before| job.created_at.0 < before)
    }

    /// The same as `matches`, as terms of an SQL condition; None for what does not filter.
    pub(super) fn terms(&self) -> Terms {
        let Self {
            city,
            job_type,
            status,
            owner_id,
            search,
            min_amount,
            max_amount,
            created_from,
            created_before,
        } = self;
        [
            term(status.map(|status| status.to_value()), |it| C::Status.eq(it)),
            term(city.as_deref().map(parse::folded), |it| C::CityFolded.eq(it)),
            term(job_type.clone(), |it| C::JobType.eq(it)),
            term(*owner_id, |it| C::OwnerId.eq(it)),
            term(search.as_deref().map(page::pattern), has),
            term(*min_amount, |it| C::EstimatedAmount.gte(it)),
            term(*max_amount, |it| C::EstimatedAmount.lte(it)),
            term(created_from.map(to_millis), |it| C::CreatedAt.gte(it)),
            term(created_before.map(to_millis), |it| C::CreatedAt.lt(it)),
        ]
    }

    fn condition(&self) -> Condition {
        let terms = self.terms().into_iter().flatten();
        terms.fold(Condition::all(), |all, (value, condition)| all.add(condition(value)))
    }
}

/// The values that columns are compared with, each with its comparison.
pub(super) type Terms = [Option<Term>; 9];

type Term = (Value, fn(Value) -> Expr);

fn has(pattern: Value) -> Expr {
    match pattern {
        Value::String(Some(pattern)) => page::like(C::Title, pattern),
        _ => Expr::val(false),
    }
}

fn term(value: Option<impl Into<Value>>, condition: fn(Value) -> Expr) -> Option<Term> {
    value.map(|value| (value.into(), condition))
}
