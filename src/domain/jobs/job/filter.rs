//! Filters of lists of jobs, and what they mean in memory and to a database.

mod sent;

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, Select, Value,
    sea_query::{Expr, ExprTrait},
};

pub(super) use self::sent::question;
pub use self::sent::{CITY_FILTER, DISTRICT_FILTER, NewFilter, SEARCH};
use super::{Job, Status, Texts, order::scheduled, visible::in_status};
use crate::{
    clock::Timestamp,
    domain::{jobs::search::Question, to_millis},
    entity::job::{self, Column as C},
};

/// A filter of jobs; what is None does not filter, and neither does an empty list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct JobFilter {
    /// Keys of cities, any of which may be meant.
    pub cities: Vec<String>,
    /// Keys of districts, any of which will do.
    pub districts: Vec<String>,
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
    /// Only jobs that nobody has applied to, or has withdrawn from.
    pub without_applications: bool,
}

impl JobFilter {
    /// The jobs of one way of visibility that match the filter, whatever is looked for.
    pub(super) fn select(&self, way: Condition) -> Select<job::Entity> {
        job::Entity::find().filter(way).filter(self.condition())
    }

    /// Whether the jobs that match stand in one place of an index.
    pub(super) fn has_one_place(&self) -> bool {
        match self.districts.len() {
            0 => self.cities.len() < 2 && self.job_types.len() < 2,
            districts => districts == 1,
        }
    }

    /// Filters that have one place each: together they match the same jobs. Few jobs are in a district,
    /// whatever else is asked of them.
    pub(super) fn alternatives(&self) -> Vec<Self> {
        let each = |all: &[String]| match all {
            [] => vec![Vec::new()],
            all => all.iter().map(|one| vec![one.clone()]).collect(),
        };
        if !self.districts.is_empty() {
            let districts = each(&self.districts).into_iter();
            return districts.map(|districts| Self { districts, ..self.clone() }).collect();
        }
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
        self.status.is_none_or(|status| job.status == status)
            && self.matches_in_any_state(job, texts)
    }

    /// The same, whatever the state of the job.
    #[must_use]
    pub fn matches_in_any_state(&self, job: &Job, texts: &Texts) -> bool {
        let Self {
            cities,
            districts,
            job_types,
            status: _,
            owner_id,
            search,
            min_amount,
            max_amount,
            scheduled_from,
            scheduled_before,
            created_from,
            created_before,
            without_applications,
        } = self;
        let scheduled = job.scheduled_at.map(|at| at.0);
        let finds = |question: &Question| {
            let [title, description] = texts.of(job);
            question.matches(title, description)
        };
        (cities.is_empty() || cities.contains(&job.city_folded))
            && (districts.is_empty() || districts.contains(&job.district))
            && (job_types.is_empty() || job_types.contains(&job.job_type))
            && owner_id.is_none_or(|owner| job.owner_id == owner)
            && min_amount.is_none_or(|min| job.estimated_amount >= min)
            && max_amount.is_none_or(|max| job.estimated_amount <= max)
            && scheduled_from.is_none_or(|from| scheduled.is_some_and(|at| at >= from))
            && scheduled_before.is_none_or(|before| scheduled.is_some_and(|at| at < before))
            && created_from.is_none_or(|from| job.created_at.0 >= from)
            && created_before.is_none_or(|before| job.created_at.0 < before)
            && !(*without_applications && job.application_count > 0)
            && search.as_ref().is_none_or(finds)
    }

    /// The same as `matches`, but for words and what is literal, as terms of an SQL condition.
    fn terms(&self) -> Terms {
        let Self {
            cities,
            districts,
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
            without_applications: _,
        } = self;
        [
            term(cities.clone(), |it| C::CityFolded.is_in(it)),
            term(districts.clone(), |it| C::District.is_in(it)),
            term(job_types.clone(), |it| C::JobType.is_in(it)),
            term(*owner_id, |it| C::OwnerId.is_in(it)),
            term(*min_amount, |it| compare(it, |it| C::EstimatedAmount.gte(it))),
            term(*max_amount, |it| compare(it, |it| C::EstimatedAmount.lte(it))),
            // As the index of the order by time knows it.
            term(scheduled_from.map(to_millis), |it| {
                compare(it, |it| scheduled().gte(it).and(C::ScheduledAt.is_not_null()))
            }),
            term(scheduled_before.map(to_millis), |it| compare(it, |it| scheduled().lt(it))),
            term(created_from.map(to_millis), |it| compare(it, |it| C::CreatedAt.gte(it))),
            term(created_before.map(to_millis), |it| compare(it, |it| C::CreatedAt.lt(it))),
        ]
    }

    /// The values of `terms`.
    pub(super) fn values(&self) -> Vec<Value> {
        self.terms().into_iter().flat_map(|(values, _)| values).collect()
    }

    /// All that decides the text of a statement.
    pub(super) fn kind(&self) -> FilterKind {
        let counts = self.terms().map(|(values, _)| values.len());
        (self.status, self.without_applications, counts)
    }

    fn condition(&self) -> Condition {
        let terms = self.terms().into_iter().filter(|(values, _)| !values.is_empty());
        // Literals, so that the databases know which indexes have all that is asked for.
        let alone = self.without_applications.then(|| {
            let count = Expr::col((job::Entity, C::ApplicationCount));
            count.eq(Expr::Constant(0_i64.into()))
        });
        let literal = Condition::all().add_option(self.status.map(in_status)).add_option(alone);
        terms.fold(literal, |all, (values, condition)| all.add(condition(values)))
    }
}

/// The values that columns are compared with, each with its comparison; none where nothing is.
type Terms = [Term; 10];

/// The literals of a filter, and the number of values of each term.
pub(super) type FilterKind = (Option<Status>, bool, [usize; 10]);

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
