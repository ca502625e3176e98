//! Ordering and paging lists of jobs.

use std::sync::LazyLock;

use async_graphql::Enum;
use sea_orm::{
    ActiveEnum, ColumnTrait, Condition, DbBackend, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select, Value,
    sea_query::{Query, SelectStatement, UnionType},
};

use super::{
    Detail, Found, Job, JobFilter, Status, Wanted,
    filter::Terms,
    visible::{Way, any, visible_to, ways},
};
use crate::{
    domain::{
        Services,
        store::{
            page::{self, Page, PageArgs, Position},
            row,
            shape::Shapes,
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

/// Lists, by all that decides the text of their statement.
static LISTS: LazyLock<Shapes<ListKind>> = LazyLock::new(Shapes::default);

type ListKind = (Audience, Option<Status>, [bool; 9], JobOrder, PageArgs, Wanted);

/// One page of the jobs that the audience may see.
pub async fn list(
    services: &Services,
    audience: Audience,
    filter: &JobFilter,
    order: JobOrder,
    args: &PageArgs,
    wanted: Wanted,
) -> Result<Page<Found>> {
    filter.check(audience)?;
    let (db, backend) = (services.db.read(), services.db.backend());
    let plan = Plan::of(backend, audience, filter, order);
    let terms = filter.terms();
    let filters = terms.each_ref().map(Option::is_some);
    let kind = (audience.kind(), filter.status, filters, order, args.kind(), wanted);
    let statement = LISTS.statement(backend, kind, plan.values(&terms, args), || {
        wanted.of(plan.page(filter, order, args)).into_query()
    });
    Ok(args.page(row::read_all(db, statement, |cells| wanted.read(cells)).await?))
}

/// The number of jobs that match the filter and the audience may see, counted up to
/// [`page::MOST_COUNTED`].
pub async fn count(services: &Services, audience: Audience, filter: &JobFilter) -> Result<i64> {
    filter.check(audience)?;
    let mut ways = ways(audience, filter.status).into_iter().map(Way::condition);
    let first = ways.next().unwrap_or_else(Condition::any);
    let count = page::count(services, filter.select(first.clone())).await?;
    let Some(ids) = union(ways.map(|way| ids_of(filter.select(way)))) else {
        return Ok(count);
    };
    let more = job::Entity::find().filter(job::Column::Id.in_subquery(ids)).filter(first.not());
    Ok((count + page::count(services, more).await?).min(page::MOST_COUNTED))
}

/// How a list finds the jobs that an audience may see.
enum Plan {
    /// Along the order of the list, past the jobs that no way leads to.
    Walk(Vec<Way>),
    /// By the first jobs of each way: the first jobs overall are among them.
    Merge(Vec<Way>),
}

impl Plan {
    /// PostgreSQL scans the newest jobs and soon finds enough public ones; SQLite would materialise
    /// each way completely.
    fn of(backend: DbBackend, audience: Audience, filter: &JobFilter, order: JobOrder) -> Self {
        let ways = ways(audience, filter.status);
        let walks = backend == DbBackend::Postgres
            && filter.status.is_none()
            && matches!(order, JobOrder::Newest | JobOrder::Oldest);
        if ways.len() == 1 || walks { Self::Walk(ways) } else { Self::Merge(ways) }
    }

    fn page(&self, filter: &JobFilter, order: JobOrder, args: &PageArgs) -> Select<job::Entity> {
        let page = |way| paged(filter.select(way), order, args);
        match self {
            Self::Walk(ways) => page(any(ways)),
            Self::Merge(ways) => {
                let candidates = union(ways.iter().map(|way| ids_of(page(way.condition()))));
                let among = candidates.map(|ids| job::Column::Id.in_subquery(ids));
                let jobs = job::Entity::find().filter(Condition::all().add_option(among));
                paged(jobs, order, args)
            }
        }
    }

    /// The values of the page, in the order of their places.
    fn values(&self, terms: &Terms, args: &PageArgs) -> Vec<Value> {
        let filter = || terms.iter().flatten().map(|(value, _)| value.clone()).chain(args.bounds());
        match self {
            Self::Walk(ways) => ways.iter().filter_map(|way| way.value()).chain(filter()).collect(),
            Self::Merge(ways) => {
                let each = ways.iter().flat_map(|way| way.value().into_iter().chain(filter()));
                each.chain(args.bounds()).collect()
            }
        }
    }
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

/// Pages of owners' jobs, by all that decides the text of their statement.
static OF_OWNERS: LazyLock<Shapes<OwnersKind>> = LazyLock::new(Shapes::default);

type OwnersKind = (Audience, bool, usize, PageArgs, Detail);

/// One page of jobs for each owner, of one status if given, in one statement; at least one owner.
pub async fn of_owners(
    services: &Services,
    audience: Audience,
    owners: &[i64],
    status: Option<Status>,
    args: &PageArgs,
    detail: Detail,
) -> Result<Vec<Job>> {
    let (db, backend) = (services.db.read(), services.db.backend());
    let mut values: Vec<Value> = owners.iter().map(|id| (*id).into()).collect();
    values.extend(ways(audience, None).into_iter().filter_map(Way::value));
    values.extend(status.map(|status| status.to_value().into()));
    values.extend(args.bounds());
    let kind = (audience.kind(), status.is_some(), owners.len(), args.kind(), detail);
    let statement = OF_OWNERS.statement(backend, kind, values, || {
        let in_state = status.map(|status| job::Column::Status.eq(status));
        let jobs = visible_to(audience).filter(Condition::all().add_option(in_state));
        let columns = detail.columns();
        let jobs = jobs.select_only().columns(columns.clone()).into_query();
        let place = (job::Column::CreatedAt, job::Column::Id);
        let of_owners = (job::Column::OwnerId, owners);
        page::newest_of_each(backend, jobs, place, of_owners, args, &columns)
    });
    row::read_all(db, statement, |cells| detail.read(cells)).await
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
