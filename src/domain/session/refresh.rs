//! Refreshing: a new access token for a session that lives.

use chrono::TimeDelta;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect,
};

use super::{Grant, RefreshMode, Session, check_standing, end, grant};
use crate::{
    auth::RefreshToken,
    clock::Timestamp,
    cluster::Topic,
    domain::{
        Services,
        audit::{self, Kind, Origin},
        database::Transaction,
        outbox, stored,
        user::User,
    },
    entity::{refresh_token, session, user as user_entity},
    error::{Error, Result},
    mail::Occasion,
};

/// A rotated token is still taken from its loser of a race for this long.
const REPLAY: TimeDelta = TimeDelta::seconds(30);

/// A new access token for a live session. A rotating refresh token is replaced; presented again, it
/// ends its session, except to the loser of a race, who is given the same successor.
pub async fn refresh(
    services: &Services,
    origin: &Origin,
    presented: &RefreshToken,
    expected: Option<RefreshMode>,
) -> Result<Grant> {
    let now = services.clock.now();
    let tx = services.db.begin().await?;
    let row =
        token_row(&tx, &presented.digest(&services.keys)).await?.ok_or(Error::Unauthenticated)?;
    let found = session::Entity::find_by_id(row.session_id)
        .find_also_related(user_entity::Entity)
        .one(&tx)
        .await?;
    let Some((session, Some(user))) = found else { return Err(Error::Unauthenticated) };
    if session.revoked_at.is_some() || expected.is_some_and(|mode| mode != session.refresh_mode) {
        return Err(Error::Unauthenticated);
    }
    if !session.is_alive(now) {
        return Err(Error::TokenExpired);
    }
    check_standing(user.deleted_at.map(|at| at.0), user.suspended_at.map(|at| at.0))?;
    let successor = match session.refresh_mode {
        RefreshMode::Static => None,
        RefreshMode::Rotating => {
            let successor = rotate(services, &tx, presented, row, now).await?;
            if successor.is_none() {
                return reused(services, tx, origin, session, user).await;
            }
            successor
        }
    };
    let mut model = session.into_active_model();
    model.last_used_at = Set(stored(now));
    let session = model.update(&tx).await?;
    tx.commit().await?;
    grant(services, user, &session, successor)
}

/// Somebody has a copy of a token that was replaced: nobody can go on with this session.
async fn reused(
    services: &Services,
    tx: Transaction,
    origin: &Origin,
    session: Session,
    user: User,
) -> Result<Grant> {
    let origin = Origin { session_id: Some(session.id), ..origin.clone() };
    let ended = Topic::SessionRevoked(session.id);
    end::revoke_row(&tx, session, services.clock.now()).await?;
    audit::record(services, &tx, &origin, Kind::RefreshTokenReused, Some(user.id), None).await?;
    outbox::notify(services, &tx, &user, Occasion::RefreshTokenReused, &origin).await?;
    tx.commit().await?;
    services.cluster.publish(ended);
    services.cluster.publish(Topic::Outbox);
    Err(Error::Unauthenticated)
}

/// The successor of a token, or nothing if the token was used before by somebody else.
async fn rotate(
    services: &Services,
    tx: &Transaction,
    presented: &RefreshToken,
    row: refresh_token::Model,
    now: Timestamp,
) -> Result<Option<RefreshToken>> {
    let successor = presented.successor(&services.keys);
    if let Some(replaced_at) = row.replaced_at {
        let fresh = token_row(tx, &successor.digest(&services.keys))
            .await?
            .is_some_and(|next| next.replaced_at.is_none() && next.used_at.is_none());
        return Ok((fresh && now <= replaced_at.0 + REPLAY).then_some(successor));
    }
    insert_token(services, tx, row.session_id, &successor, now).await?;
    let mut model = row.into_active_model();
    model.used_at = Set(Some(stored(now)));
    model.replaced_at = Set(Some(stored(now)));
    model.update(tx).await?;
    Ok(Some(successor))
}

async fn token_row(tx: &Transaction, digest: &str) -> Result<Option<refresh_token::Model>> {
    let select = refresh_token::Entity::find().filter(refresh_token::Column::Digest.eq(digest));
    Ok(select.lock_exclusive().one(tx).await?)
}

pub(super) async fn insert_token(
    services: &Services,
    tx: &Transaction,
    session_id: i64,
    token: &RefreshToken,
    now: Timestamp,
) -> Result<()> {
    refresh_token::ActiveModel {
        session_id: Set(session_id),
        digest: Set(token.digest(&services.keys)),
        created_at: Set(stored(now)),
        ..Default::default()
    }
    .insert(tx)
    .await?;
    Ok(())
}
