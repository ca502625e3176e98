//! Authenticating access tokens.

use std::{
    mem::{Discriminant, discriminant},
    net::IpAddr,
    sync::LazyLock,
};

use chrono::TimeDelta;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Iterable, JoinType, QueryFilter, QuerySelect,
    QueryTrait,
    sea_query::{Expr, LockType},
};

use super::{IDLE, Session};
use crate::{
    auth::AccessClaims,
    clock::Timestamp,
    domain::{
        Services,
        account::user::{Standing, User},
        change::Change,
        limits::credential,
        store::{
            row::{self, Row, row},
            shape::{Shape, Shapes},
        },
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

/// A session and the standing of its account, by the id of the session.
static LOOK_UP: Shape = Shape::new(|| {
    let sessions = session::Entity::find_by_id(0).inner_join(user_entity::Entity);
    sessions.columns(Standing::COLUMNS).into_query()
});

async fn verify(services: &Services, claims: &AccessClaims) -> Result<Member> {
    let found = LOOK_UP.one(services.db.read(), [claims.session.into()]).await?;
    let is_theirs = |(session, _): &(Session, Standing)| session.user_id == claims.user;
    let (session, user) = found.filter(is_theirs).ok_or(Error::Unauthenticated)?;
    let now = services.clock.now();
    check(&session, user, now)?;
    if session.last_used_at.0 + TOUCH_EVERY <= now {
        touch(services, session.id, now).await;
    }
    Ok(Member { user_id: session.user_id, session_id: session.id, role: user.role })
}

/// Locks an account and its session, if the session is still valid; returns the account. The error
/// does not say why: only the API that received the token knows what may be revealed.
pub(in crate::domain) async fn hold(
    change: &Change<'_>,
    ids: (i64, i64),
    lock: LockType,
) -> Result<User> {
    let (user, session) = locked(change, ids, lock).await?.ok_or(Error::Unauthenticated)?;
    match check(&session, (&user).into(), change.now()) {
        Err(Error::NotFound(_)) => Err(Error::Unauthenticated),
        checked => checked.map(|()| user),
    }
}

/// An account and one of its sessions, by the strength of their lock.
static HOLD: LazyLock<Shapes<Discriminant<LockType>>> = LazyLock::new(Shapes::default);

/// An account and one of its sessions, locked in this order.
pub(super) async fn locked(
    change: &Change<'_>,
    (user_id, session_id): (i64, i64),
    lock: LockType,
) -> Result<Option<(User, Session)>> {
    let (backend, ids) = (change.get_database_backend(), vec![user_id.into(), session_id.into()]);
    let statement = HOLD.statement(backend, discriminant(&lock), ids, || {
        let of_user = user_entity::Entity::belongs_to(session::Entity)
            .from(user_entity::Column::Id)
            .to(session::Column::UserId)
            .into();
        let users = user_entity::Entity::find_by_id(user_id).join(JoinType::InnerJoin, of_user);
        let theirs = users.filter(session::Column::Id.eq(session_id)).lock(lock);
        theirs.columns(session::Column::iter()).into_query()
    });
    row::read_one(change, statement, Row::read).await
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

/// Why the session's tokens are refused, if they are.
pub(super) fn check(session: &Session, user: Standing, now: Timestamp) -> Result<()> {
    if session.revoked_at.is_some() {
        return Err(Error::Unauthenticated);
    }
    if now >= session.expires_at.0 || now >= session.last_used_at.0 + IDLE {
        return Err(Error::TokenExpired);
    }
    match (user.deleted_at, user.suspended_at) {
        (Some(_), _) => Err(Error::NotFound(Noun::User)),
        (None, Some(_)) => Err(Error::Unauthenticated),
        (None, None) => Ok(()),
    }
}

row! {
    Session {
        id, user_id, refresh_mode, user_agent, address, created_at, last_used_at, expires_at, revoked_at,
    }
}
