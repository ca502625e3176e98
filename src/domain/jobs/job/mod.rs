//! Jobs: finding, posting, changing, and their way from draft to completion.

mod filter;
pub mod input;
mod leaving;
mod list;
mod pausing;
pub mod status;
mod visible;
mod write;

use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait, Select};

pub use self::{
    filter::{CITY_FILTER, JobFilter, SEARCH},
    input::{JobChange, NewJob},
    list::{JobOrder, count, count_of_owners, list, list_with_owners, of_owners},
    status::{Status, Transition},
    write::{cancel, complete, create, expire_due, publish, start, update},
};
pub(in crate::domain) use self::{
    leaving::close_for_erasure,
    pausing::{pause, resume},
    write::assign,
};
use self::{visible::visible_to, write::advance};
pub use crate::entity::job::Model as Job;
use crate::{
    domain::{
        Services,
        account::user::Person,
        change::Change,
        store::row::{self, row},
        viewer::{Audience, Viewer},
    },
    entity::{job, job_event::Kind, user},
    error::{Error, Noun, Result},
};

/// The job, if the audience may see it.
pub async fn find(services: &Services, audience: Audience, id: i64) -> Result<Option<Job>> {
    let select = visible_to(audience).filter(job::Column::Id.eq(id));
    row::one(services.db.read(), &select.into_query()).await
}

/// The job with its owner, if the audience may see it.
pub async fn find_with_owner(
    services: &Services,
    audience: Audience,
    id: i64,
) -> Result<Option<(Job, Person)>> {
    let select = with_owner(visible_to(audience).filter(job::Column::Id.eq(id)));
    row::one(services.db.read(), &select.into_query()).await
}

/// Joins each job with the public data of its owner.
fn with_owner(select: Select<job::Entity>) -> Select<job::Entity> {
    let owner = job::Entity::belongs_to(user::Entity)
        .from(job::Column::OwnerId)
        .to(user::Column::Id)
        .into();
    select.join(JoinType::InnerJoin, owner).columns(Person::COLUMNS)
}

row! {
    Job {
        id, owner_id, assignee_id, title, description, job_type, city, city_folded, address,
        estimated_amount, status, scheduled_at, expires_at, version, created_at, updated_at,
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

/// The jobs with these ids that the audience may see, in any order.
pub async fn by_ids(services: &Services, audience: Audience, ids: &[i64]) -> Result<Vec<Job>> {
    let select = visible_to(audience).filter(job::Column::Id.is_in(ids.iter().copied()));
    row::all(services.db.read(), &select.into_query()).await
}

/// Whether a job concerns the viewer: its owner, its assignee and administrators see all of it.
#[must_use]
pub fn concerns(job: &Job, viewer: &Viewer) -> bool {
    viewer.is_admin() || viewer.user_id().is_some_and(|id| is_party(job, id))
}

/// The street address, for viewers whom the job concerns: it is often somebody's home.
#[must_use]
pub fn address<'a>(job: &'a Job, viewer: &Viewer) -> Option<&'a str> {
    concerns(job, viewer).then_some(job.address.as_str())
}

fn is_party(job: &Job, user_id: i64) -> bool {
    job.owner_id == user_id || job.assignee_id == Some(user_id)
}

/// The kind of event of a transition.
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
