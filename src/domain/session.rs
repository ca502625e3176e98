//! Sessions: signing in, staying signed in and signing out.

use std::{net::IpAddr, time::Duration};

use chrono::TimeDelta;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QuerySelect, QueryTrait, sea_query::Expr,
};

pub use crate::entity::session::{Model as Session, RefreshMode};
use crate::{
    auth::RefreshToken,
    clock::Timestamp,
    cluster::Topic,
    domain::{
        Services,
        row::{self, Cells, Row},
        stored,
        user::{Role, User},
        viewer::Member,
    },
    entity::{api_key, refresh_token, session, user as user_entity},
    error::{Error, Noun, Result},
};

/// A session ends when it is not refreshed for this long …
pub const IDLE: TimeDelta = TimeDelta::days(14);
/// … and after this long in any case.
pub const LONGEST: TimeDelta = TimeDelta::days(30);
/// A rotated token is still taken from its loser of a race for this long.
const REPLAY: TimeDelta = TimeDelta::seconds(30);

/// Where a request comes from, as told by the connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    pub address: IpAddr,
    pub user_agent: Option<String>,
}

/// What a client gets to stay signed in.
#[derive(Debug)]
pub struct Grant {
    pub user: User,
    pub token: String,
    /// How long the access token lives.
    pub expires_in: Duration,
    /// Unset where the client keeps the token it has.
    pub refresh_token: Option<RefreshToken>,
}

/// The member that an access token speaks for: its session is alive and its account in good standing.
pub async fn authenticate(services: &Services, access_token: &str) -> Result<Member> {
    let claims = services.access_tokens.verify(access_token)?;
    let select = session::Entity::find_by_id(claims.session)
        .inner_join(user_entity::Entity)
        .select_only()
        .columns(Presented::COLUMNS)
        .columns(Presented::COLUMNS_OF_USER)
        .into_query();
    let found: Option<Presented> = row::one(services.db.read(), &select).await?;
    let session = found.ok_or(Error::Unauthenticated)?;
    if session.revoked_at.is_some() || session.user_id != claims.user {
        return Err(Error::Unauthenticated);
    }
    if session.expires_at.is_none_or(|end| services.clock.now() >= end) {
        return Err(Error::TokenExpired);
    }
    check_standing(session.deleted_at, session.suspended_at)?;
    Ok(Member { user_id: session.user_id, session_id: claims.session, role: session.role })
}

/// A new access token for a live session. A rotating refresh token is replaced; presented again, it
/// ends its session, except to the loser of a race, who is given the same successor.
pub async fn refresh(
    services: &Services,
    presented: &str,
    expected: Option<RefreshMode>,
) -> Result<Grant> {
    let now = services.clock.now();
    let presented = RefreshToken::parse(presented).ok_or(Error::Unauthenticated)?;
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
    if now >= session.expires_at.0 || now >= session.last_used_at.0 + IDLE {
        return Err(Error::TokenExpired);
    }
    check_standing(user.deleted_at.map(|at| at.0), user.suspended_at.map(|at| at.0))?;
    let successor = match session.refresh_mode {
        RefreshMode::Static => None,
        RefreshMode::Rotating => {
            let successor = rotate(services, &tx, &presented, row, now).await?;
            if successor.is_none() {
                let session_id = session.id;
                revoke_row(&tx, session, now).await?;
                tx.commit().await?;
                services.cluster.publish(Topic::SessionRevoked(session_id));
                return Err(Error::Unauthenticated);
            }
            successor
        }
    };
    let (session_id, mut model) = (session.id, session.into_active_model());
    model.last_used_at = Set(stored(now));
    model.update(&tx).await?;
    tx.commit().await?;
    grant(services, user, session_id, successor)
}

/// Ends the session of the caller; its tokens stop at once.
pub async fn logout(services: &Services, member: &Member) -> Result<()> {
    let now = services.clock.now();
    let tx = services.db.begin().await?;
    if let Some(session) = session::Entity::find_by_id(member.session_id).one(&tx).await? {
        revoke_row(&tx, session, now).await?;
    }
    tx.commit().await?;
    services.cluster.publish(Topic::SessionRevoked(member.session_id));
    Ok(())
}

