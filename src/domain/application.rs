//! Applications: who wants a job, and whom its owner chooses.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, Order,
    QueryFilter, QuerySelect, QueryTrait, Select, SqlErr,
    sea_query::{Expr, ExprTrait},
};

pub use crate::entity::application::{Model as Application, Status};
use crate::{
    clock::Timestamp,
    domain::{
        Services,
        event::{self, Kind, NewEvent},
        input::{number, paragraph},
        job::{self, Job, Transition},
        page::{self, PageArgs, Position},
        row::{Cells, Row},
        stored,
        viewer::{Actor, Audience},
    },
    entity::{application, job as job_entity},
    error::{Conflict, Error, FieldErrors, Noun, Result},
};

pub const MESSAGE_MAX: usize = 2_000;
/// The list that cursors of applications for a job belong to.
pub const LIST: &str = "applications:newest";
/// The list that cursors of a person's applications belong to.
pub const LIST_OF_APPLICANT: &str = "applicant-applications:newest";

/// An application as sent.
#[derive(Debug, Clone)]
pub struct NewApplication {
    pub job_id: i64,
    pub message: String,
    pub offered_amount: Option<i64>,
}

/// The place of an application in its list.
#[must_use]
pub fn position(application: &Application) -> Position {
    Position { key: application.created_at.0.timestamp_millis(), id: application.id }
}

impl Row for Application {
    fn read(cells: &mut Cells<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            id: cells.next()?,
            job_id: cells.next()?,
            applicant_id: cells.next()?,
            message: cells.next()?,
            offered_amount: cells.next()?,
            status: cells.next()?,
            created_at: cells.next()?,
            updated_at: cells.next()?,
        })
    }
}

/// The application, if the audience may see it: its applicant and the owner of its job may.
pub async fn find(services: &Services, audience: Audience, id: i64) -> Result<Option<Application>> {
    Ok(visible_to(audience).filter(application::Column::Id.eq(id)).one(services.db.read()).await?)
}

/// For each job one page of its applications, newest first, in one statement.
pub async fn of_jobs(
    services: &Services,
    audience: Audience,
    jobs: &[i64],
    args: &PageArgs,
) -> Result<Vec<Application>> {
    newest_of_each(services, visible_to(audience), (application::Column::JobId, jobs), args).await
}

/// For each person one page of the applications that they sent, newest first, in one statement.
pub async fn of_applicants(
    services: &Services,
    audience: Audience,
    applicants: &[i64],
    status: Option<Status>,
    args: &PageArgs,
) -> Result<Vec<Application>> {
    let in_state = status.map(|status| application::Column::Status.eq(status));
    let select = visible_to(audience).filter(Condition::all().add_option(in_state));
    newest_of_each(services, select, (application::Column::ApplicantId, applicants), args).await
}

async fn newest_of_each(
    services: &Services,
    select: Select<application::Entity>,
    parents: (application::Column, &[i64]),
    args: &PageArgs,
) -> Result<Vec<Application>> {
    let direction = if args.fetches_descending(true) { Order::Desc } else { Order::Asc };
    let place = [application::Column::CreatedAt, application::Column::Id];
    let between = args.between(place[0], place[1], true);
    page::first_of_each(
        services.db.read(),
        select.filter(Condition::all().add_option(between)).into_query(),
        parents,
        place.map(|column| (column, direction.clone())),
        args.fetch_size(),
    )
    .await
}

/// How many applications of each job the audience may see.
pub async fn count_of_jobs(
    services: &Services,
    audience: Audience,
    jobs: &[i64],
) -> Result<Vec<(i64, i64)>> {
    Ok(visible_to(audience)
        .filter(application::Column::JobId.is_in(jobs.iter().copied()))
        .select_only()
        .column(application::Column::JobId)
        .column_as(application::Column::Id.count(), "count")
        .group_by(application::Column::JobId)
        .into_tuple()
        .all(services.db.read())
        .await?)
}

/// How many applications in each state each person has sent.
pub async fn count_of_applicants(
    services: &Services,
    audience: Audience,
    applicants: &[i64],
) -> Result<Vec<(i64, Status, i64)>> {
    Ok(visible_to(audience)
        .filter(application::Column::ApplicantId.is_in(applicants.iter().copied()))
        .select_only()
        .columns([application::Column::ApplicantId, application::Column::Status])
        .column_as(application::Column::Id.count(), "count")
        .group_by(application::Column::ApplicantId)
        .group_by(application::Column::Status)
        .into_tuple()
        .all(services.db.read())
        .await?)
}

/// Applies to a published job of somebody else.
pub async fn apply(services: &Services, actor: &Actor, new: NewApplication) -> Result<Application> {
    let (message, offered_amount) = new.parse()?;
    let tx = services.db.begin().await?;
    let job = job::visible(&tx, actor.audience(), new.job_id).await?;
    if job.owner_id == actor.user_id {
        return Err(Error::Conflict(Conflict::OwnJob));
    }
    if job.status != job::Status::Published {
        return Err(job::status::conflict(job.status));
    }
    let now = services.clock.now();
    let application = application::ActiveModel {
        job_id: Set(job.id),
        applicant_id: Set(actor.user_id),
        message: Set(message),
        offered_amount: Set(offered_amount),
        status: Set(Status::Pending),
        created_at: Set(stored(now)),
        updated_at: Set(stored(now)),
        ..Default::default()
    }
    .insert(&tx)
    .await
    .map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Error::Conflict(Conflict::AlreadyApplied),
        _ => error.into(),
    })?;
    job::finish(services, tx, Some(actor), &[happened(&application, Kind::ApplicationReceived)])
        .await?;
    Ok(application)
}

