//! Listing a person's own sessions.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Select};

use super::{IDLE, Session};
use crate::{
    domain::{
        Services,
        store::page::{self, Page, PageArgs, Position},
        to_millis,
        viewer::Member,
    },
    entity::session,
    error::Result,
};

/// Name of the list that its cursors are bound to.
pub const LIST: &str = "sessions:newest";

/// One page of the member's open sessions, newest first.
pub async fn list(services: &Services, member: &Member, args: &PageArgs) -> Result<Page<Session>> {
    let place = (session::Column::CreatedAt, session::Column::Id);
    page::newest(services, alive(services, member), place, args).await
}

/// The number of the member's open sessions.
pub async fn count(services: &Services, member: &Member) -> Result<i64> {
    page::count(services, alive(services, member)).await
}

/// The member's session, even if it has ended.
pub async fn find(services: &Services, member: &Member, id: i64) -> Result<Option<Session>> {
    Ok(of(member, id).one(services.db.read()).await?)
}

pub(in crate::domain) fn of(member: &Member, id: i64) -> Select<session::Entity> {
    session::Entity::find_by_id(id).filter(session::Column::UserId.eq(member.user_id))
}

/// The position of a session in its list.
#[must_use]
pub fn position(session: &Session) -> Position {
    Position { key: session.created_at.0.timestamp_millis(), id: session.id }
}

fn alive(services: &Services, member: &Member) -> Select<session::Entity> {
    let now = services.clock.now();
    session::Entity::find().filter(
        Condition::all()
            .add(session::Column::UserId.eq(member.user_id))
            .add(session::Column::RevokedAt.is_null())
            .add(session::Column::ExpiresAt.gt(to_millis(now)))
            .add(session::Column::LastUsedAt.gt(to_millis(now - IDLE))),
    )
}
