//! Jobs that a question finds, by relevance.
//!
//! Each point of [`Question::score`] counts as much as a day: a job stands where one that was posted that
//! many days later would stand among jobs of no points. So the order is of whole numbers that do not change
//! as time goes by, and of two jobs always the same one is first.

use std::{cmp::Reverse, collections::HashMap};

use sea_orm::{ColumnTrait, QueryFilter, QueryTrait};

use super::{
    Detail, Found, Job, JobFilter, JobOrder, Wanted,
    found::{RANKED, Search},
    visible::visible_to,
};
use crate::{
    domain::{
        Services,
        jobs::search::{Question, fold},
        store::{
            page::{Page, PageArgs, Position},
            row,
        },
        viewer::Audience,
    },
    entity::job,
    error::Result,
};

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;

/// The place of a job in a list with this filter and order.
#[must_use]
pub fn position(filter: &JobFilter, order: JobOrder, job: &Job) -> Position {
    match (order, &filter.search) {
        (JobOrder::Relevance, Some(question)) => rank(question, job),
        _ => order.position(job),
    }
}

fn rank(question: &Question, job: &Job) -> Position {
    let Position { key, id } = JobOrder::Newest.position(job);
    let days = i64::from(question.score(&fold(&job.title)));
    Position { key: key.saturating_add(days * DAY_MILLIS), id }
}

/// One page of the jobs that the question finds and the audience may see. Jobs that are newer than the
/// first page do not push others out of the list.
pub(super) async fn list(
    services: &Services,
    audience: Audience,
    (filter, question): (&JobFilter, &Question),
    args: &PageArgs,
    wanted: Wanted,
) -> Result<Page<Found>> {
    let hits = newest(services, audience, (filter, question), args.pin).await?;
    let pin = args.pin.or_else(|| hits.first().map(|(job, _)| JobOrder::Newest.position(job)));
    let mut places: Vec<Position> = hits.iter().map(|(job, _)| rank(question, job)).collect();
    places.retain(|at| {
        args.after.is_none_or(|after| *at < after) && args.before.is_none_or(|before| *at > before)
    });
    places.sort_unstable_by_key(|at| Reverse(*at));
    if args.backward {
        places.reverse();
    }
    let Page { rows: places, has_next, has_previous, .. } = args.page(places);
    let ids: Vec<i64> = places.iter().map(|at| at.id).collect();
    let rows = by_ids(services, audience, &ids, wanted).await?;
    Ok(Page { rows, has_next, has_previous, pin })
}

/// The newest jobs that are found, or those up to this one.
async fn newest(
    services: &Services,
    audience: Audience,
    (filter, question): (&JobFilter, &Question),
    upto: Option<Position>,
) -> Result<Vec<Found>> {
    let after = upto.map(|Position { key, id }| Position { key, id: id.saturating_add(1) });
    let args = PageArgs { size: RANKED - 1, backward: false, after, before: None, pin: None };
    let (order, wanted) = (JobOrder::Newest, Wanted { job: Detail::Brief, owner: None });
    Search { services, audience, filter, question, order, args: &args, wanted }.list().await
}

/// What is wanted of these jobs, in this order; without those that the audience may see no more.
async fn by_ids(
    services: &Services,
    audience: Audience,
    ids: &[i64],
    wanted: Wanted,
) -> Result<Vec<Found>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let select = visible_to(audience).filter(job::Column::Id.is_in(ids.iter().copied()));
    let select = wanted.of(select).into_query();
    let read = row::select(services.db.read(), &select, |cells| wanted.read(cells)).await?;
    let mut jobs: HashMap<i64, Found> = read.into_iter().map(|found| (found.0.id, found)).collect();
    Ok(ids.iter().filter_map(|id| jobs.remove(id)).collect())
}
