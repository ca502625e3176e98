//! Answering many pending applications at once.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{
    domain::{
        change::{Change, NewEvent, about_application},
        to_millis,
    },
    entity::{
        application::{self, Model as Application, Status},
        job_event::Kind,
    },
    error::Result,
};

/// Rejects all pending applications for a job.
pub(in crate::domain) async fn reject(change: &Change<'_>, job_id: i64) -> Result<()> {
    let of_job = application::Column::JobId.eq(job_id);
    settle(change, of_job, Status::Rejected, Kind::ApplicationRejected).await
}

/// Withdraws all pending applications of a person.
pub(in crate::domain) async fn withdraw(change: &Change<'_>, applicant_id: i64) -> Result<()> {
    let of_person = application::Column::ApplicantId.eq(applicant_id);
    settle(change, of_person, Status::Withdrawn, Kind::ApplicationWithdrawn).await
}

async fn settle(change: &Change<'_>, which: Expr, status: Status, kind: Kind) -> Result<()> {
    let settled = application::Entity::update_many()
        .col_expr(application::Column::Status, Expr::val(status))
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
