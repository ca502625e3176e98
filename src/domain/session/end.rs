//! How sessions end: signing out, here or everywhere.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::Expr,
};

use super::{Proof, Session, list, prove};
use crate::{
    clock::Timestamp,
    cluster::Topic,
    domain::{
        Services, api_key,
        audit::{self, Kind, Origin},
        change::Change,
        database::Transaction,
        stored,
        viewer::Member,
    },
    entity::{api_key as api_key_entity, session},
    error::{Error, Noun, Result},
};

/// Ends the session of the caller; its tokens stop at once.
pub async fn logout(services: &Services, member: &Member, origin: &Origin) -> Result<()> {
    end(services, member, origin, member.session_id, Kind::SignedOut).await.map(drop)
}

/// Ends one of the member's sessions; one that has ended stays as it is. It takes a fresh proof: a
/// stolen token must not weed out the owner's sessions and stay.
pub async fn revoke(
    services: &Services,
    member: &Member,
    origin: &Origin,
    id: i64,
    proof: &Proof,
) -> Result<Session> {
    if id != member.session_id {
        prove(services, member, origin, proof).await?;
    }
    end(services, member, origin, id, Kind::SessionRevoked).await
}

/// Ends all sessions of the member, this one included, and all API keys if they are meant as well.
pub async fn logout_everywhere(
    services: &Services,
    member: &Member,
    origin: &Origin,
    with_keys: bool,
) -> Result<()> {
    let (tx, _) = Change::of_account(services, member).await?;
    revoke_all(services, &tx, member.user_id).await?;
    if with_keys {
        api_key::revoke_all(services, &tx, origin, member).await?;
    }
    let user = Some(member.user_id);
    audit::record(services, &tx, origin, Kind::AllSessionsRevoked, user, None).await?;
    tx.commit().await?;
    services.cluster.publish(Topic::AccessRevoked(member.user_id));
    services.cluster.publish(Topic::Outbox);
    Ok(())
}

async fn end(
    services: &Services,
    member: &Member,
    origin: &Origin,
    id: i64,
    kind: Kind,
) -> Result<Session> {
    let (tx, _) = Change::of_account(services, member).await?;
    let session = list::of(member, id).one(&tx).await?;
    let session = session.ok_or(Error::NotFound(Noun::Session))?;
    if session.revoked_at.is_some() {
        return Ok(session);
    }
    let session = revoke_row(&tx, session, services.clock.now()).await?;
    let detail = serde_json::json!({ "session": session.id });
    audit::record(services, &tx, origin, kind, Some(session.user_id), Some(detail)).await?;
    tx.commit().await?;
    services.cluster.publish(Topic::SessionRevoked(session.id));
    Ok(session)
}

/// Ends all sessions of an account.
pub(in crate::domain) async fn revoke_all(
    services: &Services,
    tx: &Transaction,
    user_id: i64,
) -> Result<()> {
    revoke_others(services, tx, user_id, None).await
}

/// Ends all sessions of an account but one.
pub(in crate::domain) async fn revoke_others(
    services: &Services,
    tx: &Transaction,
    user_id: i64,
    own: Option<i64>,
) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::val(stored(services.clock.now())))
        .filter(session::Column::UserId.eq(user_id))
        .filter(session::Column::Id.ne(own.unwrap_or_default()))
        .filter(session::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends all API keys of an account.
pub(in crate::domain) async fn revoke_keys(
    services: &Services,
    tx: &Transaction,
    user_id: i64,
) -> Result<()> {
    api_key_entity::Entity::update_many()
        .col_expr(api_key_entity::Column::RevokedAt, Expr::val(stored(services.clock.now())))
        .filter(api_key_entity::Column::UserId.eq(user_id))
        .filter(api_key_entity::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn revoke_row(
    tx: &Transaction,
    session: Session,
    now: Timestamp,
) -> Result<Session> {
    let mut model = session.into_active_model();
    model.revoked_at = Set(Some(stored(now)));
    Ok(model.update(tx).await?)
}
