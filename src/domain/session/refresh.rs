//! Refreshing: a new access token for a session that lives.

use chrono::TimeDelta;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, JoinType,
    QueryFilter, QuerySelect,
};

use super::{
    Grant, RefreshMode, Session,
    authenticate::{Standing, locked},
    end, grant,
};
use crate::{
    auth::RefreshToken,
    clock::Timestamp,
    cluster::Topic,
    domain::{
        Services,
        audit::{self, Kind, Origin},
        change::{Change, OWN},
        database::Transaction,
        outbox, stored,
        user::User,
    },
    entity::{refresh_token, session},
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
    let digest = presented.digest(&services.keys);
    let tx = Change::of_the_gateway(services).await?;
    let (user_id, session_id) = owner(&tx, &digest).await?.ok_or(Error::Unauthenticated)?;
    let found = locked(&tx, (user_id, session_id), OWN).await?;
    let (user, session) = found.ok_or(Error::Unauthenticated)?;
    if expected.is_some_and(|mode| mode != session.refresh_mode) {
        return Err(Error::Unauthenticated);
    }
    Standing::of(&user, &session).check(now)?;
    let row = token_row(&tx, &digest).await?.ok_or(Error::Unauthenticated)?;
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
    tx: Change,
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

/// Whose token it is, and of which session: both never change.
async fn owner(tx: &Change, digest: &str) -> Result<Option<(i64, i64)>> {
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
    Ok(select.into_tuple().one(tx).await?)
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
