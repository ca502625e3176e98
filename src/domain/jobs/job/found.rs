//! Lists of the jobs that a question finds.
//!
//! Most questions find many jobs, so the first jobs of the list are looked through. Where too few of
//! them are found to fill the page soon, the full-text index knows which others are, and they are few.

use sea_orm::{
    Condition, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

use super::{
    Found, JobFilter, JobOrder, Wanted, index,
    plan::{KEY, Plan, between},
    visible::{any, ways},
};
use crate::{
    domain::{
        Services,
        jobs::search::Question,
        store::{page::PageArgs, row, words},
        viewer::Audience,
    },
    entity::job::{self, Column as C},
    error::Result,
};

/// Most jobs that are ranked by relevance; more than a page has.
pub(super) const RANKED: u64 = 1_000;

/// How many of the first jobs are looked through for a page: some, to see how frequent hits are, then as many
/// as take as long as the index where hits are rarer.
const FOR_A_PAGE: [u64; 2] = [100, 2_000];
/// The same for the jobs that are ranked. More depends on the guess, so it is made from more jobs.
const TO_RANK: [u64; 2] = [1_000, 20_000];

/// The jobs of one page, in the order in which they are read, and one more if there is one.
pub(super) async fn list(
    services: &Services,
    audience: Audience,
    (filter, question): (&JobFilter, &Question),
    order: JobOrder,
    args: &PageArgs,
    wanted: Wanted,
) -> Result<Vec<Found>> {
    let (backend, pieces) = (services.db.backend(), question.pieces());
    let [few, many] = if args.fetch_size() < RANKED { FOR_A_PAGE } else { TO_RANK };
    for (size, next) in [(few, many), (many, 0)] {
        let first = PageArgs { size: size - 1, ..args.clone() };
        let first = Plan::of(backend, audience, filter, order).page(backend, filter, order, &first);
        let found = read(services, (first, order.key()), &pieces, order, args, wanted).await?;
        let hits = found.len() as u64;
        if hits == args.fetch_size() {
            return Ok(found);
        }
        // To look further is in vain if that would hardly find enough.
        if hits * next < args.size * size {
            break;
        }
    }
    let jobs = between(indexed(backend, audience, filter, question), order, args);
    let direction = args.direction(order.descending());
    let jobs = jobs.order_by(sum(order), direction.clone()).order_by(C::Id, direction);
    read(services, (jobs, sum(order)), &question.substrings(), order, args, wanted).await
}

/// All jobs that the audience may see and the question finds.
pub(super) fn all(
    backend: DbBackend,
    audience: Audience,
    filter: &JobFilter,
    question: &Question,
) -> Select<job::Entity> {
    let pieces = question.substrings();
    let jobs = indexed(backend, audience, filter, question);
    let contain = words::contain(backend, Expr::col((job::Entity, C::Id)), &pieces);
    jobs.filter(Condition::all().add_option(contain))
}

/// The jobs with all terms of the question.
fn indexed(
    backend: DbBackend,
    audience: Audience,
    filter: &JobFilter,
    question: &Question,
) -> Select<job::Entity> {
    let ids = index::matching(backend, question, filter);
    let jobs = filter.select(any(&ways(audience, filter.status)));
    jobs.filter(Expr::col((job::Entity, C::Id)).in_subquery(ids))
}

/// Reads the first jobs whose texts have all pieces, of jobs that are ordered by a key and their ids.
async fn read(
    services: &Services,
    jobs: (Select<job::Entity>, Expr),
    pieces: &[String],
    order: JobOrder,
    args: &PageArgs,
    wanted: Wanted,
) -> Result<Vec<Found>> {
    let (db, backend) = (services.db.read(), services.db.backend());
    let ids = first_with(backend, jobs, pieces, order, args);
    let direction = args.direction(order.descending());
    let jobs = job::Entity::find()
        .filter(Expr::col((job::Entity, C::Id)).in_subquery(ids))
        .order_by(sum(order), direction.clone())
        .order_by(C::Id, direction);
    row::select(db, &wanted.of(jobs).into_query(), |cells| wanted.read(cells)).await
}

/// Texts are only read until the page is full, since the jobs come in the order of the list.
fn first_with(
    backend: DbBackend,
    (jobs, key): (Select<job::Entity>, Expr),
    pieces: &[String],
    order: JobOrder,
    args: &PageArgs,
) -> SelectStatement {
    let jobs = jobs.select_only().column(C::Id).expr_as(key, KEY).into_query();
    let direction = args.direction(order.descending());
    let mut ids = Query::select();
    ids.column(C::Id)
        .from_subquery(jobs, "first")
        .and_where_option(words::contain(backend, Expr::col(("first", C::Id)), pieces))
        .order_by(KEY, direction.clone())
        .order_by(C::Id, direction)
        .limit(args.fetch_size());
    Query::select().column(C::Id).from_subquery(ids, "found").take()
}

/// The key of the order as a sum, so that no index along it looks as if it were the shortest way.
fn sum(order: JobOrder) -> Expr {
    order.key().add(Expr::Constant(0.into()))
}
