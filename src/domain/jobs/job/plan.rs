//! How a list finds its jobs.

use sea_orm::{
    ColumnTrait, Condition, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select, Value,
    sea_query::{Query, SelectStatement, UnionType},
};

use super::{
    JobFilter, JobOrder,
    visible::{Way, any, ways},
};
use crate::{
    domain::{store::page::PageArgs, viewer::Audience},
    entity::job,
};

/// The key of the order within a subquery.
pub(super) const KEY: &str = "key";

/// How a list finds the jobs that an audience may see.
pub(super) enum Plan {
    /// Along the order of the list, past the jobs that no way leads to.
    Walk(Vec<Way>),
    /// By the ids of the first jobs that any way leads to, each time with one city and one type.
    Merge(Vec<(Way, JobFilter)>),
}

impl Plan {
    /// PostgreSQL scans the newest jobs and soon finds enough public ones; SQLite would materialise
    /// each way completely.
    pub fn of(backend: DbBackend, audience: Audience, filter: &JobFilter, order: JobOrder) -> Self {
        let ways = ways(audience, filter.status);
        let is_one = ways.len() == 1 && filter.has_one_place();
        let walks = backend == DbBackend::Postgres
            && filter.status.is_none()
            && matches!(order, JobOrder::Newest | JobOrder::Oldest);
        if is_one || walks {
            return Self::Walk(ways);
        }
        let filters = filter.alternatives();
        let each = |way| filters.iter().map(move |filter| (way, filter.clone()));
        Self::Merge(ways.into_iter().flat_map(each).collect())
    }

    pub fn page(
        &self,
        backend: DbBackend,
        filter: &JobFilter,
        order: JobOrder,
        args: &PageArgs,
    ) -> Select<job::Entity> {
        match self {
            Self::Walk(ways) => paged(filter.select(any(ways)), order, args),
            Self::Merge(ways) => {
                let jobs = ways.iter().map(|(way, filter)| filter.select(way.condition()));
                let first = match backend {
                    DbBackend::Postgres => first_of_each(jobs, order, args),
                    _ => first_of_all(jobs, order, args),
                };
                let among = first.map(|ids| job::Column::Id.in_subquery(ids));
                let jobs = job::Entity::find().filter(Condition::all().add_option(among));
                paged(jobs, order, args)
            }
        }
    }

    /// The values of the page, in the order of their places.
    pub fn values(&self, filter: &JobFilter, args: &PageArgs) -> Vec<Value> {
        let of = |filter: &JobFilter| filter.values().into_iter().chain(args.bounds());
        match self {
            Self::Walk(ways) => {
                ways.iter().filter_map(|way| way.value()).chain(of(filter)).collect()
            }
            Self::Merge(ways) => {
                let each =
                    ways.iter().flat_map(|(way, filter)| way.value().into_iter().chain(of(filter)));
                each.chain(args.bounds()).collect()
            }
        }
    }
}

/// The ids of the first jobs of each way, among which the first jobs overall are: PostgreSQL would
/// read a union without limits completely.
fn first_of_each(
    ways: impl Iterator<Item = Select<job::Entity>>,
    order: JobOrder,
    args: &PageArgs,
) -> Option<SelectStatement> {
    union(ways.map(|jobs| ids_of(paged(jobs, order, args))))
}

/// The ids of the first jobs of all ways: SQLite merges the ways in their order, and reads no more
/// of each than the page needs.
fn first_of_all(
    ways: impl Iterator<Item = Select<job::Entity>>,
    order: JobOrder,
    args: &PageArgs,
) -> Option<SelectStatement> {
    let places = ways.map(|jobs| {
        let jobs = between(jobs, order, args).select_only();
        jobs.column(job::Column::Id).expr_as(order.key(), KEY).into_query()
    });
    let mut merged = places.reduce(|mut all, way| all.union(UnionType::Distinct, way).take())?;
    let direction = args.direction(order.descending());
    merged
        .order_by(KEY, direction.clone())
        .order_by(job::Column::Id, direction)
        .limit(args.fetch_size());
    Some(Query::select().column(job::Column::Id).from_subquery(merged, "jobs").take())
}

/// In a subquery, because SQLite allows no LIMIT within a UNION.
pub(super) fn ids_of(select: Select<job::Entity>) -> SelectStatement {
    let ids = select.select_only().column(job::Column::Id).into_query();
    Query::select().column(job::Column::Id).from_subquery(ids, "jobs").take()
}

pub(super) fn union(selects: impl Iterator<Item = SelectStatement>) -> Option<SelectStatement> {
    selects.reduce(|mut union, select| union.union(UnionType::All, select).take())
}

pub(super) fn between(
    select: Select<job::Entity>,
    order: JobOrder,
    args: &PageArgs,
) -> Select<job::Entity> {
    let between = args.between(&order.key(), &job::Column::Id.into_expr(), order.descending());
    select.filter(Condition::all().add_option(between))
}

fn paged(select: Select<job::Entity>, order: JobOrder, args: &PageArgs) -> Select<job::Entity> {
    let direction = args.direction(order.descending());
    between(select, order, args)
        .order_by(order.key(), direction.clone())
        .order_by(job::Column::Id, direction)
        .limit(args.fetch_size())
}
