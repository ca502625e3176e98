//! How lists of jobs are filtered, ordered and paged.

use std::iter;

use sea_orm::{
    ColumnTrait, Condition, DbBackend, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    sea_query::{Query, SelectStatement, UnionType},
};

use super::{
    Job, Status,
    visible::{Ways, visible_to, ways},
    with_owner,
};
use crate::{
    clock::Timestamp,
    domain::{
        Services,
        account::user::Person,
        parse::{self, Length},
        store::{
            page::{self, Page, PageArgs, Position},
            row,
        },
        viewer::Audience,
    },
    entity::job,
    error::{Error, FieldErrors, FieldProblem, Result},
};

pub const CITY_FILTER: Length = 0..=50;
const JOB_TYPE_FILTER: Length = 0..=50;
pub const SEARCH: Length = 0..=100;

/// What a list is narrowed to; unset parts do not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct JobFilter {
    pub city: Option<String>,
    pub job_type: Option<String>,
    pub status: Option<Status>,
    pub owner_id: Option<i64>,
    /// A part of the title; for whoever sees everything, since no index helps.
    pub search: Option<String>,
    pub min_amount: Option<i64>,
    pub max_amount: Option<i64>,
    pub created_from: Option<Timestamp>,
    pub created_before: Option<Timestamp>,
}

/// The order of a list; among equals the newer id counts as later.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum JobOrder {
    #[default]
    Newest,
    Oldest,
    AmountHighest,
    AmountLowest,
}

impl JobOrder {
    /// The name that cursors of this order are bound to.
    #[must_use]
    pub fn list(self) -> &'static str {
        match self {
            Self::Newest => "jobs:newest",
            Self::Oldest => "jobs:oldest",
            Self::AmountHighest => "jobs:amount-highest",
            Self::AmountLowest => "jobs:amount-lowest",
        }
    }

    /// The place of a job in this order.
    #[must_use]
    pub fn position(self, job: &Job) -> Position {
        let key = match self {
            Self::Newest | Self::Oldest => job.created_at.0.timestamp_millis(),
            Self::AmountHighest | Self::AmountLowest => job.estimated_amount,
        };
        Position { key, id: job.id }
    }

    pub(super) fn column(self) -> job::Column {
        match self {
            Self::Newest | Self::Oldest => job::Column::CreatedAt,
            Self::AmountHighest | Self::AmountLowest => job::Column::EstimatedAmount,
        }
    }

    pub(super) fn descending(self) -> bool {
        matches!(self, Self::Newest | Self::AmountHighest)
    }
}

impl JobFilter {
    /// Refuses texts that no job can have, ranges that are upside down and impossible amounts, and
    /// what the audience may not ask for.
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
            amount
                .and_then(|amount| errors.check(path, parse::number(amount, super::input::AMOUNT)));
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

    /// The jobs of one way that the filter leaves.
    fn select(&self, way: Condition) -> Select<job::Entity> {
        job::Entity::find().filter(way).filter(self.condition())
    }

    /// Whether the filter leaves a job: what `condition` asks of the database.
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

    /// What `matches` says, as the database is asked.
    fn condition(&self) -> Condition {
        let millis = |at: Timestamp| crate::domain::to_millis(at);
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
            .add_option(self.created_from.map(|from| job::Column::CreatedAt.gte(millis(from))))
            .add_option(self.created_before.map(|before| job::Column::CreatedAt.lt(millis(before))))
    }
}

/// One page of the jobs that the audience may see.
pub async fn list(
    services: &Services,
    audience: Audience,
    filter: &JobFilter,
    order: JobOrder,
    args: &PageArgs,
) -> Result<Page<Job>> {
    filter.check(audience)?;
    let select = page_of(services.db.backend(), audience, filter, order, args);
    Ok(args.page(row::all(services.db.read(), &select.into_query()).await?))
}

/// The same page, each job with the person who posted it.
pub async fn list_with_owners(
    services: &Services,
    audience: Audience,
    filter: &JobFilter,
    order: JobOrder,
    args: &PageArgs,
) -> Result<Page<(Job, Person)>> {
    filter.check(audience)?;
    let page = page_of(services.db.backend(), audience, filter, order, args);
    let select = with_owner(page);
    Ok(args.page(row::all(services.db.read(), &select.into_query()).await?))
}

