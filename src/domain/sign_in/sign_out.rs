//! Signing out: here, on another device or everywhere.

use super::reauthenticate::{Proof, prove};
use crate::{
    domain::{
        Services,
        change::Change,
        keys,
        origin::Origin,
        session::{self, Session},
        viewer::Member,
    },
    entity::audit_event::Kind,
    error::{Error, Noun, Result},
};

/// Ends the caller's session; its tokens are void immediately.
pub async fn logout(services: &Services, member: &Member, origin: &Origin) -> Result<()> {
    end(services, member, origin, member.session_id, Kind::SignedOut).await.map(drop)
}

/// Ends one of the member's sessions; an ended one stays unchanged. Requires a fresh proof: a
/// stolen token must not end the owner's sessions and remain itself.
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

/// Ends all sessions of the member, including this one, and optionally all API keys.
pub async fn logout_everywhere(
    services: &Services,
    member: &Member,
    origin: &Origin,
    with_keys: bool,
) -> Result<()> {
    let (change, _) = Change::of_account(services, member, origin).await?;
    session::revoke_all(&change, member.user_id).await?;
    if with_keys {
        keys::revoke_all(&change, member).await?;
    }
    change.record(Kind::AllSessionsRevoked, Some(member.user_id), None).await?;
    change.commit().await
}

async fn end(
    services: &Services,
    member: &Member,
    origin: &Origin,
    id: i64,
    kind: Kind,
) -> Result<Session> {
    let (change, _) = Change::of_account(services, member, origin).await?;
    let session = session::of(member, id).one(&change).await?;
    let session = session.ok_or(Error::NotFound(Noun::Session))?;
    if session.revoked_at.is_some() {
        return Ok(session);
    }
    let session = session::revoke_one(&change, session).await?;
    let detail = serde_json::json!({ "session": session.id });
    change.record(kind, Some(session.user_id), Some(detail)).await?;
    change.commit().await?;
    Ok(session)
}
