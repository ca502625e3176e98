//! Answering many pending applications at once.

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr,
};

use crate::{
    domain::{
        change::{Change, NewEvent, about_application},
        jobs::applicants,
        to_millis,
    },
    entity::{
        application::{self, Model as Application, Status},
        job as job_entity,
        job_event::Kind,
    },
    error::Result,
};

/// Rejects all pending applications for a job; if it is for another person, they may be sent again should that
/// person step back.
pub(in crate::domain) async fn reject(
    change: &Change<'_>,
    job_id: i64,
    for_another: bool,
) -> Result<()> {
    let of_job = application::Column::JobId.eq(job_id);
    settle(change, of_job, Status::Rejected, (Kind::ApplicationRejected, for_another)).await
}

/// Withdraws all pending applications of a person.
pub(in crate::domain) async fn withdraw(change: &Change<'_>, applicant_id: i64) -> Result<()> {
    let of_person = application::Column::ApplicantId.eq(applicant_id);
    let jobs = lock_jobs(change, of_person.clone()).await?;
    settle(change, of_person, Status::Withdrawn, (Kind::ApplicationWithdrawn, false)).await?;
    applicants::count(change, &jobs).await
}

/// Locks the jobs of pending applications before these, in the order of their ids, as everybody does who
/// changes an application.
async fn lock_jobs(change: &Change<'_>, which: Expr) -> Result<Vec<i64>> {
    let applied = application::Entity::find()
        .select_only()
        .column(application::Column::JobId)
        .filter(which)
        .filter(application::Column::Status.eq(Status::Pending));
    let jobs = job_entity::Entity::find()
        .select_only()
        .column(job_entity::Column::Id)
        .filter(job_entity::Column::Id.in_subquery(applied.into_query()))
        .order_by_asc(job_entity::Column::Id)
        .lock_exclusive();
    Ok(jobs.into_tuple().all(change).await?)
}

async fn settle(
    change: &Change<'_>,
    which: Expr,
    status: Status,
    (kind, may_return): (Kind, bool),
) -> Result<()> {
    let settled = application::Entity::update_many()
        .col_expr(application::Column::Status, Expr::val(status))
        .col_expr(application::Column::MayReturn, Expr::val(may_return))
        .col_expr(application::Column::UpdatedAt, Expr::val(to_millis(change.now())))
        .filter(which)
        .filter(application::Column::Status.eq(Status::Pending))
        .exec_with_returning(change)
        .await?;
    for application in &settled {
        change.happened(happened(application, kind));
    }
    Ok(())
}

/// The event of an application's change of status.
pub(super) fn happened(application: &Application, kind: Kind) -> NewEvent {
    let data = about_application(application.id, application.applicant_id);
    NewEvent { job_id: application.job_id, kind, data }
}