/// How many jobs the filter leaves of those that the audience may see, counted up to
/// [`page::MOST_COUNTED`].
pub async fn count(services: &Services, audience: Audience, filter: &JobFilter) -> Result<u64> {
    filter.check(audience)?;
    let Ways { first, others } = ways(audience, filter.status);
    let count = page::count(services, filter.select(first.clone())).await?;
    let Some(ids) = union(others.into_iter().map(|way| ids_of(filter.select(way)))) else {
        return Ok(count);
    };
    let more = job::Entity::find().filter(job::Column::Id.in_subquery(ids)).filter(first.not());
    Ok((count + page::count(services, more).await?).min(page::MOST_COUNTED))
}

/// The first jobs of all are among the first that each way leads to.
fn page_of(
    backend: DbBackend,
    audience: Audience,
    filter: &JobFilter,
    order: JobOrder,
    args: &PageArgs,
) -> Select<job::Entity> {
    let Ways { first, others } = ways(audience, filter.status);
    // PostgreSQL walks the newest jobs and soon has enough of those that everybody sees; SQLite
    // would collect all of each way.
    let walks = backend == DbBackend::Postgres
        && filter.status.is_none()
        && matches!(order, JobOrder::Newest | JobOrder::Oldest);
    if others.is_empty() || walks {
        let any = others.into_iter().fold(Condition::any().add(first), Condition::add);
        return paged(filter.select(any), order, args);
    }
    let page = |way| ids_of(paged(filter.select(way), order, args));
    let candidates = union(iter::once(first).chain(others).map(page));
    let among = candidates.map(|ids| job::Column::Id.in_subquery(ids));
    paged(job::Entity::find().filter(Condition::all().add_option(among)), order, args)
}

/// In a subquery of its own, because SQLite takes no limit within a union.
fn ids_of(select: Select<job::Entity>) -> SelectStatement {
    let ids = select.select_only().column(job::Column::Id).into_query();
    Query::select().column(job::Column::Id).from_subquery(ids, "jobs").take()
}

fn union(selects: impl Iterator<Item = SelectStatement>) -> Option<SelectStatement> {
    selects.reduce(|mut union, select| union.union(UnionType::All, select).take())
}

fn paged(mut select: Select<job::Entity>, order: JobOrder, args: &PageArgs) -> Select<job::Entity> {
    if let Some(between) = args.between(order.column(), job::Column::Id, order.descending()) {
        select = select.filter(between);
    }
    let direction =
        if args.fetches_descending(order.descending()) { Order::Desc } else { Order::Asc };
    select
        .order_by(order.column(), direction.clone())
        .order_by(job::Column::Id, direction)
        .limit(args.fetch_size())
}

/// For each owner one page of their jobs in a state or in any, in one statement.
pub async fn of_owners(
    services: &Services,
    audience: Audience,
    owners: &[i64],
    status: Option<Status>,
    args: &PageArgs,
) -> Result<Vec<Job>> {
    let order = JobOrder::Newest;
    let direction =
        if args.fetches_descending(order.descending()) { Order::Desc } else { Order::Asc };
    let narrowed = Condition::all()
        .add_option(status.map(|status| job::Column::Status.eq(status)))
        .add_option(args.between(order.column(), job::Column::Id, order.descending()));
    page::first_of_each(
        services.db.read(),
        visible_to(audience).filter(narrowed).into_query(),
        (job::Column::OwnerId, job::Column::Id, owners),
        [(order.column(), direction.clone()), (job::Column::Id, direction)],
        args.fetch_size(),
    )
    .await
}

/// How many jobs of each owner the audience may see, in a state or in any.
pub async fn count_of_owners(
    services: &Services,
    audience: Audience,
    owners: &[i64],
    status: Option<Status>,
) -> Result<Vec<(i64, i64)>> {
    let in_state = status.map(|status| job::Column::Status.eq(status));
    let select = visible_to(audience).filter(Condition::all().add_option(in_state));
    page::count_of_each(services, select.into_query(), (job::Column::OwnerId, owners)).await
}

#[cfg(test)]
mod tests {
    use super::{Audience, JobFilter};
    use crate::error::{Error, FieldProblem};

    #[test]
    fn texts_that_no_job_can_have_are_refused_before_the_database_sees_them() {
        let filter = JobFilter {
            city: Some("台".repeat(51)),
            job_type: Some("general\0".into()),
            ..JobFilter::default()
        };
        let Err(Error::Invalid(errors)) = filter.check(Audience::Public) else { panic!("refused") };
        let problems: Vec<_> = errors.iter().map(|error| error.problem.clone()).collect();
        assert_eq!(problems, [FieldProblem::TooLong { max: 50 }, FieldProblem::ControlCharacters]);
    }
}
