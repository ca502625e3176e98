//! Ordering and paging lists of jobs.

use std::iter;

use async_graphql::Enum;
use sea_orm::{
    ColumnTrait, Condition, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    sea_query::{Query, SelectStatement, UnionType},
};

use super::{
    Job, JobFilter, Status,
    visible::{Ways, visible_to, ways},
    with_owner,
};
use crate::{
    domain::{
        Services,
        account::user::Person,
        store::{
            page::{self, Page, PageArgs, Position},
            row,
        },
        viewer::Audience,
    },
    entity::job,
    error::Result,
};

/// The order of a list of jobs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Enum)]
pub enum JobOrder {
    /// Last posted first.
    #[default]
    Newest,
    /// First posted first.
    Oldest,
    /// Highest estimated amount first.
    AmountHighest,
    /// Lowest estimated amount first.
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

    /// The place of a job in this order; among equals the newer id counts as later.
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

/// The same page, each job with its owner.
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

/// The number of jobs that match the filter and the audience may see, counted up to
/// [`page::MOST_COUNTED`].
pub async fn count(services: &Services, audience: Audience, filter: &JobFilter) -> Result<i64> {
    filter.check(audience)?;
    let Ways { first, others } = ways(audience, filter.status);
    let count = page::count(services, filter.select(first.clone())).await?;
    let Some(ids) = union(others.into_iter().map(|way| ids_of(filter.select(way)))) else {
        return Ok(count);
    };
    let more = job::Entity::find().filter(job::Column::Id.in_subquery(ids)).filter(first.not());
    Ok((count + page::count(services, more).await?).min(page::MOST_COUNTED))
}

/// Merges the ways of visibility: the first jobs overall are among the first of each way.
fn page_of(
    backend: DbBackend,
    audience: Audience,
    filter: &JobFilter,
    order: JobOrder,
    args: &PageArgs,
) -> Select<job::Entity> {
    let Ways { first, others } = ways(audience, filter.status);
    // PostgreSQL scans the newest jobs and soon finds enough public ones; SQLite would materialise
    // each way completely.
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

/// In a subquery, because SQLite allows no LIMIT within a UNION.
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
    let direction = args.direction(order.descending());
    select
        .order_by(order.column(), direction.clone())
        .order_by(job::Column::Id, direction)
        .limit(args.fetch_size())
}

/// One page of jobs for each owner, of one status if given, in one statement.
pub async fn of_owners(
    services: &Services,
    audience: Audience,
    owners: &[i64],
    status: Option<Status>,
    args: &PageArgs,
) -> Result<Vec<Job>> {
    let in_state = status.map(|status| job::Column::Status.eq(status));
    let select = visible_to(audience).filter(Condition::all().add_option(in_state));
    let place = (job::Column::CreatedAt, job::Column::Id);
    page::newest_of_each(services, select, place, (job::Column::OwnerId, owners), args).await
}

/// The number of each owner's jobs that the audience may see, of one status if given.
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
