//! Sessions: how people stay signed in on their devices, and how that ends.

mod authenticate;
mod end;
mod list;
mod refresh;

use std::time::Duration;

use chrono::TimeDelta;

pub use self::{
    authenticate::authenticate,
    list::{LIST, count, find, list, position},
    refresh::refresh,
};
pub(super) use self::{
    authenticate::hold,
    end::{revoke_all, revoke_one, revoke_others},
    list::of,
    refresh::insert_token,
};
pub use crate::{
    auth::{PresentedCookies, RefreshToken},
    entity::session::{Model as Session, RefreshMode},
};
use crate::{
    domain::{Services, account::user::User},
    error::Result,
};

/// A session ends after this time without use …
pub const IDLE: TimeDelta = TimeDelta::days(14);
/// … and after this time in any case.
pub const LONGEST: TimeDelta = TimeDelta::days(30);

/// The tokens of a client that signs in or refreshes.
#[derive(Debug)]
pub struct Grant {
    pub user: User,
    pub token: String,
    /// Lifetime of the access token.
    pub expires_in: Duration,
    /// None if the client keeps the token it has.
    pub refresh_token: Option<RefreshToken>,
    /// How long it can be useful, if it is used in time.
    pub refresh_lives: Duration,
}

pub(super) fn grant(
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
