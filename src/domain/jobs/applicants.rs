//! How many people apply to a job: a column, so that lists need not count.

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    domain::change::Change,
    entity::{
        application::{self, Status},
        job,
    },
    error::Result,
};

/// Counts the applications of jobs anew after some came or were withdrawn; the jobs are locked.
pub(super) async fn count(change: &Change<'_>, jobs: &[i64]) -> Result<()> {
    if jobs.is_empty() {
        return Ok(());
    }
    let of_job = Expr::col((application::Entity, application::Column::JobId));
    let standing = application::Entity::find()
        .select_only()
        .column_as(application::Column::Id.count(), "count")
        .filter(of_job.eq(Expr::col((job::Entity, job::Column::Id))))
        .filter(application::Column::Status.ne(Status::Withdrawn));
    let count = Expr::SubQuery(None, Box::new(standing.into_query().into()));
    job::Entity::update_many()
        .col_expr(job::Column::ApplicationCount, count)
        .filter(job::Column::Id.is_in(jobs.iter().copied()))
        .exec(change)
        .await?;
    Ok(())
}
