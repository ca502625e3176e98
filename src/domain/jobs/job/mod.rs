//! Jobs: posting, changing and their way from draft to done.

pub mod input;
mod leaving;
mod list;
mod pausing;
pub mod status;
mod visible;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, JoinType,
    QueryFilter, QuerySelect, QueryTrait, Select,
};
use serde_json::Value;

use self::visible::visible_to;
pub use self::{
    input::{JobChange, NewJob, ParsedChange},
    list::{
        CITY_FILTER, JobFilter, JobOrder, SEARCH, count, count_of_owners, list, list_with_owners,
        of_owners,
    },
    status::{Status, Transition},
};
pub(in crate::domain) use self::{
    leaving::close_for_erasure,
    pausing::{pause, resume},
};
pub use crate::entity::job::Model as Job;
use crate::{
    domain::{
        Services,
        account::user::Person,
        change::{Change, NewEvent, about_change},
        jobs::{job_type, pending},
        origin::Origin,
        parse::folded,
        store::row::{self, Cells, Row},
        to_millis,
        viewer::{Actor, Audience, Viewer},
    },
    entity::{job, job_event::Kind, user},
    error::{Conflict, Error, Noun, Result},
};

/// The job, if the audience may see it.
pub async fn find(services: &Services, audience: Audience, id: i64) -> Result<Option<Job>> {
    let select = visible_to(audience).filter(job::Column::Id.eq(id));
    row::one(services.db.read(), &select.into_query()).await
}

/// The job and the person who posted it, if the audience may see it.
pub async fn find_with_owner(
    services: &Services,
    audience: Audience,
    id: i64,
) -> Result<Option<(Job, Person)>> {
    let select = with_owner(visible_to(audience).filter(job::Column::Id.eq(id)));
    row::one(services.db.read(), &select.into_query()).await
}

/// Adds what may be shown of the owner to each job.
fn with_owner(select: Select<job::Entity>) -> Select<job::Entity> {
    let owner = job::Entity::belongs_to(user::Entity)
        .from(job::Column::OwnerId)
        .to(user::Column::Id)
        .into();
    select.join(JoinType::InnerJoin, owner).columns(Person::COLUMNS)
}

impl Row for Job {
    fn read(cells: &mut Cells<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            id: cells.next()?,
            owner_id: cells.next()?,
            assignee_id: cells.next()?,
            title: cells.next()?,
            description: cells.next()?,
            job_type: cells.next()?,
            city: cells.next()?,
            city_folded: cells.next()?,
            address: cells.next()?,
            estimated_amount: cells.next()?,
            status: cells.next()?,
            scheduled_at: cells.next()?,
            expires_at: cells.next()?,
            version: cells.next()?,
            created_at: cells.next()?,
            updated_at: cells.next()?,
        })
    }
}

/// Locks a job that the audience may see.
pub(in crate::domain) async fn visible(
    change: &Change<'_>,
    audience: Audience,
    id: i64,
) -> Result<Job> {
    let select = visible_to(audience).filter(job::Column::Id.eq(id)).lock_exclusive();
    select.one(change).await?.ok_or(Error::NotFound(Noun::Job))
}

/// The jobs among these ids that the audience may see, in no order.
pub async fn by_ids(services: &Services, audience: Audience, ids: &[i64]) -> Result<Vec<Job>> {
    let select = visible_to(audience).filter(job::Column::Id.is_in(ids.iter().copied()));
    row::all(services.db.read(), &select.into_query()).await
}

/// Whether a job concerns the viewer: its owner, its assignee and administrators are told all of it.
#[must_use]
pub fn concerns(job: &Job, viewer: &Viewer) -> bool {
    viewer.is_admin() || viewer.user_id().is_some_and(|id| is_party(job, id))
}

/// The street address, for those whom the job concerns: it is often where somebody lives.
#[must_use]
pub fn address<'a>(job: &'a Job, viewer: &Viewer) -> Option<&'a str> {
    concerns(job, viewer).then_some(job.address.as_str())
}

fn is_party(job: &Job, user_id: i64) -> bool {
    job.owner_id == user_id || job.assignee_id == Some(user_id)
}

/// Posts a job: a draft, or published at once.
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

/// Changes a draft or published job of the actor's.
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

/// Shows a draft to everybody.
pub async fn publish(services: &Services, actor: &Actor, id: i64) -> Result<Job> {
    step(services, actor, id, Transition::Publish).await
}

/// Calls a job off; pending applications are rejected.
pub async fn cancel(services: &Services, actor: &Actor, id: i64) -> Result<Job> {
    step(services, actor, id, Transition::Cancel).await
}

/// Begins the work; the assignee may say so too.
pub async fn start(services: &Services, actor: &Actor, id: i64) -> Result<Job> {
    step(services, actor, id, Transition::Start).await
}

/// Confirms that the work is done.
pub async fn complete(services: &Services, actor: &Actor, id: i64) -> Result<Job> {
    step(services, actor, id, Transition::Complete).await
}

/// Ends published and paused jobs whose time is over; the number of them.
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

/// Takes a step inside a change.
async fn advance(change: &Change<'_>, job: Job, transition: Transition) -> Result<Job> {
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

/// Gives a job to an applicant, which the event of the application tells.
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

/// The event of a step.
pub(crate) fn kind(transition: Transition) -> Kind {
    match transition {
        Transition::Publish => Kind::Published,
        Transition::Pause => Kind::Paused,
        Transition::Resume => Kind::Resumed,
        Transition::Assign => Kind::ApplicationAccepted,
        Transition::Start => Kind::Started,
        Transition::Complete => Kind::Completed,
        Transition::Cancel => Kind::Cancelled,
        Transition::Expire => Kind::Expired,
    }
}

/// Locks a job that the actor owns: unknown to them is 404, known and not theirs is 403.
async fn owned(change: &Change<'_>, actor: &Actor, id: i64) -> Result<Job> {
    let job = party(change, actor, id).await?;
    if job.owner_id == actor.user_id || actor.is_admin { Ok(job) } else { Err(Error::Forbidden) }
}

/// Locks a job that the actor owns or works on.
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
