//! Pauses published jobs while their owner is suspended or waits for erasure.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

use super::{Status, Transition};
use crate::{
    domain::{
        account::user::User,
        change::{Change, NewEvent},
        to_millis,
    },
    entity::{application, job, user},
    error::Result,
    mail::NoticeKind,
};

/// Takes the owner's published jobs off the board and notifies applicants who wait.
pub(in crate::domain) async fn pause(change: &Change<'_>, owner_id: i64) -> Result<()> {
    if turn(change, owner_id, Transition::Pause).await? {
        let told = |count| NoticeKind::ApplicationsPaused { count };
        tell_applicants(change, (owner_id, Status::Paused), told).await?;
    }
    Ok(())
}

/// Whether jobs of this owner are not to be on the board.
pub(in crate::domain) fn is_stopped(owner: &User) -> bool {
    owner.suspended_at.is_some() || owner.erase_at.is_some()
}

/// Resumes the owner's paused jobs, unless another reason for the pause remains.
pub(in crate::domain) async fn resume(change: &Change<'_>, owner: &User) -> Result<()> {
    if is_stopped(owner) {
        return Ok(());
    }
    if turn(change, owner.id, Transition::Resume).await? {
        let told = |count| NoticeKind::ApplicationsResumed { count };
        tell_applicants(change, (owner.id, Status::Published), told).await?;
    }
    Ok(())
}

/// Applies this transition to all jobs of the owner that allow it; returns whether there were any.
async fn turn(change: &Change<'_>, owner_id: i64, transition: Transition) -> Result<bool> {
    let jobs = job::Entity::update_many()
        .col_expr(job::Column::Status, Expr::val(transition.to()))
        .col_expr(job::Column::Version, Expr::col(job::Column::Version).add(1))
        .col_expr(job::Column::UpdatedAt, Expr::val(to_millis(change.now())))
        .filter(job::Column::OwnerId.eq(owner_id))
        .filter(job::Column::Status.is_in(transition.sources()))
        .exec_with_returning(change)
        .await?;
    for job in &jobs {
        change.happened(NewEvent::plain(job.id, transition.kind()));
    }
    Ok(!jobs.is_empty())
}

/// Queues one mail to each person with pending applications for the owner's jobs of this status.
async fn tell_applicants(
    change: &Change<'_>,
    (owner_id, status): (i64, Status),
    told: impl Fn(i64) -> NoticeKind,
) -> Result<()> {
    let jobs = job::Entity::find()
        .select_only()
        .column(job::Column::Id)
        .filter(job::Column::OwnerId.eq(owner_id))
        .filter(job::Column::Status.eq(status))
        .into_query();
    let waiting = application::Entity::find()
        .select_only()
        .column(application::Column::ApplicantId)
        .filter(application::Column::JobId.in_subquery(jobs))
        .filter(application::Column::Status.eq(application::Status::Pending));
    let people = user::Entity::find()
        .filter(user::Column::Id.in_subquery(waiting.clone().into_query()))
        .filter(user::Column::SuspendedAt.is_null())
        .filter(user::Column::DeletedAt.is_null())
        .all(change)
        .await?;
    let counts: Vec<(i64, i64)> = waiting
        .column_as(application::Column::Id.count(), "count")
        .group_by(application::Column::ApplicantId)
        .into_tuple()
        .all(change)
        .await?;
    let counts: HashMap<i64, i64> = counts.into_iter().collect();
    let told = |user: User| {
        let occasion = told(*counts.get(&user.id)?);
        Some((user, occasion))
    };
    change.notify_all(people.into_iter().filter_map(told)).await
}