/// Takes one's own pending application back.
pub async fn withdraw(services: &Services, actor: &Actor, id: i64) -> Result<Application> {
    let tx = services.db.begin().await?;
    let (application, job) = locked(&tx, actor, id).await?;
    if application.applicant_id != actor.user_id {
        return Err(forbidden_or_unknown(&job, actor));
    }
    let application = settle(&tx, application, Status::Withdrawn, services.clock.now()).await?;
    job::finish(services, tx, Some(actor), &[happened(&application, Kind::ApplicationWithdrawn)])
        .await?;
    Ok(application)
}

/// Chooses this applicant: the job is assigned and all other pending applications are rejected.
pub async fn accept(services: &Services, actor: &Actor, id: i64) -> Result<(Application, Job)> {
    let tx = services.db.begin().await?;
    let (application, job) = locked(&tx, actor, id).await?;
    owner_only(&application, &job, actor)?;
    Transition::Assign.from(job.status)?;
    let now = services.clock.now();
    let application = settle(&tx, application, Status::Accepted, now).await?;
    let mut model = job.into_active_model();
    model.assignee_id = Set(Some(application.applicant_id));
    let job = job::take(&tx, model, Transition::Assign, now).await?;
    let mut events = vec![happened(&application, Kind::ApplicationAccepted)];
    events.extend(reject_pending(&tx, job.id, now).await?);
    job::finish(services, tx, Some(actor), &events).await?;
    Ok((application, job))
}

/// Turns this applicant down.
pub async fn reject(services: &Services, actor: &Actor, id: i64) -> Result<Application> {
    let tx = services.db.begin().await?;
    let (application, job) = locked(&tx, actor, id).await?;
    owner_only(&application, &job, actor)?;
    let application = settle(&tx, application, Status::Rejected, services.clock.now()).await?;
    job::finish(services, tx, Some(actor), &[happened(&application, Kind::ApplicationRejected)])
        .await?;
    Ok(application)
}

/// Rejects all pending applications of a job, telling what happened.
pub(super) async fn reject_pending(
    tx: &DatabaseTransaction,
    job_id: i64,
    now: Timestamp,
) -> Result<Vec<NewEvent>> {
    let of_job = application::Column::JobId.eq(job_id);
    settle_pending(tx, of_job, Status::Rejected, Kind::ApplicationRejected, now).await
}

/// Withdraws all pending applications of a person, telling what happened.
pub(super) async fn withdraw_pending(
    tx: &DatabaseTransaction,
    applicant_id: i64,
    now: Timestamp,
) -> Result<Vec<NewEvent>> {
    let of_person = application::Column::ApplicantId.eq(applicant_id);
    settle_pending(tx, of_person, Status::Withdrawn, Kind::ApplicationWithdrawn, now).await
}

async fn settle_pending(
    tx: &DatabaseTransaction,
    which: Expr,
    status: Status,
    kind: Kind,
    now: Timestamp,
) -> Result<Vec<NewEvent>> {
    let settled = application::Entity::update_many()
        .col_expr(application::Column::Status, Expr::val(status))
        .col_expr(application::Column::UpdatedAt, Expr::val(stored(now)))
        .filter(which)
        .filter(application::Column::Status.eq(Status::Pending))
        .exec_with_returning(tx)
        .await?;
    Ok(settled.iter().map(|application| happened(application, kind)).collect())
}

fn visible_to(audience: Audience) -> Select<application::Entity> {
    let select = application::Entity::find();
    match audience {
        Audience::Everything => select,
        Audience::Public => select.filter(application::Column::Id.lt(0)),
        Audience::Person(user_id) => select.filter(
            application::Column::ApplicantId.eq(user_id).or(application::Column::JobId
                .in_subquery(
                    job_entity::Entity::find()
                        .select_only()
                        .column(job_entity::Column::Id)
                        .filter(job_entity::Column::OwnerId.eq(user_id))
                        .into_query(),
                )),
        ),
    }
}

/// Locks the job first and then the application, so that two choices of one owner queue up.
async fn locked(tx: &DatabaseTransaction, actor: &Actor, id: i64) -> Result<(Application, Job)> {
    let unknown = || Error::NotFound(Noun::Application);
    let seen = visible_to(actor.audience())
        .filter(application::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or_else(unknown)?;
    let job = job_entity::Entity::find_by_id(seen.job_id).lock_exclusive().one(tx).await?;
    let application = application::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
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

async fn settle(
    tx: &DatabaseTransaction,
    application: Application,
    status: Status,
    now: Timestamp,
) -> Result<Application> {
    if application.status != Status::Pending {
        return Err(Error::Conflict(Conflict::ApplicationState(name(application.status))));
    }
    let mut model = application.into_active_model();
    model.status = Set(status);
    model.updated_at = Set(stored(now));
    Ok(model.update(tx).await?)
}

/// The state as GraphQL spells it.
pub(super) fn name(status: Status) -> &'static str {
    match status {
        Status::Pending => "PENDING",
        Status::Withdrawn => "WITHDRAWN",
        Status::Accepted => "ACCEPTED",
        Status::Rejected => "REJECTED",
    }
}

fn happened(application: &Application, kind: Kind) -> NewEvent {
    let data = event::about_application(application.id, application.applicant_id);
    NewEvent { job_id: application.job_id, kind, data }
}

impl NewApplication {
    fn parse(&self) -> Result<(String, Option<i64>)> {
        let mut errors = FieldErrors::default();
        let message = errors.check("message", paragraph(&self.message, MESSAGE_MAX));
        let amount = self.offered_amount.and_then(|amount| {
            errors.check("offeredAmount", number(amount, 0, job::input::AMOUNT_MAX))
        });
        if errors.is_empty() {
            Ok((message.unwrap_or_default(), amount))
        } else {
            Err(errors.into())
        }
    }
}
