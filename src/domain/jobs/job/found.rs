//! Lists of the jobs that a question finds.
//!
//! Most questions find many jobs, so the first jobs of the list are looked through. Where too few of
//! them are found, the full-text index knows which others are, and then they are few.

use sea_orm::{
    Condition, DbBackend, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, ExprTrait},
};

use super::{
    Found, JobFilter, JobOrder, Wanted, index,
    plan::{Plan, between, ids_of},
    visible::{any, ways},
};
use crate::{
    domain::{
        Services,
        jobs::search::Question,
        store::{page::PageArgs, row, words},
        viewer::Audience,
    },
    entity::{job, job_text},
    error::Result,
};

/// How many of the first jobs are looked through, one number after the other.
const LOOKED_THROUGH: [u64; 2] = [100, 1_000];

/// The jobs of one page, in the order in which they are read, and one more if there is one.
pub(super) async fn list(
    services: &Services,
    audience: Audience,
    (filter, question): (&JobFilter, &Question),
    order: JobOrder,
    args: &PageArgs,
    wanted: Wanted,
) -> Result<Vec<Found>> {
    let (db, backend) = (services.db.read(), services.db.backend());
    for size in LOOKED_THROUGH {
        let first = PageArgs { size: size - 1, ..args.clone() };
        let first = Plan::of(backend, audience, filter, order).page(backend, filter, order, &first);
        let jobs = has_pieces(backend, among(first), &question.pieces());
        let jobs = wanted.of(ordered(jobs, order, args)).into_query();
        let found = row::select(db, &jobs, |cells| wanted.read(cells)).await?;
        if found.len() as u64 == args.fetch_size() {
            return Ok(found);
        }
    }
    let jobs = between(all(backend, audience, filter, question), order, args);
    let jobs = wanted.of(ordered(jobs, order, args)).into_query();
    row::select(db, &jobs, |cells| wanted.read(cells)).await
}

/// All jobs that the audience may see and the question finds.
pub(super) fn all(
    backend: DbBackend,
    audience: Audience,
    filter: &JobFilter,
    question: &Question,
) -> Select<job::Entity> {
    let ids = index::matching(backend, question, filter);
    let jobs = filter.select(any(&ways(audience, filter.status)));
    let jobs = jobs.filter(Expr::col((job::Entity, job::Column::Id)).in_subquery(ids));
    has_pieces(backend, jobs, &question.substrings())
}

fn among(first: Select<job::Entity>) -> Select<job::Entity> {
    let ids = ids_of(first);
    job::Entity::find().filter(Expr::col((job::Entity, job::Column::Id)).in_subquery(ids))
}

fn has_pieces(
    backend: DbBackend,
    jobs: Select<job::Entity>,
    pieces: &[String],
) -> Select<job::Entity> {
    if pieces.is_empty() {
        return jobs;
    }
    let text = job_text::Entity::belongs_to(job::Entity)
        .from(job_text::Column::JobId)
        .to(job::Column::Id)
        .into();
    let has = |all: Condition, piece: &String| all.add(words::contains(backend, piece.clone()));
    jobs.join_rev(JoinType::InnerJoin, text).filter(pieces.iter().fold(Condition::all(), has))
}

/// By a sum, so that no index along the order looks as if it were the shortest way.
fn ordered(jobs: Select<job::Entity>, order: JobOrder, args: &PageArgs) -> Select<job::Entity> {
    let direction = args.direction(order.descending());
    jobs.order_by(Expr::col((job::Entity, order.column())).add(0), direction.clone())
        .order_by(job::Column::Id, direction)
        .limit(args.fetch_size())
}
