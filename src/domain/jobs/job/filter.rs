//! Filters of lists of jobs.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Select, Value, sea_query::Expr};

use super::{Job, Status, Texts, input::AMOUNT, visible::in_status};
use crate::{
    clock::Timestamp,
    domain::{
        jobs::{
            place,
            search::{Question, Unanswerable},
        },
        parse::{self, Length, Parsed},
        to_millis,
    },
    entity::job::{self, Column as C},
    error::{FieldErrors, FieldProblem, Result},
};

pub const CITY_FILTER: Length = 0..=50;
const JOB_TYPE_FILTER: Length = 0..=50;
pub const SEARCH: Length = 0..=100;
/// Most job types that a list may be narrowed to at once.
const JOB_TYPES: usize = 12;

/// A filter as sent; None does not filter.
#[derive(Debug, Clone, Default)]
pub struct NewFilter {
    pub city: Option<String>,
    pub job_type: Option<String>,
    pub job_types: Option<Vec<String>>,
    pub search: Option<String>,
    /// What needs no parsing, only comparing.
    pub rest: JobFilter,
}

/// A filter of jobs; what is None does not filter, and neither does an empty list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct JobFilter {
    /// Keys of cities, any of which may be meant.
    pub cities: Vec<String>,
    /// Slugs, any of which will do.
    pub job_types: Vec<String>,
    pub status: Option<Status>,
    pub owner_id: Option<i64>,
    pub search: Option<Question>,
    pub min_amount: Option<i64>,
    pub max_amount: Option<i64>,
    pub scheduled_from: Option<Timestamp>,
    pub scheduled_before: Option<Timestamp>,
    pub created_from: Option<Timestamp>,
    pub created_before: Option<Timestamp>,
}

impl NewFilter {
    /// Refuses impossible texts and amounts, and reversed ranges, all together.
    pub fn parse(self) -> Result<JobFilter> {
        let mut errors = FieldErrors::default();
        let line = |text: &String| parse::line(text, CITY_FILTER);
        let city = self.city.as_ref().and_then(|city| errors.check("filter.city", line(city)));
        let search = self.search.as_deref().map(question);
        let search = search.and_then(|parsed| errors.check("filter.search", parsed));
        let job_types = types(self.job_type, self.job_types, &mut errors);
        check_ranges(&self.rest, &mut errors);
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let cities = city.map(|city| place::city_keys(&city)).unwrap_or_default();
        Ok(JobFilter { cities, job_types, search: search.flatten(), ..self.rest })
    }
}

/// What is looked for; None if the text has neither letters nor digits.
pub(super) fn question(text: &str) -> Parsed<Option<Question>> {
    match Question::parse(&parse::line(text, SEARCH)?) {
        Ok(question) => Ok(Some(question)),
        Err(Unanswerable::Nothing) => Ok(None),
        Err(Unanswerable::TooManyParts { max }) => Err(FieldProblem::TooMany { max }),
    }
}

/// The one type, or the several.
fn types(
    one: Option<String>,
    several: Option<Vec<String>>,
    errors: &mut FieldErrors,
) -> Vec<String> {
    if one.is_some() && several.is_some() {
        errors.add("filter.jobTypes", FieldProblem::Contradicts { other: "filter.jobType" });
    }
    let path = if one.is_some() { "filter.jobType" } else { "filter.jobTypes" };
    let mut types: Vec<_> = one.into_iter().chain(several.into_iter().flatten()).collect();
    types.sort_unstable();
    types.dedup();
    if types.len() > JOB_TYPES {
        errors.add(path, FieldProblem::TooMany { max: JOB_TYPES });
    }
    if let Some(problem) = types.iter().find_map(|it| parse::line(it, JOB_TYPE_FILTER).err()) {
        errors.add(path, problem);
    }
    types
}

fn check_ranges(filter: &JobFilter, errors: &mut FieldErrors) {
    let JobFilter { min_amount, max_amount, .. } = *filter;
    for (path, amount) in [("filter.minAmount", min_amount), ("filter.maxAmount", max_amount)] {
        amount.and_then(|amount| errors.check(path, parse::number(amount, AMOUNT)));
    }
    let millis = |at: Option<Timestamp>| at.map(|at| at.timestamp_millis());
    let scheduled = (millis(filter.scheduled_from), millis(filter.scheduled_before));
    let created = (millis(filter.created_from), millis(filter.created_before));
    for ((from, to), other, path) in [
        ((min_amount, max_amount), "filter.minAmount", "filter.maxAmount"),
        (scheduled, "filter.scheduledFrom", "filter.scheduledBefore"),
        (created, "filter.createdFrom", "filter.createdBefore"),
    ] {
        if matches!((from, to), (Some(from), Some(to)) if from > to) {
            errors.add(path, FieldProblem::Contradicts { other });
        }
    }
}

