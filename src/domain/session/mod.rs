//! Sessions: how people stay signed in, on which devices, and how that ends.

mod authenticate;
mod end;
mod list;
mod proof;
mod refresh;

use std::{
    net::{IpAddr, Ipv4Addr},
    time::Duration,
};

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};

pub use self::{
    authenticate::authenticate,
    end::{logout, logout_everywhere, revoke},
    list::{LIST, count, find, list, position},
    proof::Proof,
    refresh::refresh,
};
pub(super) use self::{
    authenticate::hold,
    end::{revoke_all, revoke_keys, revoke_others},
    proof::{missing, prove},
};
pub use crate::auth::{PresentedCookies, RefreshToken};
pub use crate::entity::session::{Model as Session, RefreshMode};
use crate::{
    cluster::Topic,
    domain::{
        Services, account,
        audit::{self, Kind, Origin},
        change::Change,
        job, stored,
        user::{self, User},
    },
    entity::session,
    error::{Error, Result},
};

/// A session ends when it is not used for this long …
pub const IDLE: TimeDelta = TimeDelta::days(14);
/// … and after this long in any case.
pub const LONGEST: TimeDelta = TimeDelta::days(30);

/// Where a request comes from, as told by the connection or a trusted proxy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    pub address: IpAddr,
    pub user_agent: Option<String>,
}

impl Client {
    /// The address of everybody whom a trusted proxy does not name: they share the limits of one
    /// address, no network holds it, and it is never written down as where somebody was.
    pub const UNKNOWN: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
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

/// Opens a session for somebody who has proven to be this person, unless what was proven has changed
/// since: a password that was replaced meanwhile opens nothing.
pub(super) async fn open(
    services: &Services,
    origin: &Origin,
    proven: User,
    refresh_mode: RefreshMode,
) -> Result<Grant> {
    let now = services.clock.now();
    let refresh_token = RefreshToken::generate(&services.random);
    let client = origin.client.as_ref();
    let tx = Change::of_the_gateway(services).await?;
    let is_as_proven = |user: &User| {
        user.password_hash == proven.password_hash
            && user.totp_confirmed_at == proven.totp_confirmed_at
            && user.email_canonical == proven.email_canonical
            && user.erase_at == proven.erase_at
    };
    let user = user::lock(&tx, proven.id).await?.filter(is_as_proven);
    let user = user.ok_or(Error::InvalidCredentials)?;
    if user.suspended_at.is_some() {
        return Err(Error::Forbidden);
    }
    let (user, events) = account::cancel_deletion(services, &tx, user, origin).await?;
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
    job::finish(services, tx, None, &events).await?;
    if proven.erase_at.is_some() {
        services.cluster.publish(Topic::Outbox);
    }
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

#[cfg(test)]
mod tests {
    use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

    use super::{Origin, RefreshMode, open, stored};
    use crate::{
        domain::{
            testing::databases,
            user::{self, NewUser, Role},
        },
        error::Error,
    };

    #[tokio::test]
    async fn e13_a_sign_in_under_way_opens_nothing_once_what_it_proved_has_changed() {
        for fresh in databases().await {
            let services = &fresh.services;
            let new = NewUser {
                name: "Ann".into(),
                email: "ann@example.com".into(),
                password: "correct horse battery".into(),
                phone: None,
            };
            let mut proven = user::create_confirmed(services, new, Role::User).await.unwrap();
            let try_open = async |proven: &user::User| {
                open(services, &Origin::default(), proven.clone(), RefreshMode::Static).await
            };
            for change in 0..5 {
                assert!(try_open(&proven).await.is_ok());
                proven = user::find(services, proven.id).await.unwrap().unwrap();
                let mut model = proven.clone().into_active_model();
                match change {
                    0 => model.password_hash = Set("another".into()),
                    1 => model.totp_confirmed_at = Set(Some(stored(services.clock.now()))),
                    2 => model.email_canonical = Set("another@example.com".into()),
                    // Whoever signs in later keeps the account; what was under way does not.
                    3 => model.erase_at = Set(Some(stored(services.clock.now()))),
                    _ => model.suspended_at = Set(Some(stored(services.clock.now()))),
                }
                let changed = model.update(services.db.write()).await.unwrap();
                match try_open(&proven).await {
                    Err(Error::Forbidden) if change == 4 => {}
                    Err(Error::InvalidCredentials) if change < 4 => {}
                    other => panic!("{change}: {other:?}"),
                }
                proven = changed;
            }
        }
    }
}
