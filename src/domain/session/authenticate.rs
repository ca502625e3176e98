//! Authenticating access tokens.

use std::net::IpAddr;

use chrono::TimeDelta;
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait,
    prelude::ChronoUnixTimestampMillis,
    sea_query::{Expr, LockType},
};

use super::{IDLE, Session};
use crate::{
    auth::AccessClaims,
    clock::Timestamp,
    domain::{
        Services,
        account::user::{Role, User},
        change::Change,
        limits::credential,
        store::row::{self, Cells, Row},
        to_millis,
        viewer::Member,
    },
    entity::{session, user as user_entity},
    error::{Error, Noun, Result},
};

/// `last_used_at` is written at most this often.
const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(5);

/// Authenticates an access token: its session must be open and its account in good standing.
pub async fn authenticate(
    services: &Services,
    access_token: &str,
    address: IpAddr,
) -> Result<Member> {
    let claims = services.access_tokens.verify(access_token)?;
    let name = credential::Name::Session(claims.session);
    credential::look_up(services, address, name, verify(services, &claims)).await
}

async fn verify(services: &Services, claims: &AccessClaims) -> Result<Member> {
    let select = session::Entity::find_by_id(claims.session)
        .inner_join(user_entity::Entity)
        .select_only()
        .columns(Presented::COLUMNS_OF_USER)
        .columns(Presented::COLUMNS)
        .into_query();
    let found: Option<Presented> = row::one(services.db.read(), &select).await?;
    let session = found.filter(|it| it.user_id == claims.user).ok_or(Error::Unauthenticated)?;
    let now = services.clock.now();
    session.standing.check(now)?;
    if session.standing.last_used_at + TOUCH_EVERY <= now {
        touch(services, claims.session, now).await;
    }
    Ok(Member { user_id: session.user_id, session_id: claims.session, role: session.role })
}

/// Locks an account and its session, if the session is still valid; returns the account. The error
/// does not say why: only the API that received the token knows what may be revealed.
pub(in crate::domain) async fn hold(
    change: &Change<'_>,
    ids: (i64, i64),
    lock: LockType,
) -> Result<User> {
    let (user, session) = locked(change, ids, lock).await?.ok_or(Error::Unauthenticated)?;
    match Standing::of(&user, &session).check(change.now()) {
        Err(Error::NotFound(_)) => Err(Error::Unauthenticated),
        checked => checked.map(|()| user),
    }
}

/// An account and one of its sessions, locked in this order.
pub(super) async fn locked(
    change: &Change<'_>,
    (user_id, session_id): (i64, i64),
    lock: LockType,
) -> Result<Option<(User, Session)>> {
    let of_user = user_entity::Entity::belongs_to(session::Entity)
        .from(user_entity::Column::Id)
        .to(session::Column::UserId)
        .into();
    let found = user_entity::Entity::find_by_id(user_id)
        .join(JoinType::InnerJoin, of_user)
        .filter(session::Column::Id.eq(session_id))
        .lock(lock)
        .select_also(session::Entity)
        .one(change)
        .await?;
    Ok(found.and_then(|(user, session)| Some((user, session?))))
}

/// Records the use of a session; a failure does not affect the caller.
async fn touch(services: &Services, id: i64, now: Timestamp) {
    let note = session::Entity::update_many()
        .col_expr(session::Column::LastUsedAt, Expr::val(to_millis(now)))
        .filter(session::Column::Id.eq(id));
    if let Err(error) = note.exec(services.db.write()).await {
        tracing::warn!(session_id = id, %error, "could not record the last use of a session");
    }
}

/// The columns of a presented session.
struct Presented {
    user_id: i64,
    role: Role,
    standing: Standing,
}

/// The facts that decide whether a session is valid.
#[expect(clippy::struct_field_names, reason = "they are named as their columns")]
pub(super) struct Standing {
    expires_at: Timestamp,
    last_used_at: Timestamp,
    revoked_at: Option<Timestamp>,
    suspended_at: Option<Timestamp>,
    deleted_at: Option<Timestamp>,
}

impl Standing {
    pub fn of(user: &User, session: &Session) -> Self {
        Self {
            expires_at: session.expires_at.0,
            last_used_at: session.last_used_at.0,
            revoked_at: session.revoked_at.map(|at| at.0),
            suspended_at: user.suspended_at.map(|at| at.0),
            deleted_at: user.deleted_at.map(|at| at.0),
        }
    }

    /// Why the session's tokens are refused, if they are.
    pub fn check(&self, now: Timestamp) -> Result<()> {
        if self.revoked_at.is_some() {
            return Err(Error::Unauthenticated);
        }
        if now >= self.expires_at || now >= self.last_used_at + IDLE {
            return Err(Error::TokenExpired);
        }
        match (self.deleted_at, self.suspended_at) {
            (Some(_), _) => Err(Error::NotFound(Noun::User)),
            (None, Some(_)) => Err(Error::Unauthenticated),
            (None, None) => Ok(()),
        }
    }
}

impl Presented {
    const COLUMNS_OF_USER: [user_entity::Column; 4] = [
        user_entity::Column::Id,
        user_entity::Column::Role,
        user_entity::Column::SuspendedAt,
        user_entity::Column::DeletedAt,
    ];
    const COLUMNS: [session::Column; 3] =
        [session::Column::ExpiresAt, session::Column::LastUsedAt, session::Column::RevokedAt];
}

impl Row for Presented {
    fn read(cells: &mut Cells<'_>) -> Result<Self, DbErr> {
        let (user_id, role) = (cells.next()?, cells.next()?);
        let (suspended_at, deleted_at) = (cells.time()?, cells.time()?);
        let standing = Standing {
            suspended_at,
            deleted_at,
            expires_at: cells.next::<ChronoUnixTimestampMillis>()?.0,
            last_used_at: cells.next::<ChronoUnixTimestampMillis>()?.0,
            revoked_at: cells.time()?,
        };
        Ok(Self { user_id, role, standing })
    }
}
