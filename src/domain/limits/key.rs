//! What an API key may ask for, and what it was used for.

use super::{Charged, Door, buckets::of_key};
use crate::{
    clock::Timestamp,
    cluster::Bucket,
    domain::{Services, viewer::Machine},
};

/// What an API key may do in a minute or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    pub limit: u32,
    pub used: u32,
    pub reset_at: Timestamp,
}

/// Notes for what an API key was used, and tells it when it is going to end soon.
pub(super) fn note(
    services: &Services,
    door: Door,
    machine: &Machine,
    route: Option<&str>,
    charged: &mut Charged,
) {
    let now = services.clock.now();
    // On the auth routes a key is nobody.
    if door != Door::Auth {
        let route = route.unwrap_or(door.name());
        services.uses.note(machine.key_id, now, route, charged.refusal.is_some());
    }
    charged.standing.key_expires_at = machine.ends_soon(now).then_some(machine.expires_at);
}

/// What an API key has used of its minute; nothing is charged.
pub async fn minute_of_key(services: &Services, key_id: i64) -> Allowance {
    let [minute, _] = of_key(&services.config.limits, key_id);
    allowance(services, minute).await
}

/// What an API key has used of this UTC day; nothing is charged.
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
