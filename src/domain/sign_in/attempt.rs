//! Guesses at passwords and codes: how many an account bears, and what becomes of them.

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

/// How many guesses an account bears within so many minutes. Whoever goes on waits longer and longer,
/// up to a quarter of an hour and never for good.
const LOCKOUT_STEPS: [(u32, u64); 3] = [(10, 1), (15, 5), (20, 15)];

/// An address from which an account has signed in is known to it for so long.
pub const KNOWN_FOR: TimeDelta = TimeDelta::days(90);
/// So many addresses are looked at.
const MOST_ADDRESSES: u64 = 200;

/// A try to prove to be somebody. It is counted before anything is compared, so that many at once do
/// not outrun the count, and forgotten if it turns out to be right.
///
/// All strangers to an account are counted together, each place that it knows by itself: whoever
/// guesses from elsewhere cannot lock its owner out.
pub(in crate::domain) struct LoginAttempt<'a> {
    pub(super) services: &'a Services,
    pub(super) origin: &'a Origin,
    user_id: Option<i64>,
    /// Where it comes from, if the account knows the place.
    pub(super) place: Option<IpAddr>,
    pub(super) buckets: Vec<Bucket>,
    /// There were too many: the guess is wrong, whatever it is.
    pub(super) is_throttled: bool,
    /// The password was right before a code was asked for.
    pub(super) knows_password: bool,
}

impl<'a> LoginAttempt<'a> {
    /// Counts a guess for this canonical address, whether or not it has an account.
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

    /// Takes a one-time code or a recovery code of the account; neither is taken twice.
    pub async fn at_code(&self, user: &User, code: &str) -> Result<()> {
        if !self.is_throttled
            && second_factor::consume(self.services, self.origin, user, code).await?
        {
            return Ok(());
        }
        Err(self.refuse().await?)
    }

    /// Forgets it, and the wrong ones before it.
    pub async fn succeed(self) {
        self.services.cluster.forget(&self.buckets).await;
    }

    /// Notes the refusal; the error to answer with.
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

/// Forgets the guesses of strangers, and of the one who has proven by mail to be the owner.
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

/// Buckets of an account for so many guesses of one kind within so many minutes; of one place that it
/// knows, or of all strangers.
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

/// Where the guess comes from, if the account has signed in from there before. The database is asked
/// about strangers too, so that they cost the same.
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
