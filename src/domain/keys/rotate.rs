//! Rotating a key's secret: the old one stays valid for a while, so that programs can switch.

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{
    ApiKey, DAYS, State,
    change::{locked, record_and_notify},
    state, warning,
};
use crate::{
    auth::ApiSecret,
    clock::Timestamp,
    cluster::Topic,
    domain::{
        Services,
        change::Change,
        origin::Origin,
        parse::{Range, number},
        sign_in::reauthenticate::{self, Proof},
        to_millis,
        viewer::Member,
    },
    entity::audit_event::Kind,
    error::{Conflict, Error, FieldErrors, Result},
    mail::NoticeKind,
};

pub const OVERLAP_HOURS_DEFAULT: i64 = 24;
pub const OVERLAP_HOURS: Range = 0..=168;

/// How to rotate a secret.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rotation {
    /// Hours for which the old secret stays valid; 0 ends it immediately.
    pub overlap_hours: Option<i64>,
    /// Days until the key expires; if unset, as many as it was created for.
    pub expires_in_days: Option<i64>,
}

/// Gives a key a new secret and expiry; requires a fresh proof. Of the old secrets only the latest
/// may stay valid.
pub async fn rotate(
    services: &Services,
    origin: &Origin,
    member: &Member,
    id: i64,
    proof: &Proof,
    rotation: Rotation,
) -> Result<(ApiKey, ApiSecret)> {
    let (overlap, days) = rotation.parse()?;
    reauthenticate::prove(services, member, origin, proof).await?;
    let (now, secret) = (services.clock.now(), ApiSecret::generate(&services.random));
    let change = Change::begin(services, member, origin).await?;
    let key = locked(&change, member, id).await?;
    if state(&key, now) != State::Active {
        return Err(Error::Conflict(Conflict::ApiKeyEnded));
    }
    let life_days = days.unwrap_or_else(|| life_days(&key));
    let expires_at = now + TimeDelta::days(life_days);
    let previous = previous(&key, now, (now + overlap).min(expires_at));
    let (previous_digest, previous_until) = previous.unzip();
    let mut model = key.into_active_model();
    model.secret_digest = Set(secret.digest(&services.keys));
    model.previous_secret_digest = Set(previous_digest);
    model.previous_secret_until = Set(previous_until.map(to_millis));
    model.expires_at = Set(to_millis(expires_at));
    model.warned_days = Set(warning::known(life_days));
    let key = model.update(&change).await?;
    let occasion = NoticeKind::ApiKeyRotated { key: key.name.clone() };
    record_and_notify(&change, (Kind::ApiKeyRotated, occasion), &key).await?;
    // Disconnects clients whose secret is no longer valid.
    change.wake(Topic::AccessRevoked(key.user_id));
    change.commit().await?;
    Ok((key, secret))
}

/// The secret being replaced, if it stays valid for a while.
fn previous(key: &ApiKey, now: Timestamp, until: Timestamp) -> Option<(String, Timestamp)> {
    (until > now).then(|| (key.secret_digest.clone(), until))
}

/// The number of days that a key was created for.
fn life_days(key: &ApiKey) -> i64 {
    key.life_days.unwrap_or_else(|| (key.expires_at.0 - key.created_at.0).num_days())
}

impl Rotation {
    fn parse(self) -> Result<(TimeDelta, Option<i64>)> {
        let mut errors = FieldErrors::default();
        let hours = self.overlap_hours.unwrap_or(OVERLAP_HOURS_DEFAULT);
        let hours = errors.check("overlapHours", number(hours, OVERLAP_HOURS));
        let days = self.expires_in_days.map(|days| number(days, DAYS));
        let days = days.and_then(|days| errors.check("expiresInDays", days));
        let hours = hours.filter(|_| errors.is_empty()).ok_or(errors)?;
        Ok((TimeDelta::hours(hours), days))
    }
}
