//! Closes the jobs and applications of an account that is being erased.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use serde_json::json;

use super::{Job, Status, Transition, index, step::advance};
use crate::{
    domain::{change::Change, jobs::pending, store::texts},
    entity::{application, job},
    error::Result,
};

/// Whether the job was emptied with its owner's account; every other job has a title.
pub fn is_emptied(job: &Job) -> bool {
    job.title.is_empty()
}

/// Closes the person's open jobs, withdraws their open applications and blanks their texts. Work in
/// progress counts as completed, since nobody can confirm it any more; what is disputed waits for an
/// administrator as before.
pub(in crate::domain) async fn close_for_erasure(change: &Change<'_>, user_id: i64) -> Result<()> {
    use Status::{Assigned, Draft, InProgress, Paused, Published, ReportedDone};
    let open = [Draft, Published, Paused, Assigned, InProgress, ReportedDone];
    let jobs = job::Entity::find()
        .filter(job::Column::OwnerId.eq(user_id))
        .filter(job::Column::Status.is_in(open))
        .lock_exclusive()
        .all(change)
        .await?;
    for job in jobs {
        let last = match job.status {
            Status::InProgress | Status::ReportedDone => Transition::Complete,
            _ => Transition::Cancel,
        };
        advance(change, job, last, json!({})).await?;
    }
    pending::withdraw(change, user_id).await?;
    let (of_owner, of_applicant) =
        (job::Column::OwnerId.eq(user_id), application::Column::ApplicantId.eq(user_id));
    index::forget(change, user_id).await?;
    let kept = [job::Column::JobType, job::Column::Status];
    texts::empty::<job::Entity>(change, of_owner, &kept).await?;
    texts::empty::<application::Entity>(change, of_applicant, &[application::Column::Status]).await
}
