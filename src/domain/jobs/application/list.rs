//! Listing, counting and finding applications.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Iterable, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

use super::{Application, Status};
use crate::{
    domain::{
        Services,
        store::{
            page::{self, PageArgs, Position},
            row::{self, row},
        },
        viewer::Audience,
    },
    entity::{application, job},
    error::Result,
};

/// Name of the list of a job's applications that cursors are bound to.
pub const LIST: &str = "applications:newest";
/// Name of the list of a person's applications that cursors are bound to.
pub const LIST_OF_APPLICANT: &str = "applicant-applications:newest";

/// The columns that say the place of an application in its list.
const PLACE: (application::Column, application::Column) =
    (application::Column::CreatedAt, application::Column::Id);

/// The place of an application in its list.
#[must_use]
pub fn position(application: &Application) -> Position {
    Position { key: application.created_at.0.timestamp_millis(), id: application.id }
}

row! {
    Application {
        id, job_id, applicant_id, message, offered_amount, status, created_at, updated_at,
        times_sent, may_return,
    }
}

/// The application, if the audience may see it: its applicant and the job's owner may.
pub async fn find(services: &Services, audience: Audience, id: i64) -> Result<Option<Application>> {
    Ok(visible_to(audience).filter(application::Column::Id.eq(id)).one(services.db.read()).await?)
}

/// The applications with these ids that the audience may see, in any order.
pub async fn by_ids(
    services: &Services,
    audience: Audience,
    ids: &[i64],
) -> Result<Vec<Application>> {
    let select = visible_to(audience).filter(application::Column::Id.is_in(ids.iter().copied()));
    row::all(services.db.read(), &select.into_query()).await
}

/// One page of applications for each job, newest first, in one statement.
pub async fn of_jobs(
    services: &Services,
    audience: Audience,
    jobs: &[i64],
    args: &PageArgs,
) -> Result<Vec<Application>> {
    newest_of_each(services, visible_to(audience), (application::Column::JobId, jobs), args).await
}

/// One page of sent applications for each person, newest first, in one statement.
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
    let (db, columns) = (services.db.read(), application::Column::iter().collect::<Vec<_>>());
    let backend = services.db.backend();
    let select = page::newest_of_each(backend, select.into_query(), PLACE, parents, args, &columns);
    row::all(db, &select).await
}

/// The number of each job's applications that the audience may see.
pub async fn count_of_jobs(
    services: &Services,
    audience: Audience,
    jobs: &[i64],
) -> Result<Vec<(i64, i64)>> {
    let select = visible_to(audience).into_query();
    page::count_of_each(services, select, (application::Column::JobId, jobs)).await
}

/// The number of applications that each person has sent, of one status if given.
pub async fn count_of_applicants(
    services: &Services,
    audience: Audience,
    applicants: &[i64],
    status: Option<Status>,
) -> Result<Vec<(i64, i64)>> {
    let in_state = status.map(|status| application::Column::Status.eq(status));
    let select = visible_to(audience).filter(Condition::all().add_option(in_state)).into_query();
    page::count_of_each(services, select, (application::Column::ApplicantId, applicants)).await
}

/// The applications that an audience may see: the base of every query.
pub(super) fn visible_to(audience: Audience) -> Select<application::Entity> {
    let select = application::Entity::find();
    match audience {
        Audience::Everything => select,
        Audience::Public => select.filter(application::Column::Id.lt(0)),
        Audience::Person(user_id) => select.filter(
            application::Column::ApplicantId.eq(user_id).or(Expr::exists(of_job_of(user_id))),
        ),
    }
}

/// Whether the application's job belongs to this person: evaluated per application, so its cost
/// does not depend on the person's number of jobs.
fn of_job_of(user_id: i64) -> SelectStatement {
    job::Entity::find()
        .select_only()
        .expr(Expr::cust("1"))
        .filter(job::Column::Id.into_expr().equals(application::Column::JobId.as_column_ref()))
        .filter(job::Column::OwnerId.eq(user_id))
        .into_query()
}
