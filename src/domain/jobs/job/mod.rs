//! Jobs: finding, posting, changing, and their way from draft to completion.

pub mod district;
mod due;
mod era;
pub mod facets;
mod filter;
mod found;
mod highlights;
pub mod index;
pub mod input;
mod leaving;
mod list;
mod order;
mod past;
mod pausing;
pub mod pay;
mod plan;
pub mod read;
mod relevance;
mod repost;
pub mod status;
mod step;
mod texts;
mod visible;
mod write;

use std::sync::LazyLock;

use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect, QueryTrait, Value};

use self::visible::{Way, visible_to, ways};
pub use self::{
    due::{complete_due, expire_due},
    filter::{CITY_FILTER, DISTRICT_FILTER, JobFilter, NewFilter, SEARCH},
    highlights::{Highlights, highlights},
    input::{JobChange, NewJob},
    leaving::is_emptied,
    list::{count, count_done_by, count_of_owners, list, of_owners},
    order::JobOrder,
    past::{PastJob, past},
    read::{Detail, Found, Wanted},
    relevance::position,
    repost::repost,
    status::{Status, Transition, Who},
    step::{REASON, cancel, complete, dispute, publish, report, start},
    texts::Texts,
    visible::is_public,
    write::{create, update},
};
pub(in crate::domain) use self::{
    leaving::close_for_erasure,
    pausing::{is_stopped, pause, resume},
    step::{advance, assign, rule_for, said},
    visible::timed,
};
pub use crate::entity::job::{Model as Job, Proposal};
use crate::{
    domain::{
        Services,
        change::Change,
        store::{row, shape::Shapes},
        viewer::{Audience, Viewer},
    },
    entity::job,
    error::{Error, Noun, Result},
};

/// One job, by the kind of its audience and what is wanted of it.
static ONE: LazyLock<Shapes<(Audience, Wanted)>> = LazyLock::new(Shapes::default);

/// The job, if the audience may see it.
pub async fn find(services: &Services, audience: Audience, id: i64) -> Result<Option<Job>> {
    Ok(read(services, audience, id, Wanted::JOB).await?.map(|(job, _)| job))
}

/// What is wanted of the job, if the audience may see it.
pub async fn read(
    services: &Services,
    audience: Audience,
    id: i64,
    wanted: Wanted,
) -> Result<Option<Found>> {
    let db = services.db.read();
    let of_audience = ways(audience, None).into_iter().filter_map(Way::value);
    let values: Vec<Value> = of_audience.chain([id.into()]).collect();
    let key = (audience.kind(), wanted);
    let statement = ONE.statement(db.get_database_backend(), key, values, || {
        wanted.of(visible_to(audience).filter(job::Column::Id.eq(id))).into_query()
    });
    row::read_one(db, statement, |cells| wanted.read(cells)).await
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

/// What was agreed on, for viewers whom the job concerns.
#[must_use]
pub fn agreed_amount(job: &Job, viewer: &Viewer) -> Option<i64> {
    job.agreed_amount.filter(|_| concerns(job, viewer))
}

fn is_party(job: &Job, user_id: i64) -> bool {
    job.owner_id == user_id || job.assignee_id == Some(user_id)
}
