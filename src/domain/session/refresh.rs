//! Refreshing: a new access token for an open session.

use chrono::TimeDelta;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, JoinType,
    QueryFilter, QuerySelect,
};

use super::{
    Grant, RefreshMode, Session,
    authenticate::{check, locked},
    end, grant,
};
use crate::{
    auth::RefreshToken,
    clock::Timestamp,
    domain::{
        Services,
        account::user::User,
        change::{Change, OWN},
        origin::Origin,
        to_millis,
    },
    entity::{audit_event::Kind, refresh_token, session},
    error::{Error, Result},
    mail::NoticeKind,
};

/// How long a replaced token is still accepted, for the loser of a race.
const REPLAY: TimeDelta = TimeDelta::seconds(30);

/// Issues a new access token for an open session. A rotating refresh token is replaced; using it
/// again ends the session, except for the loser of a race, who gets the same successor.
pub async fn refresh(
    services: &Services,
    origin: &Origin,
    presented: &RefreshToken,
    expected: Option<RefreshMode>,
) -> Result<Grant> {
    let now = services.clock.now();
    let digest = presented.digest(&services.keys);
    let mut change = Change::of_the_gateway(services, origin).await?;
    let (user_id, session_id) = owner(&change, &digest).await?.ok_or(Error::Unauthenticated)?;
    let found = locked(&change, (user_id, session_id), OWN).await?;
    let (user, session) = found.ok_or(Error::Unauthenticated)?;
    if expected.is_some_and(|mode| mode != session.refresh_mode) {
        return Err(Error::Unauthenticated);
    }
    check(&session, (&user).into(), now)?;
    let row = token_row(&change, &digest).await?.ok_or(Error::Unauthenticated)?;
    let successor = match session.refresh_mode {
        RefreshMode::Static => None,
        RefreshMode::Rotating => {
            let successor = rotate(&change, presented, row, now).await?;
            if successor.is_none() {
                change.origin.session_id = Some(session.id);
                return reused(change, session, user).await;
            }
            successor
        }
    };
    let mut model = session.into_active_model();
    model.last_used_at = Set(to_millis(now));
    let session = model.update(&change).await?;
    change.commit().await?;
    grant(services, user, &session, successor)
}

/// Somebody has a copy of a replaced token: the session ends for everybody.
async fn reused(change: Change<'_>, session: Session, user: User) -> Result<Grant> {
    end::revoke_one(&change, session).await?;
    change.record(Kind::RefreshTokenReused, Some(user.id), None).await?;
    change.notify(&user, NoticeKind::RefreshTokenReused).await?;
    change.commit().await?;
    Err(Error::Unauthenticated)
}

/// The successor of a token, or None if the token was already used by somebody else.
async fn rotate(
    change: &Change<'_>,
    presented: &RefreshToken,
    row: refresh_token::Model,
    now: Timestamp,
) -> Result<Option<RefreshToken>> {
    let successor = presented.successor(&change.services.keys);
    if let Some(replaced_at) = row.replaced_at {
        let fresh = token_row(change, &successor.digest(&change.services.keys))
            .await?
            .is_some_and(|next| next.replaced_at.is_none() && next.used_at.is_none());
        return Ok((fresh && now <= replaced_at.0 + REPLAY).then_some(successor));
    }
    insert_token(change, row.session_id, &successor).await?;
    let mut model = row.into_active_model();
    model.used_at = Set(Some(to_millis(now)));
    model.replaced_at = Set(Some(to_millis(now)));
    model.update(change).await?;
    Ok(Some(successor))
}

/// The owner and the session of a token, which never change.
async fn owner(change: &Change<'_>, digest: &str) -> Result<Option<(i64, i64)>> {
    let of_token = refresh_token::Entity::belongs_to(session::Entity)
        .from(refresh_token::Column::SessionId)
        .to(session::Column::Id)
        .into();
    let select = refresh_token::Entity::find()
        .select_only()
        .column(session::Column::UserId)
        .column(session::Column::Id)
        .join(JoinType::InnerJoin, of_token)
        .filter(refresh_token::Column::Digest.eq(digest));
    Ok(select.into_tuple().one(change).await?)
}

async fn token_row(change: &Change<'_>, digest: &str) -> Result<Option<refresh_token::Model>> {
    let select = refresh_token::Entity::find().filter(refresh_token::Column::Digest.eq(digest));
    Ok(select.lock_exclusive().one(change).await?)
}

pub(in crate::domain) async fn insert_token(
    change: &Change<'_>,
    session_id: i64,
    token: &RefreshToken,
) -> Result<()> {
    refresh_token::ActiveModel {
        session_id: Set(session_id),
        digest: Set(token.digest(&change.services.keys)),
        created_at: Set(to_millis(change.now())),
        ..Default::default()
    }
    .insert(change)
    .await?;
    Ok(())
}
