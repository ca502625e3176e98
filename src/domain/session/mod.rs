//! Sessions: how people stay signed in, on which devices, and how that ends.

mod authenticate;
mod end;
mod list;
mod refresh;

use std::{net::IpAddr, time::Duration};

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};

pub use self::{
    authenticate::authenticate,
    end::{logout, logout_everywhere, revoke},
    list::{LIST, count, find, list, position},
    refresh::refresh,
};
pub(super) use self::{
    authenticate::check_standing,
    end::{revoke_all, revoke_keys, revoke_others},
};
pub use crate::auth::{PresentedCookies, RefreshToken};
pub use crate::entity::session::{Model as Session, RefreshMode};
use crate::{
    clock::Timestamp,
    domain::{
        Services,
        audit::{self, Kind, Origin},
        stored,
        user::User,
    },
    entity::session,
    error::Result,
};

/// A session ends when it is not used for this long …
pub const IDLE: TimeDelta = TimeDelta::days(14);
/// … and after this long in any case.
pub const LONGEST: TimeDelta = TimeDelta::days(30);

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
    /// How long it can be of use, if it is used in time.
    pub refresh_lives: Duration,
}

/// Opens a session for somebody who has proven to be this person.
pub(super) async fn open(
    services: &Services,
    origin: &Origin,
    user: User,
    refresh_mode: RefreshMode,
) -> Result<Grant> {
    let now = services.clock.now();
    let refresh_token = RefreshToken::generate(&services.random);
    let client = origin.client.as_ref();
    let tx = services.db.begin().await?;
    let session = session::ActiveModel {
        user_id: Set(user.id),
        refresh_mode: Set(refresh_mode),
        user_agent: Set(client.and_then(|client| client.user_agent.clone())),
        address: Set(origin.address()),
        created_at: Set(stored(now)),
        last_used_at: Set(stored(now)),
        expires_at: Set(stored(now + LONGEST)),
        ..Default::default()
    }
    .insert(&tx)
    .await?;
    refresh::insert_token(services, &tx, session.id, &refresh_token, now).await?;
    let origin = Origin { session_id: Some(session.id), ..origin.as_user(user.id) };
    audit::record(services, &tx, &origin, Kind::SignedIn, Some(user.id), None).await?;
    tx.commit().await?;
    grant(services, user, &session, Some(refresh_token))
}

fn grant(
    services: &Services,
    user: User,
    session: &Session,
    refresh_token: Option<RefreshToken>,
) -> Result<Grant> {
    let access = services.access_tokens.issue(user.id, session.id)?;
    let left = session.expires_at.0 - services.clock.now();
    Ok(Grant {
        user,
        token: access.token,
        expires_in: access.expires_in,
        refresh_token,
        refresh_lives: left.min(IDLE).to_std().unwrap_or_default(),
    })
}

impl Session {
    /// Whether its tokens are still taken.
    #[must_use]
    pub fn is_alive(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at.0 && now < self.last_used_at.0 + IDLE
    }
}
