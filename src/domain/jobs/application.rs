//! Applications: sending, withdrawing, and the owner's choice.

mod list;
mod release;

use std::slice;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, SqlErr, TryIntoModel,
};

use self::list::visible_to;
pub use self::list::{
    LIST, LIST_OF_APPLICANT, by_ids, count_of_applicants, count_of_jobs, find, of_applicants,
    of_jobs, position,
};
pub use self::release::release;
pub use crate::entity::application::{Model as Application, Status};
use crate::{
    domain::{
        Services,
        change::Change,
        jobs::{
            applicants,
            job::{self, Job, Transition},
            pending,
        },
        parse::{Length, number, paragraph},
        spelled, to_millis,
        viewer::Actor,
    },
    entity::{application, job as job_entity, job_event::Kind},
    error::{Conflict, Error, FieldErrors, Noun, Result},
};

pub const MESSAGE: Length = 0..=2_000;
/// How often one person may apply to one job: each time, its owner is notified.
pub const MOST_TIMES: i64 = 5;

/// An application as sent.
#[derive(Debug, Clone)]
pub struct NewApplication {
    pub job_id: i64,
    pub message: String,
    pub offered_amount: Option<i64>,
}

/// Applies to another person's published job; a withdrawn application is sent again, and one that was answered
/// for reasons that are no more.
pub async fn apply(services: &Services, actor: &Actor, new: NewApplication) -> Result<Application> {
    let (message, offered_amount) = new.parse()?;
    let (change, ref actor) = Change::acting(services, actor).await?;
    let job = job::visible(&change, actor.audience(), new.job_id).await?;
    if job.owner_id == actor.user_id {
        return Err(Error::Conflict(Conflict::OwnJob));
    }
    if job.status != job::Status::Published {
        return Err(job::status::conflict(job.status));
    }
    let now = to_millis(services.clock.now());
    let mut model = again(&change, job.id, actor.user_id).await?;
    model.message = Set(message);
    model.offered_amount = Set(offered_amount);
    model.status = Set(Status::Pending);
    model.may_return = Set(false);
    model.created_at = Set(now);
    model.updated_at = Set(now);
    let application = model.save(&change).await.map_err(taken)?.try_into_model()?;
    applicants::count(&change, &[job.id]).await?;
    change.happened(pending::happened(&application, Kind::ApplicationReceived));
    change.commit().await?;
    Ok(application)
}

/// The row to send again, or a new one. The job is locked, so that nobody applies twice
/// at once. Older releases may have left several rows of one person.
async fn again(
    change: &Change<'_>,
    job_id: i64,
    applicant_id: i64,
) -> Result<application::ActiveModel> {
    let earlier = application::Entity::find()
        .filter(application::Column::JobId.eq(job_id))
        .filter(application::Column::ApplicantId.eq(applicant_id))
        .order_by_desc(application::Column::Id)
        .all(change)
        .await?;
    returnable(&earlier)?;
    Ok(match earlier.into_iter().next() {
        Some(last) => {
            let times_sent = Set(last.times_sent + 1);
            application::ActiveModel { times_sent, ..last.into_active_model() }
        }
        None => application::ActiveModel {
            job_id: Set(job_id),
            applicant_id: Set(applicant_id),
            times_sent: Set(1),
            ..Default::default()
        },
    })
}

/// Whether the applicant may send it again while its job takes applications, by the rule of [`apply`].
#[must_use]
pub fn may_return(application: &Application) -> bool {
    returnable(slice::from_ref(application)).is_ok()
}

/// Refuses what stands or was answered for good, and what was sent too often.
fn returnable(earlier: &[Application]) -> Result<()> {
    let may_return = |it: &Application| it.status == Status::Withdrawn || it.may_return;
    if !earlier.iter().all(may_return) {
        return Err(Error::Conflict(Conflict::AlreadyApplied));
    }
    if earlier.iter().map(|application| application.times_sent).sum::<i64>() >= MOST_TIMES {
        return Err(Error::Conflict(Conflict::AppliedTooOften { max: MOST_TIMES }));
    }
    Ok(())
}

