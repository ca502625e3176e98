//! What becomes of published jobs while nobody can answer for them: their owner is suspended, or has
//! asked for the deletion of the account.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;

use super::{Status, Transition, kind};
use crate::{
    domain::{
        Services, application::Status as ApplicationStatus, database::Transaction, event::NewEvent,
        outbox, stored, user::User,
    },
    entity::{application, job, user},
    error::Result,
    mail::Occasion,
};

/// Takes the owner's published jobs off the board and tells those who wait for an answer; what
/// happened is to be appended last.
pub(in crate::domain) async fn pause(
    services: &Services,
    tx: &Transaction,
    owner_id: i64,
) -> Result<Vec<NewEvent>> {
    let events = turn(services, tx, owner_id, Transition::Pause).await?;
    if !events.is_empty() {
        let told = |count| Occasion::ApplicationsPaused { count };
        tell_applicants(services, tx, (owner_id, Status::Paused), told).await?;
    }
    Ok(events)
}

/// Brings the owner's paused jobs back, unless there still is a reason for the pause.
pub(in crate::domain) async fn resume(
    services: &Services,
    tx: &Transaction,
    owner: &User,
) -> Result<Vec<NewEvent>> {
    if owner.suspended_at.is_some() || owner.erase_at.is_some() {
        return Ok(Vec::new());
    }
    let events = turn(services, tx, owner.id, Transition::Resume).await?;
    if !events.is_empty() {
        let told = |count| Occasion::ApplicationsResumed { count };
        tell_applicants(services, tx, (owner.id, Status::Published), told).await?;
    }
    Ok(events)
}

/// Takes this step with all jobs of the owner that can take it.
async fn turn(
    services: &Services,
    tx: &Transaction,
    owner_id: i64,
    transition: Transition,
) -> Result<Vec<NewEvent>> {
    let jobs = job::Entity::update_many()
        .col_expr(job::Column::Status, Expr::val(transition.to()))
        .col_expr(job::Column::Version, Expr::col(job::Column::Version).add(1))
        .col_expr(job::Column::UpdatedAt, Expr::val(stored(services.clock.now())))
        .filter(job::Column::OwnerId.eq(owner_id))
        .filter(job::Column::Status.is_in(transition.sources().iter().copied()))
        .exec_with_returning(tx)
        .await?;
    let kind = kind(transition);
    Ok(jobs.iter().map(|job| NewEvent { job_id: job.id, kind, data: json!({}) }).collect())
}

/// Promises one mail to everybody with open applications for the owner's jobs in this state.
async fn tell_applicants(
    services: &Services,
    tx: &Transaction,
    (owner_id, status): (i64, Status),
    told: impl Fn(i64) -> Occasion,
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
        .filter(application::Column::Status.eq(ApplicationStatus::Pending));
    let people = user::Entity::find()
        .filter(user::Column::Id.in_subquery(waiting.clone().into_query()))
        .filter(user::Column::SuspendedAt.is_null())
        .filter(user::Column::DeletedAt.is_null())
        .all(tx)
        .await?;
    let counts: Vec<(i64, i64)> = waiting
        .column_as(application::Column::Id.count(), "count")
        .group_by(application::Column::ApplicantId)
        .into_tuple()
        .all(tx)
        .await?;
    let counts: HashMap<i64, i64> = counts.into_iter().collect();
    let told = |user: User| {
        let occasion = told(*counts.get(&user.id)?);
        Some((user, occasion))
    };
    outbox::notify_all(services, tx, people.into_iter().filter_map(told)).await
}
