//! A person's notices: listing, counting and marking them.

use chrono::TimeDelta;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, LockType},
};

use super::Notice;
use crate::{
    domain::{
        Services,
        change::Change,
        origin::Origin,
        store::page::{self, Page, PageArgs, Position},
        to_millis,
        viewer::Member,
    },
    entity::{
        notice::{Column, Entity},
        notice_preference,
    },
    error::Result,
};

/// Name of the list that its cursors are bound to.
pub const LIST: &str = "notices:newest";
/// How long notices are kept …
const KEPT: TimeDelta = TimeDelta::days(90);
/// … and how many of a person, at most.
const MOST: u64 = 1_000;

/// The position of a notice in its list.
#[must_use]
pub fn position(notice: &Notice) -> Position {
    Position { key: notice.id, id: notice.id }
}

/// One page of the member's notices, newest first.
pub async fn list(
    services: &Services,
    member: &Member,
    unread_only: bool,
    args: &PageArgs,
) -> Result<Page<Notice>> {
    let unread = unread_only.then(|| Column::ReadAt.is_null());
    let select = of(member).filter(Condition::all().add_option(unread));
    page::newest(services, select, (Column::Id, Column::Id), args).await
}

/// How many of the member's notices are unread.
pub async fn count_unread(services: &Services, member: &Member) -> Result<i64> {
    page::count(services, of(member).filter(Column::ReadAt.is_null())).await
}

/// The member's notice.
pub async fn find(services: &Services, member: &Member, id: i64) -> Result<Option<Notice>> {
    Ok(of(member).filter(Column::Id.eq(id)).one(services.db.read()).await?)
}

/// Marks these notices of the member read; ids of others do nothing.
pub async fn read(
    services: &Services,
    member: &Member,
    origin: &Origin,
    ids: &[i64],
) -> Result<()> {
    mark(services, member, origin, Column::Id.is_in(ids.iter().copied())).await
}

/// Marks the member's notices read up to this one, or all of them.
pub async fn read_up_to(
    services: &Services,
    member: &Member,
    origin: &Origin,
    id: Option<i64>,
) -> Result<()> {
    mark(services, member, origin, Column::Id.lte(id.unwrap_or(i64::MAX))).await
}

/// Locks the rows in the order of their ids, as whoever queues their mails does.
async fn mark(services: &Services, member: &Member, origin: &Origin, which: Expr) -> Result<()> {
    let change = Change::begin(services, member, origin).await?;
    let unread: Vec<i64> = of(member)
        .select_only()
        .column(Column::Id)
        .filter(Column::ReadAt.is_null())
        .filter(which)
        .order_by_asc(Column::Id)
        .lock(LockType::Update)
        .into_tuple()
        .all(&change)
        .await?;
    Entity::update_many()
        .col_expr(Column::ReadAt, Expr::val(to_millis(change.now())))
        .filter(Column::Id.is_in(unread))
        .exec(&change)
        .await?;
    change.commit().await
}

fn of(member: &Member) -> Select<Entity> {
    Entity::find().filter(Column::UserId.eq(member.user_id))
}

/// Deletes old notices, and the oldest of those who have very many; returns the number of rows.
pub async fn prune(change: &Change<'_>) -> Result<u64> {
    let before = to_millis(change.now() - KEPT);
    let mut rows = delete(change, Column::CreatedAt.lt(before)).await?;
    let crowded: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::UserId)
        .group_by(Column::UserId)
        .having(Column::Id.count().gt(MOST))
        .into_tuple()
        .all(change)
        .await?;
    for user_id in crowded {
        let of_user = Column::UserId.eq(user_id);
        let kept = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(of_user.clone())
            .order_by_desc(Column::Id)
            .limit(MOST)
            .into_query();
        let rest = of_user.and(Column::Id.not_in_subquery(kept));
        rows += delete(change, rest).await?;
    }
    Ok(rows)
}

/// Deletes notices, locking them in the order of their ids as everybody does; returns their number.
async fn delete(change: &Change<'_>, which: Expr) -> Result<u64> {
    let locked = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(which)
        .order_by_asc(Column::Id)
        .lock(LockType::Update)
        .into_query();
    let deleted = Entity::delete_many().filter(Column::Id.in_subquery(locked)).exec(change).await?;
    Ok(deleted.rows_affected)
}

/// Deletes what a person was told, and how they wanted it mailed.
pub(in crate::domain) async fn forget(change: &Change<'_>, user_id: i64) -> Result<()> {
    delete(change, Column::UserId.eq(user_id)).await?;
    notice_preference::Entity::delete_many()
        .filter(notice_preference::Column::UserId.eq(user_id))
        .exec(change)
        .await?;
    Ok(())
}

/// The cursor of a notice for those who listen.
#[must_use]
pub fn cursor(services: &Services, id: i64) -> String {
    Position { key: 0, id }.seal(&services.keys, super::feed::LIST)
}
