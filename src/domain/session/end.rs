//! Ending sessions, within a change that records the reason.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::Expr,
};

use super::Session;
use crate::{
    cluster::Topic,
    domain::{change::Change, to_millis},
    entity::session,
    error::Result,
};

/// Ends all sessions of an account.
pub(in crate::domain) async fn revoke_all(change: &Change<'_>, user_id: i64) -> Result<()> {
    revoke_others(change, user_id, None).await
}

/// Ends all sessions of an account but one.
pub(in crate::domain) async fn revoke_others(
    change: &Change<'_>,
    user_id: i64,
    own: Option<i64>,
) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::val(to_millis(change.now())))
        .filter(session::Column::UserId.eq(user_id))
        .filter(session::Column::Id.ne(own.unwrap_or_default()))
        .filter(session::Column::RevokedAt.is_null())
        .exec(change)
        .await?;
    change.wake(Topic::AccessRevoked(user_id));
    Ok(())
}

/// Ends one session.
pub(in crate::domain) async fn revoke_one(
    change: &Change<'_>,
    session: Session,
) -> Result<Session> {
    change.wake(Topic::SessionRevoked(session.id));
    let mut model = session.into_active_model();
    model.revoked_at = Set(Some(to_millis(change.now())));
    Ok(model.update(change).await?)
}