/// Ends all sessions of an account.
pub(super) async fn revoke_all(
    services: &Services,
    tx: &DatabaseTransaction,
    user_id: i64,
) -> Result<()> {
    revoke_others(services, tx, user_id, None).await
}

/// Ends all sessions of an account but one.
pub(super) async fn revoke_others(
    services: &Services,
    tx: &DatabaseTransaction,
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
pub(super) async fn revoke_keys(
    services: &Services,
    tx: &DatabaseTransaction,
    user_id: i64,
) -> Result<()> {
    api_key::Entity::update_many()
        .col_expr(api_key::Column::RevokedAt, Expr::val(stored(services.clock.now())))
        .filter(api_key::Column::UserId.eq(user_id))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Opens a session for somebody who has proven to be this person.
pub(super) async fn open(
    services: &Services,
    client: &Client,
    user: User,
    refresh_mode: RefreshMode,
) -> Result<Grant> {
    let now = services.clock.now();
    let refresh_token = RefreshToken::generate(&services.random);
    let tx = services.db.begin().await?;
    let session = session::ActiveModel {
        user_id: Set(user.id),
        refresh_mode: Set(refresh_mode),
        user_agent: Set(client.user_agent.clone()),
        address: Set(Some(client.address.to_string())),
        created_at: Set(stored(now)),
        last_used_at: Set(stored(now)),
        expires_at: Set(stored(now + LONGEST)),
        ..Default::default()
    }
    .insert(&tx)
    .await?;
    insert_token(services, &tx, session.id, &refresh_token, now).await?;
    tx.commit().await?;
    grant(services, user, session.id, Some(refresh_token))
}

fn grant(
    services: &Services,
    user: User,
    session_id: i64,
    refresh_token: Option<RefreshToken>,
) -> Result<Grant> {
    let access = services.access_tokens.issue(user.id, session_id)?;
    Ok(Grant { user, token: access.token, expires_in: access.expires_in, refresh_token })
}

/// The successor of a token, or nothing if the token was used before by somebody else.
async fn rotate(
    services: &Services,
    tx: &DatabaseTransaction,
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

async fn token_row(tx: &DatabaseTransaction, digest: &str) -> Result<Option<refresh_token::Model>> {
    let select = refresh_token::Entity::find().filter(refresh_token::Column::Digest.eq(digest));
    Ok(select.lock_exclusive().one(tx).await?)
}

async fn insert_token(
    services: &Services,
    tx: &DatabaseTransaction,
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

async fn revoke_row(tx: &DatabaseTransaction, session: Session, now: Timestamp) -> Result<()> {
    let mut model = session.into_active_model();
    model.revoked_at = Set(Some(stored(now)));
    model.update(tx).await?;
    Ok(())
}

/// What is read of a session whose token somebody presents.
struct Presented {
    user_id: i64,
    expires_at: Option<Timestamp>,
    revoked_at: Option<Timestamp>,
    role: Role,
    suspended_at: Option<Timestamp>,
    deleted_at: Option<Timestamp>,
}

impl Presented {
    const COLUMNS: [session::Column; 3] =
        [session::Column::UserId, session::Column::ExpiresAt, session::Column::RevokedAt];
    const COLUMNS_OF_USER: [user_entity::Column; 3] = [
        user_entity::Column::Role,
        user_entity::Column::SuspendedAt,
        user_entity::Column::DeletedAt,
    ];
}

impl Row for Presented {
    fn read(cells: &mut Cells<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            user_id: cells.next()?,
            expires_at: cells.time()?,
            revoked_at: cells.time()?,
            role: cells.next()?,
            suspended_at: cells.time()?,
            deleted_at: cells.time()?,
        })
    }
}

fn check_standing(deleted: Option<Timestamp>, suspended: Option<Timestamp>) -> Result<()> {
    match (deleted, suspended) {
        (Some(_), _) => Err(Error::NotFound(Noun::User)),
        (None, Some(_)) => Err(Error::Unauthenticated),
        (None, None) => Ok(()),
    }
}
