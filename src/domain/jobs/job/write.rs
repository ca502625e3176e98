//! Posting and changing jobs, and their transitions from draft to completion.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

use super::{Job, JobChange, NewJob, Status, Transition, index, is_party, kind, status, visible};
use crate::{
    domain::{
        Services,
        change::{Change, NewEvent, about_change, about_transition},
        jobs::{job_type, pending},
        origin::Origin,
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

/// Publishes a draft.
pub async fn publish(services: &Services, actor: &Actor, id: i64) -> Result<Job> {
    step(services, actor, id, Transition::Publish).await
}

/// Cancels a job; pending applications are rejected.
pub async fn cancel(services: &Services, actor: &Actor, id: i64) -> Result<Job> {
    step(services, actor, id, Transition::Cancel).await
}

/// Starts the work; the assignee may do so too.
pub async fn start(services: &Services, actor: &Actor, id: i64) -> Result<Job> {
    step(services, actor, id, Transition::Start).await
}

/// Confirms that the work is done.
pub async fn complete(services: &Services, actor: &Actor, id: i64) -> Result<Job> {
    step(services, actor, id, Transition::Complete).await
}

/// Expires published and paused jobs whose time is over; returns their number.
pub async fn expire_due(services: &Services) -> Result<usize> {
    let due = job::Entity::find()
        .filter(job::Column::Status.is_in([Status::Published, Status::Paused]))
        .filter(job::Column::ExpiresAt.lte(to_millis(services.clock.now())));
    if due.clone().limit(1).one(services.db.read()).await?.is_none() {
        return Ok(0);
    }
    let change = Change::of_the_gateway(services, &Origin::default()).await?;
    let jobs = due.limit(500).lock_exclusive().all(&change).await?;
    let expired = jobs.len();
    for job in jobs {
        advance(&change, job, Transition::Expire).await?;
    }
    change.commit().await?;
    Ok(expired)
}

async fn step(services: &Services, actor: &Actor, id: i64, transition: Transition) -> Result<Job> {
    let (change, ref actor) = Change::acting(services, actor).await?;
    let job = match transition {
        Transition::Start => party(&change, actor, id).await?,
        _ => owned(&change, actor, id).await?,
    };
    let job = advance(&change, job, transition).await?;
    change.commit().await?;
    Ok(job)
}

/// Applies a transition within a change.
pub(super) async fn advance(change: &Change<'_>, job: Job, transition: Transition) -> Result<Job> {
    transition.from(job.status)?;
    let data = about_transition(job.status);
    let event = NewEvent { job_id: job.id, kind: kind(transition), data };
    let mut model = job.into_active_model();
    model.status = Set(transition.to());
    let job = save(change, model, event).await?;
    if matches!(transition, Transition::Cancel | Transition::Expire) {
        pending::reject(change, job.id).await?;
    }
    Ok(job)
}

/// Assigns a job to an applicant; the application's event reports it.
pub(in crate::domain) async fn assign(
    change: &Change<'_>,
    job: Job,
    applicant_id: i64,
) -> Result<Job> {
    let mut model = job.into_active_model();
    model.status = Set(Transition::Assign.to());
    model.assignee_id = Set(Some(applicant_id));
    store(change, model).await
}

/// Locks a job of the actor: 404 if the actor may not see it, 403 if it is another person's.
async fn owned(change: &Change<'_>, actor: &Actor, id: i64) -> Result<Job> {
    let job = party(change, actor, id).await?;
    if job.owner_id == actor.user_id || actor.is_admin { Ok(job) } else { Err(Error::Forbidden) }
}

/// Locks a job that the actor owns or is assigned to.
async fn party(change: &Change<'_>, actor: &Actor, id: i64) -> Result<Job> {
    let job = visible(change, actor.audience(), id).await?;
    if is_party(&job, actor.user_id) || actor.is_admin { Ok(job) } else { Err(Error::Forbidden) }
}

/// Saves what has changed of a job, and tells it: a job never changes in silence.
async fn save(change: &Change<'_>, model: job::ActiveModel, event: NewEvent) -> Result<Job> {
    change.happened(event);
    store(change, model).await
}

async fn store(change: &Change<'_>, mut model: job::ActiveModel) -> Result<Job> {
    model.version = Set(model.version.take().unwrap_or_default() + 1);
    model.updated_at = Set(to_millis(change.now()));
    Ok(model.update(change).await?)
}
