//! The rate limits of an API key.

use super::buckets::of_key;
use crate::{
    clock::Timestamp,
    cluster::Bucket,
    domain::{Services, viewer::Machine},
};

/// The limit of an API key per minute or day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    pub limit: u32,
    pub used: u32,
    pub reset_at: Timestamp,
}

/// When the key expires, if that is near.
pub(super) fn expiry(services: &Services, machine: &Machine) -> Option<Timestamp> {
    machine.ends_soon(services.clock.now()).then_some(machine.expires_at)
}

/// The state of an API key's limit per minute; nothing is charged.
pub async fn minute_of_key(services: &Services, key_id: i64) -> Allowance {
    let [minute, _] = of_key(&services.config.limits, key_id);
    allowance(services, minute).await
}

/// The state of an API key's limit per UTC day; nothing is charged.
pub async fn day_of_key(services: &Services, key_id: i64) -> Allowance {
    let [_, day] = of_key(&services.config.limits, key_id);
    allowance(services, day).await
}

async fn allowance(services: &Services, (_, bucket): (&'static str, Bucket)) -> Allowance {
    let (limit, now) = (bucket.limit, services.clock.now());
    let state = services.cluster.peek(&[bucket], now).await.applied.pop();
    let (remaining, reset_at) =
        state.map_or((limit, now), |state| (state.remaining, state.reset_at));
    Allowance { limit, used: limit.saturating_sub(remaining), reset_at }
}
