//! Pages of lists of jobs.

use std::sync::LazyLock;

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Value};

use super::{
    Detail, Found, Job, JobFilter, JobOrder, Status, Wanted,
    filter::FilterKind,
    found::{self, Search},
    plan::{Plan, ids_of, union},
    relevance,
    visible::{Way, in_status, visible_to, ways},
};
use crate::{
    domain::{
        Services,
        store::{
            page::{self, Page, PageArgs},
            row,
            shape::Shapes,
        },
        viewer::Audience,
    },
    entity::job,
    error::Result,
};

/// Lists, by all that decides the text of their statement.
static LISTS: LazyLock<Shapes<ListKind>> = LazyLock::new(Shapes::default);

type ListKind = (Audience, FilterKind, JobOrder, PageArgs, Wanted);

/// One page of the jobs that the audience may see.
pub async fn list(
    services: &Services,
    audience: Audience,
    filter: &JobFilter,
    order: JobOrder,
    args: &PageArgs,
    wanted: Wanted,
) -> Result<Page<Found>> {
    if let Some(question) = &filter.search {
        if order == JobOrder::Relevance {
            return relevance::list(services, audience, (filter, question), args, wanted).await;
        }
        let search = Search { services, audience, filter, question, order, args, wanted };
        return Ok(args.page(search.list().await?));
    }
    let (db, backend) = (services.db.read(), services.db.backend());
    let plan = Plan::of(backend, audience, filter, order);
    let kind = (audience.kind(), filter.kind(), order, args.kind(), wanted);
    let statement = LISTS.statement(backend, kind, plan.values(filter, args), || {
        wanted.of(plan.page(backend, filter, order, args)).into_query()
    });
    Ok(args.page(row::read_all(db, statement, |cells| wanted.read(cells)).await?))
}

/// The number of jobs that match the filter and the audience may see, counted up to
/// [`page::MOST_COUNTED`].
pub async fn count(services: &Services, audience: Audience, filter: &JobFilter) -> Result<i64> {
    if let Some(question) = &filter.search {
        let backend = services.db.backend();
        return page::count(services, found::all(backend, audience, filter, question)).await;
    }
    let mut ways = ways(audience, filter.status).into_iter().map(Way::condition);
    let first = ways.next().unwrap_or_else(Condition::any);
    let count = page::count(services, filter.select(first.clone())).await?;
    let Some(ids) = union(ways.map(|way| ids_of(filter.select(way)))) else {
        return Ok(count);
    };
    let more = job::Entity::find().filter(job::Column::Id.in_subquery(ids)).filter(first.not());
    Ok((count + page::count(services, more).await?).min(page::MOST_COUNTED))
}

/// Pages of owners' jobs, by all that decides the text of their statement.
static OF_OWNERS: LazyLock<Shapes<OwnersKind>> = LazyLock::new(Shapes::default);

type OwnersKind = (Audience, Option<Status>, usize, PageArgs, Detail);

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
    values.extend(args.bounds());
    let kind = (audience.kind(), status, owners.len(), args.kind(), detail);
    let statement = OF_OWNERS.statement(backend, kind, values, || {
        let in_state = status.map(in_status);
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
    let in_state = status.map(in_status);
    let select = visible_to(audience).filter(Condition::all().add_option(in_state));
    page::count_of_each(services, select.into_query(), (job::Column::OwnerId, owners)).await
}

/// The number of jobs that each person has done for others.
pub async fn count_done_by(services: &Services, workers: &[i64]) -> Result<Vec<(i64, i64)>> {
    let select = job::Entity::find().filter(in_status(Status::Completed));
    page::count_of_each(services, select.into_query(), (job::Column::AssigneeId, workers)).await
}
