//! The rate limits and usage of an API key.

use super::{Charged, Door, buckets::of_key};
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

/// Records the usage of an API key, and reports an expiry that is near.
pub(super) fn note(
    services: &Services,
    door: Door,
    machine: &Machine,
    route: Option<&str>,
    charged: &mut Charged,
) {
    let now = services.clock.now();
    // The auth routes ignore keys.
    if door != Door::Auth {
        let route = route.unwrap_or(door.name());
        services.uses.note(machine.key_id, now, route, charged.refusal.is_some());
    }
    charged.standing.key_expires_at = machine.ends_soon(now).then_some(machine.expires_at);
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
