//! Stepping back from a job before its work begins.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect,
};
use serde_json::json;

use super::{Application, Status};
use crate::{
    domain::{
        Services,
        change::{Change, about_application},
        jobs::job::{self, Job, Transition, Who},
        to_millis,
        viewer::Actor,
    },
    entity::application,
    error::{Error, Noun, Result},
};

/// Puts an assigned job back on the board, by its owner or its assignee, whose application ends. The owner's account
/// is locked too: if it is stopped, the job is paused at once, as all its others are.
pub async fn release(services: &Services, actor: &Actor, id: i64, reason: &str) -> Result<Job> {
    let reason = job::said(reason)?;
    let seen = job::find(services, actor.audience(), id).await?;
    let owner_id = seen.ok_or(Error::NotFound(Noun::Job))?.owner_id;
    let (change, ref actor, owner) = Change::acting_beside(services, actor, owner_id).await?;
    let job = job::visible(&change, actor.audience(), id).await?;
    let (_, who) = job::rule_for(&job, actor, Transition::Release)?;
    let ended = end(&change, &job, who).await?;
    let mut facts = about_application(ended.id, ended.applicant_id);
    facts["reason"] = reason.into();
    let mut job = job::advance(&change, job, Transition::Release, facts).await?;
    if job::is_stopped(&owner) {
        job = job::advance(&change, job, Transition::Pause, json!({})).await?;
    }
    change.commit().await?;
    Ok(job)
}

/// Ends the accepted application; who was released by the owner may not apply again.
async fn end(change: &Change<'_>, job: &Job, who: Who) -> Result<Application> {
    let accepted = application::Entity::find()
        .filter(application::Column::JobId.eq(job.id))
        .filter(application::Column::Status.eq(Status::Accepted))
        .lock_exclusive()
        .one(change)
        .await?
        .ok_or(Error::NotFound(Noun::Application))?;
    let mut model = accepted.into_active_model();
    model.status = Set(Status::Released);
    model.may_return = Set(who == Who::Worker);
    model.updated_at = Set(to_millis(change.now()));
    Ok(model.update(change).await?)
}
