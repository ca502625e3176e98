//! Access tokens as proof of a living session.

use std::net::IpAddr;

use chrono::TimeDelta;
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    prelude::ChronoUnixTimestampMillis, sea_query::Expr,
};

use super::IDLE;
use crate::{
    auth::AccessClaims,
    clock::Timestamp,
    domain::{
        Services, credential,
        row::{self, Cells, Row},
        stored,
        user::Role,
        viewer::Member,
    },
    entity::{session, user as user_entity},
    error::{Error, Noun, Result},
};

/// `last_used_at` is written at most this often.
const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(5);

/// The member that an access token speaks for: its session is alive and its account in good standing.
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
        .columns(Presented::COLUMNS)
        .columns(Presented::COLUMNS_OF_USER)
        .into_query();
    let found: Option<Presented> = row::one(services.db.read(), &select).await?;
    let session = found.ok_or(Error::Unauthenticated)?;
    if session.revoked_at.is_some() || session.user_id != claims.user {
        return Err(Error::Unauthenticated);
    }
    let now = services.clock.now();
    if now >= session.expires_at || now >= session.last_used_at + IDLE {
        return Err(Error::TokenExpired);
    }
    check_standing(session.deleted_at, session.suspended_at)?;
    if session.last_used_at + TOUCH_EVERY <= now {
        touch(services, claims.session, now).await;
    }
    Ok(Member { user_id: session.user_id, session_id: claims.session, role: session.role })
}

/// Notes the use of a session; that the note fails does not matter to the caller.
async fn touch(services: &Services, id: i64, now: Timestamp) {
    let note = session::Entity::update_many()
        .col_expr(session::Column::LastUsedAt, Expr::val(stored(now)))
        .filter(session::Column::Id.eq(id));
    if let Err(error) = note.exec(services.db.write()).await {
        tracing::warn!(session = id, %error, "the last use of a session was not noted");
    }
}

/// What is read of a session whose token somebody presents.
struct Presented {
    user_id: i64,
    expires_at: Timestamp,
    last_used_at: Timestamp,
    revoked_at: Option<Timestamp>,
    role: Role,
    suspended_at: Option<Timestamp>,
    deleted_at: Option<Timestamp>,
}

impl Presented {
    const COLUMNS: [session::Column; 4] = [
        session::Column::UserId,
        session::Column::ExpiresAt,
        session::Column::LastUsedAt,
        session::Column::RevokedAt,
    ];
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
            expires_at: cells.next::<ChronoUnixTimestampMillis>()?.0,
            last_used_at: cells.next::<ChronoUnixTimestampMillis>()?.0,
            revoked_at: cells.time()?,
            role: cells.next()?,
            suspended_at: cells.time()?,
            deleted_at: cells.time()?,
        })
    }
}

/// Whether an account may do anything at all.
pub(in crate::domain) fn check_standing(
    deleted: Option<Timestamp>,
    suspended: Option<Timestamp>,
) -> Result<()> {
    match (deleted, suspended) {
        (Some(_), _) => Err(Error::NotFound(Noun::User)),
        (None, Some(_)) => Err(Error::Unauthenticated),
        (None, None) => Ok(()),
    }
}