impl JobFilter {
    /// The jobs of one way of visibility that match the filter, whatever is looked for.
    pub(super) fn select(&self, way: Condition) -> Select<job::Entity> {
        job::Entity::find().filter(way).filter(self.condition())
    }

    /// Filters with at most one city and one type each: together they match the same jobs.
    pub(super) fn alternatives(&self) -> Vec<Self> {
        let each = |all: &[String]| match all {
            [] => vec![Vec::new()],
            all => all.iter().map(|one| vec![one.clone()]).collect(),
        };
        let (cities, job_types) = (each(&self.cities), each(&self.job_types));
        let pairs = cities.iter().flat_map(|city| job_types.iter().map(move |slug| (city, slug)));
        pairs
            .map(|(city, slug)| Self {
                cities: city.clone(),
                job_types: slug.clone(),
                ..self.clone()
            })
            .collect()
    }

    /// Whether a job with these texts matches the filter, like `terms` and the words in the database.
    #[must_use]
    pub fn matches(&self, job: &Job, texts: &Texts) -> bool {
        let Self {
            cities,
            job_types,
            status,
            owner_id,
            search,
            min_amount,
            max_amount,
            scheduled_from,
            scheduled_before,
            created_from,
            created_before,
        } = self;
        let scheduled = job.scheduled_at.map(|at| at.0);
        let finds = |question: &Question| {
            let [title, description] = texts.of(job);
            question.matches(title, description)
        };
        status.is_none_or(|status| job.status == status)
            && (cities.is_empty() || cities.contains(&job.city_folded))
            && (job_types.is_empty() || job_types.contains(&job.job_type))
            && owner_id.is_none_or(|owner| job.owner_id == owner)
            && min_amount.is_none_or(|min| job.estimated_amount >= min)
            && max_amount.is_none_or(|max| job.estimated_amount <= max)
            && scheduled_from.is_none_or(|from| scheduled.is_some_and(|at| at >= from))
            && scheduled_before.is_none_or(|before| scheduled.is_some_and(|at| at < before))
            && created_from.is_none_or(|from| job.created_at.0 >= from)
            && created_before.is_none_or(|before| job.created_at.0 < before)
            && search.as_ref().is_none_or(finds)
    }

    /// The same as `matches`, but for status and words, as terms of an SQL condition.
    fn terms(&self) -> Terms {
        let Self {
            cities,
            job_types,
            status: _,
            owner_id,
            search: _,
            min_amount,
            max_amount,
            scheduled_from,
            scheduled_before,
            created_from,
            created_before,
        } = self;
        [
            term(cities.clone(), |it| C::CityFolded.is_in(it)),
            term(job_types.clone(), |it| C::JobType.is_in(it)),
            term(*owner_id, |it| C::OwnerId.is_in(it)),
            term(*min_amount, |it| compare(it, |it| C::EstimatedAmount.gte(it))),
            term(*max_amount, |it| compare(it, |it| C::EstimatedAmount.lte(it))),
            term(scheduled_from.map(to_millis), |it| compare(it, |it| C::ScheduledAt.gte(it))),
            term(scheduled_before.map(to_millis), |it| compare(it, |it| C::ScheduledAt.lt(it))),
            term(created_from.map(to_millis), |it| compare(it, |it| C::CreatedAt.gte(it))),
            term(created_before.map(to_millis), |it| compare(it, |it| C::CreatedAt.lt(it))),
        ]
    }

    /// The values of `terms`.
    pub(super) fn values(&self) -> Vec<Value> {
        self.terms().into_iter().flat_map(|(values, _)| values).collect()
    }

    /// The number of values of each term, which decides the text of a statement.
    pub(super) fn counts(&self) -> [usize; 9] {
        self.terms().map(|(values, _)| values.len())
    }

    fn condition(&self) -> Condition {
        let terms = self.terms().into_iter().filter(|(values, _)| !values.is_empty());
        let status = Condition::all().add_option(self.status.map(in_status));
        terms.fold(status, |all, (values, condition)| all.add(condition(values)))
    }
}

/// The values that columns are compared with, each with its comparison; none where nothing is.
type Terms = [Term; 9];

type Term = (Vec<Value>, fn(Vec<Value>) -> Expr);

fn term<T: Into<Value>>(
    values: impl IntoIterator<Item = T>,
    condition: fn(Vec<Value>) -> Expr,
) -> Term {
    (values.into_iter().map(Into::into).collect(), condition)
}

/// A comparison with the only value.
fn compare(values: Vec<Value>, with: fn(Value) -> Expr) -> Expr {
    values.into_iter().map(with).next().unwrap_or_else(|| Expr::val(true))
}
