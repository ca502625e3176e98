//! Reviews that nobody's writing tells of: those that are to be written, and those that opened by themselves.

use std::collections::{BTreeSet, HashSet};

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    prelude::ChronoUnixTimestampMillis,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement},
};

use super::{
    Kind, Notice,
    draft::Draft,
    window::{Place, Window},
};
use crate::{
    domain::{
        Services,
        change::Change,
        jobs::event::{self, JobEvent, Logged, about},
    },
    entity::{job, review, user},
    error::Result,
};

/// Where a notice about reviews comes from, so that a person is invited once for a job and told once of a review,
/// by whichever way it comes first.
pub(super) fn source(event: &JobEvent, kind: Kind) -> Option<String> {
    match kind {
        Kind::ReviewToWrite => Some(of_job(event.job_id)),
        Kind::ReviewToRead => about(event)["reviewId"].as_i64().map(of_review),
        _ => None,
    }
}

fn of_job(id: i64) -> String {
    format!("job {id}")
}

fn of_review(id: i64) -> String {
    format!("review {id}")
}

/// Invites to review those jobs that a decision has left completed: their first day may be long over.
pub(super) async fn decided(change: &Change<'_>, events: &[Logged]) -> Result<Vec<Draft>> {
    let decided = events.iter().map(|it| &it.event).filter(|it| it.kind == event::Kind::Decided);
    let jobs: BTreeSet<i64> = decided.map(|event| event.job_id).collect();
    to_write(change, &jobs.into_iter().collect::<Vec<_>>()).await
}

/// Invites each side of these jobs that has not reviewed the other: where the job is still completed, and the other
/// side's account is not erased.
pub(super) async fn to_write(change: &Change<'_>, jobs: &[i64]) -> Result<Vec<Draft>> {
    if jobs.is_empty() {
        return Ok(Vec::new());
    }
    let sides: Vec<(i64, i64, Option<i64>)> = job::Entity::find()
        .select_only()
        .columns([job::Column::Id, job::Column::OwnerId, job::Column::AssigneeId])
        .filter(job::Column::Id.is_in(jobs.iter().copied()))
        .filter(job::Column::Status.eq(job::Status::Completed))
        .into_tuple()
        .all(change)
        .await?;
    let written: Vec<(i64, i64)> = review::Entity::find()
        .select_only()
        .columns([review::Column::JobId, review::Column::AuthorId])
        .filter(review::Column::JobId.is_in(jobs.iter().copied()))
        .into_tuple()
        .all(change)
        .await?;
    let written: HashSet<_> = written.into_iter().collect();
    let pairs = sides.into_iter().filter_map(|(job, owner, worker)| Some((job, owner, worker?)));
    let pairs: Vec<_> =
        pairs.flat_map(|(job, one, two)| [(job, one, two), (job, two, one)]).collect();
    let erased = erased(change, pairs.iter().map(|pair| pair.2)).await?;
    let is_open = |(job, author, other): &(i64, i64, i64)| {
        !written.contains(&(*job, *author)) && !erased.contains(other)
    };
    let draft = |(job, author, _)| draft(author, Kind::ReviewToWrite, of_job(job), job);
    Ok(pairs.into_iter().filter(is_open).map(draft).collect())
}

/// The jobs of these notices that the person has reviewed.
pub(super) async fn written(
    services: &Services,
    author: i64,
    notices: &[Notice],
) -> Result<HashSet<i64>> {
    let invited = notices.iter().filter(|notice| notice.kind == Kind::ReviewToWrite);
    let jobs: Vec<i64> = invited.map(|notice| notice.job_id).collect();
    if jobs.is_empty() {
        return Ok(HashSet::new());
    }
    let written: Vec<i64> = review::Entity::find()
        .select_only()
        .column(review::Column::JobId)
        .filter(review::Column::AuthorId.eq(author))
        .filter(review::Column::JobId.is_in(jobs))
        .into_tuple()
        .all(services.db.read())
        .await?;
    Ok(written.into_iter().collect())
}

async fn erased(change: &Change<'_>, people: impl Iterator<Item = i64>) -> Result<HashSet<i64>> {
    let erased: Vec<i64> = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .filter(user::Column::Id.is_in(people.collect::<BTreeSet<_>>()))
        .filter(user::Column::DeletedAt.is_not_null())
        .into_tuple()
        .all(change)
        .await?;
    Ok(erased.into_iter().collect())
}

/// A review whose time has come: its id, the time, its job, and whom it is about.
type Opened = (i64, ChronoUnixTimestampMillis, i64, i64);

/// Tells whoever was reviewed that they can read it, unless they have opened it by their own review or an
/// administrator has hidden it; and the places of what was found.
pub(super) async fn to_read(
    change: &Change<'_>,
    window: &Window,
) -> Result<(Vec<Draft>, Vec<Place>)> {
    use review::Column::{HiddenAt, Id, JobId, ReviewedId, VisibleAt};
    let select = review::Entity::find()
        .select_only()
        .columns([Id, VisibleAt, JobId, ReviewedId])
        .filter(HiddenAt.is_null())
        .filter(Expr::exists(answer()).not());
    let opened: Vec<Opened> = window.of(select, (VisibleAt, Id)).into_tuple().all(change).await?;
    let places = opened.iter().map(|opened| (opened.1.0.timestamp_millis(), opened.0)).collect();
    let draft =
        |(id, _, job, person): &Opened| draft(*person, Kind::ReviewToRead, of_review(*id), *job);
    Ok((opened.iter().map(draft).collect(), places))
}

/// The review of the same job by the other side.
fn answer() -> SelectStatement {
    let answers = Alias::new("answers");
    let of = |column: review::Column| Expr::col((answers.clone(), column));
    let outer = |column: review::Column| Expr::col((review::Entity, column));
    Query::select()
        .expr(Expr::cust("1"))
        .from_as(review::Entity, answers.clone())
        .and_where(of(review::Column::JobId).eq(outer(review::Column::JobId)))
        .and_where(of(review::Column::AuthorId).eq(outer(review::Column::ReviewedId)))
        .to_owned()
}

fn draft(user_id: i64, kind: Kind, source: String, job_id: i64) -> Draft {
    Draft { user_id, kind, source, job_id, application_id: None, actor_id: None }
}
