//! Jobs that everybody could see once.

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect};

use super::{Status, visible::in_any};
use crate::{
    domain::Services,
    entity::{job, user},
    error::Result,
};

/// What remains of a job for strangers: enough to look for others like it.
#[derive(Debug, FromQueryResult)]
pub struct PastJob {
    pub city: String,
    pub job_type: String,
}

/// States that only jobs which were public come to. A job that was called off may have been a draft.
const SEEN: [Status; 6] = [
    Status::Assigned,
    Status::InProgress,
    Status::ReportedDone,
    Status::Completed,
    Status::Disputed,
    Status::Expired,
];

/// The job, if everybody could see it and nobody can apply any more; of an account that stopped, nothing is
/// told.
pub async fn past(services: &Services, id: i64) -> Result<Option<PastJob>> {
    let owner = job::Entity::belongs_to(user::Entity)
        .from(job::Column::OwnerId)
        .to(user::Column::Id)
        .into();
    let found = job::Entity::find_by_id(id)
        .select_only()
        .columns([job::Column::City, job::Column::JobType])
        .join(JoinType::InnerJoin, owner)
        .filter(in_any(&SEEN))
        .filter(user::Column::SuspendedAt.is_null())
        .filter(user::Column::EraseAt.is_null())
        .filter(user::Column::DeletedAt.is_null());
    Ok(found.into_model().one(services.db.read()).await?)
}
