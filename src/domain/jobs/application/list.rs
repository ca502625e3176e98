//! Listing, counting and finding applications.

use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, Order, QueryFilter, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

use super::{Application, Status};
use crate::{
    domain::{
        Services,
        store::{
            page::{self, PageArgs, Position},
            row::{Cells, Row},
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

/// The position of an application in its list.
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
            times_sent: cells.next()?,
        })
    }
}

/// The application, if the audience may see it: its applicant and the job's owner may.
pub async fn find(services: &Services, audience: Audience, id: i64) -> Result<Option<Application>> {
    Ok(visible_to(audience).filter(application::Column::Id.eq(id)).one(services.db.read()).await?)
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
    (parent, parents): (application::Column, &[i64]),
    args: &PageArgs,
) -> Result<Vec<Application>> {
    let direction = if args.fetches_descending(true) { Order::Desc } else { Order::Asc };
    let place = [application::Column::CreatedAt, application::Column::Id];
    let between = args.between(place[0], place[1], true);
    page::first_of_each(
        services.db.read(),
        select.filter(Condition::all().add_option(between)).into_query(),
        (parent, application::Column::Id, parents),
        place.map(|column| (column, direction.clone())),
        args.fetch_size(),
    )
    .await
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