/// An older release, which does not lock the job, may have inserted first.
fn taken(error: DbErr) -> Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Error::Conflict(Conflict::AlreadyApplied),
        _ => error.into(),
    }
}

/// Withdraws the actor's own pending application.
pub async fn withdraw(services: &Services, actor: &Actor, id: i64) -> Result<Application> {
    let (change, ref actor) = Change::acting(services, actor).await?;
    let (application, job) = locked(&change, actor, id).await?;
    if application.applicant_id != actor.user_id {
        return Err(forbidden_or_unknown(&job, actor));
    }
    let application =
        settle(&change, application, Status::Withdrawn, Kind::ApplicationWithdrawn).await?;
    applicants::count(&change, &[job.id]).await?;
    change.commit().await?;
    Ok(application)
}

/// Accepts an application: assigns the job and rejects all other pending applications.
pub async fn accept(services: &Services, actor: &Actor, id: i64) -> Result<(Application, Job)> {
    let (change, ref actor) = Change::acting(services, actor).await?;
    let (application, job) = locked(&change, actor, id).await?;
    owner_only(&application, &job, actor)?;
    Transition::Assign.from(job.status)?;
    let application =
        settle(&change, application, Status::Accepted, Kind::ApplicationAccepted).await?;
    let job = job::assign(&change, job, &application).await?;
    pending::reject(&change, job.id, true).await?;
    change.commit().await?;
    Ok((application, job))
}

/// Rejects an application.
pub async fn reject(services: &Services, actor: &Actor, id: i64) -> Result<Application> {
    let (change, ref actor) = Change::acting(services, actor).await?;
    let (application, job) = locked(&change, actor, id).await?;
    owner_only(&application, &job, actor)?;
    let application =
        settle(&change, application, Status::Rejected, Kind::ApplicationRejected).await?;
    change.commit().await?;
    Ok(application)
}

/// Locks the job first, then the application, so that an owner's choices are serialised.
async fn locked(change: &Change<'_>, actor: &Actor, id: i64) -> Result<(Application, Job)> {
    let unknown = || Error::NotFound(Noun::Application);
    let seen = visible_to(actor.audience())
        .filter(application::Column::Id.eq(id))
        .one(change)
        .await?
        .ok_or_else(unknown)?;
    let job = job_entity::Entity::find_by_id(seen.job_id).lock_exclusive().one(change).await?;
    let application = application::Entity::find_by_id(id).lock_exclusive().one(change).await?;
    application.zip(job).ok_or_else(unknown)
}

fn owner_only(application: &Application, job: &Job, actor: &Actor) -> Result<()> {
    if job.owner_id == actor.user_id || actor.is_admin {
        return Ok(());
    }
    debug_assert_eq!(application.applicant_id, actor.user_id, "nobody else sees an application");
    Err(Error::Forbidden)
}

fn forbidden_or_unknown(job: &Job, actor: &Actor) -> Error {
    if job.owner_id == actor.user_id || actor.is_admin {
        Error::Forbidden
    } else {
        Error::NotFound(Noun::Application)
    }
}

/// Answers a pending application, and adds the event.
async fn settle(
    change: &Change<'_>,
    application: Application,
    status: Status,
    kind: Kind,
) -> Result<Application> {
    if application.status != Status::Pending {
        return Err(Error::Conflict(Conflict::ApplicationState(spelled(application.status))));
    }
    change.happened(pending::happened(&application, kind));
    let mut model = application.into_active_model();
    model.status = Set(status);
    model.updated_at = Set(to_millis(change.now()));
    Ok(model.update(change).await?)
}

impl NewApplication {
    fn parse(&self) -> Result<(String, Option<i64>)> {
        let mut errors = FieldErrors::default();
        let message = errors.check("message", paragraph(&self.message, MESSAGE));
        let amount = self
            .offered_amount
            .and_then(|amount| errors.check("offeredAmount", number(amount, job::input::AMOUNT)));
        match message {
            Some(message) if errors.is_empty() => Ok((message, amount)),
            _ => Err(errors.into()),
        }
    }
}
