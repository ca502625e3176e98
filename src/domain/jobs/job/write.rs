//! Posting and changing jobs, and their transitions from draft to completion.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect,
};
use serde_json::Value;

use super::{
    Job, JobChange, NewJob, ParsedChange, Status, Transition, is_party, kind, status, visible,
};
use crate::{
    domain::{
        Services,
        change::{Change, NewEvent, about_change},
        jobs::{job_type, pending},
        origin::Origin,
        parse::folded,
        to_millis,
        viewer::Actor,
    },
    entity::{job, job_event::Kind},
    error::{Conflict, Error, Result},
};

/// Posts a job as a draft, or publishes it immediately.
pub async fn create(services: &Services, actor: &Actor, new: NewJob) -> Result<Job> {
    let now = services.clock.now();
    let new = new.parse(&job_type::list(services).await?, now)?;
    let status = if new.publish { Status::Published } else { Status::Draft };
    let (change, actor) = Change::acting(services, actor).await?;
    let job = job::ActiveModel {
        owner_id: Set(actor.user_id),
        title: Set(new.title),
        description: Set(new.description),
        job_type: Set(new.job_type),
        city_folded: Set(folded(&new.city)),
        city: Set(new.city),
        address: Set(new.address),
        estimated_amount: Set(new.estimated_amount),
        status: Set(status),
        scheduled_at: Set(new.scheduled_at.map(to_millis)),
        expires_at: Set(new.expires_at.map(to_millis)),
        version: Set(1),
        created_at: Set(to_millis(now)),
        updated_at: Set(to_millis(now)),
        ..Default::default()
    }
    .insert(&change)
    .await?;
    change.happened(NewEvent::plain(job.id, Kind::Created));
    if new.publish {
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
    let changes = changes.parse(&job_type::list(services).await?, services.clock.now())?;
    let (change, ref actor) = Change::acting(services, actor).await?;
    let job = owned(&change, actor, id).await?;
    if changes.expected_version.is_some_and(|version| version != job.version) {
        return Err(Error::Conflict(Conflict::JobVersion(job.version)));
    }
    if !matches!(job.status, Status::Draft | Status::Published) {
        return Err(status::conflict(job.status));
    }
    let status = job.status;
    let (model, names) = apply(job, changes);
    let data = about_change(&names, status);
    let job = save(&change, model, NewEvent { job_id: id, kind: Kind::Updated, data }).await?;
    change.commit().await?;
    Ok(job)
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
    let event = NewEvent::plain(job.id, kind(transition));
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

fn apply(job: Job, changes: ParsedChange) -> (job::ActiveModel, Vec<Value>) {
    let mut model = job.into_active_model();
    let mut names = Vec::new();
    if let Some(city) = &changes.city {
        model.city_folded = Set(folded(city));
    }
    macro_rules! set {
        ($($field:ident as $name:literal => $value:expr;)*) => {$(
            if let Some(value) = $value {
                model.$field = Set(value);
                names.push(Value::from($name));
            }
        )*};
    }
    set! {
        title as "title" => changes.title;
        description as "description" => changes.description;
        job_type as "jobType" => changes.job_type;
        city as "city" => changes.city;
        address as "address" => changes.address;
        estimated_amount as "estimatedAmount" => changes.estimated_amount;
        scheduled_at as "scheduledAt" => changes.scheduled_at.map(|at| at.map(to_millis));
        expires_at as "expiresAt" => changes.expires_at.map(|at| at.map(to_millis));
    }
    (model, names)
}

/// Saves changes of a job together with an event: every change has one.
async fn save(change: &Change<'_>, model: job::ActiveModel, event: NewEvent) -> Result<Job> {
    change.happened(event);
    store(change, model).await
}

async fn store(change: &Change<'_>, mut model: job::ActiveModel) -> Result<Job> {
    model.version = Set(model.version.take().unwrap_or_default() + 1);
    model.updated_at = Set(to_millis(change.now()));
    Ok(model.update(change).await?)
}
