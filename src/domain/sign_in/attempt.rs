//! Attempts at passwords and codes: how many an account allows, and what they lead to.

mod code;

use std::net::IpAddr;

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::json;

use self::code::After;
use super::second_factor;
use crate::{
    auth::Verdict,
    cluster::{Bucket, Window},
    domain::{Services, account::user::User, change::record, origin::Origin, to_millis},
    entity::audit_event::Kind,
    entity::session,
    error::{Error, Result},
    network::household,
};

/// Lockout: the number of attempts allowed within a number of minutes. Waiting times grow up to a
/// quarter of an hour, so no account is locked for good.
const LOCKOUT_STEPS: [(u32, u64); 3] = [(10, 1), (15, 5), (20, 15)];

/// How long an address stays known to an account after a sign-in from it.
pub const KNOWN_FOR: TimeDelta = TimeDelta::days(90);
/// Number of known addresses that are read.
const MOST_ADDRESSES: u64 = 200;

/// An attempt to prove an identity. It is counted before anything is compared, so that concurrent
/// attempts cannot exceed the limit, and forgotten if it succeeds.
///
/// All strangers to an account share one count, while each place known to the account has its own:
/// so guesses from elsewhere cannot lock the owner out.
pub(in crate::domain) struct LoginAttempt<'a> {
    pub(super) services: &'a Services,
    pub(super) origin: &'a Origin,
    user_id: Option<i64>,
    /// The address of the attempt, if the account knows it.
    pub(super) place: Option<IpAddr>,
    pub(super) buckets: Vec<Bucket>,
    /// Too many attempts: it fails, whatever the password.
    pub(super) is_throttled: bool,
    /// The password was right before a code was asked for.
    pub(super) knows_password: bool,
}

impl<'a> LoginAttempt<'a> {
    /// Counts an attempt for this canonical address, whether or not it has an account.
    pub async fn count(
        services: &'a Services,
        origin: &'a Origin,
        email: &str,
        user_id: Option<i64>,
    ) -> Result<Self> {
        let place = known_place(services, origin, user_id).await?;
        let buckets = buckets(services, email, place);
        let charge = services.cluster.charge(&buckets, services.clock.now()).await;
        let (is_throttled, knows_password) = (!charge.allowed, false);
        Ok(Self { services, origin, user_id, place, buckets, is_throttled, knows_password })
    }

    /// The account, if this is its password. All refusals look and cost the same.
    pub async fn at_password(&self, user: Option<User>, password: &str) -> Result<(User, Verdict)> {
        let hash = user.as_ref().map(|user| user.password_hash.as_str());
        let verdict = self.services.passwords.verify(self.origin.ip(), password, hash).await?;
        match user.filter(|_| verdict != Verdict::Wrong && !self.is_throttled) {
            Some(user) => Ok((user, verdict)),
            None => Err(self.refuse().await?),
        }
    }

    /// Accepts a one-time code or recovery code of the account; each only once.
    pub async fn at_code(&self, user: &User, code: &str) -> Result<()> {
        if !self.is_throttled
            && second_factor::consume(self.services, self.origin, user, code).await?
        {
            return Ok(());
        }
        Err(self.refuse().await?)
    }

    /// Forgets this attempt, and the failed ones before it.
    pub async fn succeed(self) {
        self.services.cluster.forget(&self.buckets).await;
    }

    /// Records the refusal; returns the error to answer with.
    pub async fn refuse(&self) -> Result<Error> {
        let Self { services, origin, user_id, .. } = *self;
        let detail = match (self.is_throttled, self.knows_password) {
            (true, _) => Some(json!({ "held_up": true })),
            (false, true) => Some(json!({ "password_was_right": true })),
            (false, false) => None,
        };
        if self.is_throttled {
            tracing::warn!(user_id, "sign-in attempts of an account are slowed down");
        }
        let db = services.db.write();
        record(services, db, origin, Kind::SignInFailed, user_id, detail).await?;
        Ok(Error::InvalidCredentials)
    }
}

/// Forgets attempts of strangers, and of the caller, who has proven by mail to be the owner.
pub async fn reset_attempts(services: &Services, user: &User, origin: &Origin) {
    let place = origin.ip().map(household);
    for place in [None, place] {
        let email = &user.email_canonical;
        services.cluster.forget(&buckets(services, email, place)).await;
        services.cluster.forget(&code::buckets(services, email, place, After::Password)).await;
    }
}

fn buckets(services: &Services, email: &str, place: Option<IpAddr>) -> Vec<Bucket> {
    bearable(services, "guess", email, place, &LOCKOUT_STEPS)
}

/// Buckets for an account's attempts of one kind, with a limit per number of minutes; for one known
/// place or for all strangers.
pub(super) fn bearable(
    services: &Services,
    kind: &str,
    email: &str,
    place: Option<IpAddr>,
    bearable: &[(u32, u64)],
) -> Vec<Bucket> {
    let account = services.keys.alias("guesses", email);
    let from = place.map(|place| format!(":{place}")).unwrap_or_default();
    let bucket = |&(limit, minutes)| Bucket {
        name: format!("{kind}-{minutes}:{account}{from}"),
        limit,
        window: Window::Sliding(std::time::Duration::from_mins(minutes)),
        amount: 1,
    };
    bearable.iter().map(bucket).collect()
}

/// The address of the attempt, if the account has signed in from there before. Also queries the
/// database for unknown accounts, so that they cost the same.
async fn known_place(
    services: &Services,
    origin: &Origin,
    user_id: Option<i64>,
) -> Result<Option<IpAddr>> {
    let since = services.clock.now() - KNOWN_FOR;
    let addresses: Vec<Option<String>> = session::Entity::find()
        .select_only()
        .column(session::Column::Address)
        .distinct()
        .filter(session::Column::UserId.eq(user_id.unwrap_or_default()))
        .filter(session::Column::CreatedAt.gte(to_millis(since)))
        .limit(MOST_ADDRESSES)
        .into_tuple()
        .all(services.db.read())
        .await?;
    let known =
        addresses.iter().flatten().filter_map(|address| address.parse().ok()).map(household);
    let here = origin.ip().map(household);
    Ok(here.filter(|here| known.clone().any(|place| place == *here)))
}
