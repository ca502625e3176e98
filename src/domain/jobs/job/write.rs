//! Posting and changing jobs.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
};

use super::{Job, JobChange, NewJob, Status, index, status, visible};
use crate::{
    domain::{
        Services,
        change::{Change, NewEvent, about_change},
        jobs::job_type,
        to_millis,
        viewer::Actor,
    },
    entity::{job, job_event::Kind},
    error::{Conflict, Error, Result},
};

/// Posts a job as a draft, or publishes it immediately.
pub async fn create(services: &Services, actor: &Actor, new: NewJob) -> Result<Job> {
    let now = services.clock.now();
    let publish = new.publish;
    let known = job_type::known(services, Some(&new.job_type)).await?;
    let columns = new.parse(&known, now)?;
    let (change, actor) = Change::acting(services, actor).await?;
    let job = job::ActiveModel {
        owner_id: Set(actor.user_id),
        status: Set(if publish { Status::Published } else { Status::Draft }),
        version: Set(1),
        created_at: Set(to_millis(now)),
        updated_at: Set(to_millis(now)),
        ..columns
    }
    .insert(&change)
    .await?;
    index::add(&change, &job).await?;
    change.happened(NewEvent::plain(job.id, Kind::Created));
    if publish {
        change.happened(NewEvent::plain(job.id, Kind::Published));
    }
    change.commit().await?;
    Ok(job)
}

/// Changes the actor's own draft or published job.
pub async fn update(
    services: &Services,
    actor: &Actor,
    id: i64,
    changes: JobChange,
) -> Result<Job> {
    let known = job_type::known(services, changes.job_type.as_deref()).await?;
    let changes = changes.parse(&known, services.clock.now())?;
    let (change, ref actor) = Change::acting(services, actor).await?;
    let job = owned(&change, actor, id).await?;
    if changes.expected_version.is_some_and(|version| version != job.version) {
        return Err(Error::Conflict(Conflict::JobVersion(job.version)));
    }
    if !matches!(job.status, Status::Draft | Status::Published) {
        return Err(status::conflict(job.status));
    }
    let data = about_change(&changes.names, job.status);
    let columns = changes.placed(Some(&job))?;
    let model = job::ActiveModel { id: Unchanged(id), version: Unchanged(job.version), ..columns };
    let changed = save(&change, model, NewEvent { job_id: id, kind: Kind::Updated, data }).await?;
    index::renew(&change, &job, &changed).await?;
    change.commit().await?;
    Ok(changed)
}

/// Locks a job of the actor: 404 if the actor may not see it, 403 if it is another person's.
async fn owned(change: &Change<'_>, actor: &Actor, id: i64) -> Result<Job> {
    let job = visible(change, actor.audience(), id).await?;
    if job.owner_id == actor.user_id || actor.is_admin { Ok(job) } else { Err(Error::Forbidden) }
}

/// Saves what has changed of a job, and tells it: a job never changes in silence.
pub(super) async fn save(
    change: &Change<'_>,
    model: job::ActiveModel,
    event: NewEvent,
) -> Result<Job> {
    change.happened(event);
    store(change, model).await
}

pub(super) async fn store(change: &Change<'_>, mut model: job::ActiveModel) -> Result<Job> {
    model.version = Set(model.version.take().unwrap_or_default() + 1);
    model.updated_at = Set(to_millis(change.now()));
    Ok(model.update(change).await?)
}
