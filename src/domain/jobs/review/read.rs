//! Listing, counting and finding reviews.

use sea_orm::{
    ColumnTrait, EntityTrait, Iterable, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait},
};

use super::Review;
use crate::{
    clock::Timestamp,
    domain::{
        Services,
        change::Change,
        store::{
            page::{self, PageArgs, Position},
            row::{self, row},
        },
        to_millis,
        viewer::Audience,
    },
    entity::review,
    error::{Error, Noun, Result},
};

/// The columns that say the place of a review in its list.
const PLACE: (review::Column, review::Column) = (review::Column::VisibleAt, review::Column::Id);

row! {
    Review {
        id, job_id, author_id, reviewed_id, rating, text, reply, replied_at, created_at, visible_at,
        hidden_at, hidden_reason,
    }
}

/// The place of a review in its list.
#[must_use]
pub fn position(review: &Review) -> Position {
    Position { key: review.visible_at.0.timestamp_millis(), id: review.id }
}

/// The reviews with these ids that the audience may see, in any order.
pub async fn by_ids(services: &Services, audience: Audience, ids: &[i64]) -> Result<Vec<Review>> {
    let select = visible_to(audience, services.clock.now());
    let select = select.filter(review::Column::Id.is_in(ids.iter().copied()));
    row::all(services.db.read(), &select.into_query()).await
}

/// One page of reviews about each person, newest first, in one statement.
pub async fn of_people(
    services: &Services,
    audience: Audience,
    people: &[i64],
    args: &PageArgs,
) -> Result<Vec<Review>> {
    let (select, backend) = (visible_to(audience, services.clock.now()), services.db.backend());
    let parents = (review::Column::ReviewedId, people);
    let columns = review::Column::iter().collect::<Vec<_>>();
    let select = page::newest_of_each(backend, select.into_query(), PLACE, parents, args, &columns);
    row::all(services.db.read(), &select).await
}

/// The number of reviews about each person.
pub async fn count_of_people(
    services: &Services,
    audience: Audience,
    people: &[i64],
) -> Result<Vec<(i64, i64)>> {
    let select = visible_to(audience, services.clock.now()).into_query();
    page::count_of_each(services, select, (review::Column::ReviewedId, people)).await
}

/// The reviews of these jobs, in any order: at most two of each.
pub async fn of_jobs(services: &Services, audience: Audience, jobs: &[i64]) -> Result<Vec<Review>> {
    let select = visible_to(audience, services.clock.now());
    let select = select.filter(review::Column::JobId.is_in(jobs.iter().copied()));
    row::all(services.db.read(), &select.into_query()).await
}

/// Locks a review that the audience may see.
pub(super) async fn lock(change: &Change<'_>, audience: Audience, id: i64) -> Result<Review> {
    let select = visible_to(audience, change.now()).filter(review::Column::Id.eq(id));
    select.lock_exclusive().one(change).await?.ok_or(Error::NotFound(Noun::Review))
}

/// The reviews that an audience may see: the base of every query.
pub(super) fn visible_to(audience: Audience, now: Timestamp) -> Select<review::Entity> {
    let select = review::Entity::find();
    match audience {
        Audience::Everything => select,
        Audience::Public => select.filter(is_public(now)),
        Audience::Person(id) => select.filter(is_public(now).or(review::Column::AuthorId.eq(id))),
    }
}

/// Whether everybody may see a review, and it counts.
pub(super) fn is_public(now: Timestamp) -> Expr {
    let is_open = review::Column::VisibleAt.lte(to_millis(now));
    is_open.and(review::Column::HiddenAt.is_null())
}
