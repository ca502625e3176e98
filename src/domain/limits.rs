//! Rate limits: the buckets to which a request is charged, whatever API it uses.

mod buckets;
pub mod credential;
mod daily;
mod key;

use std::{net::IpAddr, sync::atomic::Ordering::Relaxed, time::Duration};

use self::buckets::{COST, MINUTE, NETWORK, NETWORK_COST, buckets, guesses, of_address, spending};
pub use self::{
    daily::{load_daily_counts, save_daily_counts},
    key::{Allowance, day_of_key, minute_of_key},
};
use crate::{
    clock::Timestamp,
    cluster::{Bucket, BucketState, Charge, Window},
    domain::{
        Services,
        viewer::{Member, Viewer},
    },
    error::{Error, Result},
};

/// A request that has limits of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// A sign-in, with a password or without.
    SignIn,
    /// A signed-in person proving their identity again.
    Proof,
    Registration,
}

/// The API that a request uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Graphql,
    /// GraphQL over a WebSocket.
    Socket,
    /// `/api/*`
    Jobs,
    /// `/register`, `/login` and the like.
    Auth,
}

impl Door {
    /// The route recorded for a request of which nothing else is known.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Graphql => "graphql",
            Self::Socket => "websocket",
            Self::Jobs | Self::Auth => "rest",
        }
    }
}

/// The state of the bucket with the fewest remaining requests, and of each charged bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimitStatus {
    pub limit: u32,
    pub remaining: u32,
    pub reset_at: Timestamp,
    /// The most that one operation is charged to and that are reported: its own, two of a key, and
    /// its cost.
    pub quotas: [Option<Quota>; 4],
    /// None for requests that never became an operation.
    pub cost: Option<Spending>,
    /// The expiry of the caller's API key, if it is near.
    pub key_expires_at: Option<Timestamp>,
}

/// The cost of an operation, and the caller's cost limit per minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spending {
    /// One point per field and its price, multiplied by page sizes.
    pub cost: u32,
    pub limit: u32,
    pub remaining: u32,
    pub reset_at: Timestamp,
}

/// A charge to the rate limits.
#[derive(Debug, Clone, Copy, Default)]
pub struct ChargeRequest {
    /// None for an ordinary request, or one that never became an operation.
    pub attempt: Option<Attempt>,
    /// The cost of the operation.
    pub cost: Option<u32>,
    /// Whether the operation changes nothing.
    pub reads: bool,
    /// Only the cost is requested, so it is not charged.
    pub dry_run: bool,
}

/// The state of a limit, by its documented name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    pub policy: &'static str,
    pub limit: u32,
    pub window_seconds: u32,
    pub remaining: u32,
    /// Time until the whole limit is available; after a refusal, until there is room.
    pub reset_after: Duration,
}

/// The result of a charge.
#[derive(Debug, Clone)]
pub struct Charged {
    pub standing: RateLimitStatus,
    /// Set if a bucket was empty: then nothing was charged and the operation must not run.
    pub refusal: Option<Error>,
}

/// Charges an operation to every bucket in which it counts.
pub async fn charge(
    services: &Services,
    door: Door,
    viewer: &Viewer,
    address: IpAddr,
    demand: ChargeRequest,
) -> Charged {
    let limits = &services.config.limits;
    let mut buckets = buckets(limits, door, viewer, address, demand.attempt, demand.reads);
    if let Some(cost) = demand.cost {
        let amount = if demand.dry_run { 0 } else { cost };
        buckets.extend(spending(limits, viewer, address, amount));
    }
    let (policies, buckets): (Vec<_>, Vec<_>) = buckets.into_iter().unzip();
    let mut charged = charge_all(services, &policies, &buckets, demand.cost).await;
    if let Viewer::Machine(machine) = viewer {
        charged.standing.key_expires_at = key::expiry(services, machine);
    }
    charged
}

/// Checks whether a request of which nothing is known yet might be allowed now, without counting it:
/// reading has a limit of its own.
pub async fn check_quota(
    services: &Services,
    door: Door,
    viewer: &Viewer,
    address: IpAddr,
    attempt: Option<Attempt>,
) -> Result<()> {
    match peek(services, door, viewer, address, (attempt, false)).await {
        Err(_) if attempt.is_none() => peek(services, door, viewer, address, (None, true)).await,
        checked => checked,
    }
}

/// Checks whether a request would be allowed now whatever it turns out to be, without counting it.
pub async fn check_every_quota(
    services: &Services,
    door: Door,
    viewer: &Viewer,
    address: IpAddr,
) -> Result<()> {
    peek(services, door, viewer, address, (None, false)).await?;
    peek(services, door, viewer, address, (None, true)).await
}

async fn peek(
    services: &Services,
    door: Door,
    viewer: &Viewer,
    address: IpAddr,
    (attempt, reads): (Option<Attempt>, bool),
) -> Result<()> {
    let buckets = buckets(&services.config.limits, door, viewer, address, attempt, reads);
    let buckets: Vec<_> = buckets.into_iter().map(|(_, bucket)| bucket).collect();
    let asked = services.cluster.peek(&buckets, services.clock.now()).await;
    if asked.allowed { Ok(()) } else { Err(refusal(&asked)) }
}

/// Whether an unknown credential from this address may be looked up: not once as many bad ones came
/// from it as it may send requests. If other requests from the address have used up its limit, a
/// tenth as many bad ones are allowed.
pub(super) async fn may_show_credentials(services: &Services, address: IpAddr) -> Result<()> {
    let now = services.clock.now();
    let limit = services.config.limits.limit_general_per_minute;
    let requests = of_address("address", address, limit, MINUTE).map(|(_, bucket)| bucket);
    let bad = bad_credentials(services, address);
    let buckets: Vec<_> = requests.chain(bad.iter().cloned()).collect();
    let states = services.cluster.peek(&buckets, now).await.applied;
    // Compares those of the household, and of each wider network, pairwise.
    for (requests, bad) in states.iter().zip(&states[bad.len()..]) {
        let borne = if requests.remaining > 0 { bad.limit } else { (bad.limit / 10).max(1) };
        if bad.limit - bad.remaining >= borne {
            let retry_after = (bad.reset_at - now).to_std().unwrap_or_default();
            return Err(Error::RateLimited { retry_after });
        }
    }
    Ok(())
}

/// Counts a credential that turned out to be invalid.
pub(super) async fn note_bad_credentials(services: &Services, address: IpAddr) {
    let buckets = bad_credentials(services, address);
    services.cluster.charge(&buckets, services.clock.now()).await;
}

fn bad_credentials(services: &Services, address: IpAddr) -> Vec<Bucket> {
    let limit = services.config.limits.limit_general_per_minute;
    of_address("credentials", address, limit, MINUTE).map(|(_, bucket)| bucket).collect()
}

/// Charges one event of a subscription, which is not a request; the error says when there is room.
pub async fn spend(services: &Services, viewer: &Viewer, address: IpAddr, cost: u32) -> Result<()> {
    let buckets = spending(&services.config.limits, viewer, address, cost);
    let (policies, buckets): (Vec<_>, Vec<_>) = buckets.into_iter().unzip();
    let charged = charge_all(services, &policies, &buckets, Some(cost)).await;
    charged.refusal.map_or(Ok(()), Err)
}

/// Charges a signed-in person's attempt at a password or code like a sign-in.
pub(super) async fn guess(services: &Services, member: &Member) -> Result<()> {
    let (policy, bucket) = guesses(&services.config.limits, member);
    let charge = services.cluster.charge(&[bucket], services.clock.now()).await;
    count_refusals(services, &[policy], &charge);
    if charge.allowed { Ok(()) } else { Err(refusal(&charge)) }
}

async fn charge_all(
    services: &Services,
    policies: &[&'static str],
    buckets: &[Bucket],
    cost: Option<u32>,
) -> Charged {
    let now = services.clock.now();
    let mut charge = services.cluster.charge(buckets, now).await;
    count_refusals(services, policies, &charge);
    let counts_requests = |policy: &&'static str| !matches!(*policy, COST | NETWORK_COST);
    let refuses =
        |(policy, state): (&&'static str, &BucketState)| counts_requests(policy) && state.refused;
    if !charge.allowed && !policies.iter().zip(&charge.applied).any(refuses) {
        // Its cost is refused, but it still counts as a request.
        let requests = policies.iter().filter(|policy| counts_requests(policy)).count();
        if requests > 0 {
            let counted = services.cluster.charge(&buckets[..requests], now).await;
            charge.applied.splice(..requests, counted.applied);
        }
    }
    let states = || policies.iter().zip(&charge.applied);
    let requests = states().filter(|(policy, _)| counts_requests(policy)).map(|(_, state)| state);
    let tightest = requests.min_by_key(|state| (!state.refused, state.remaining));
    let spent = states().find(|(policy, _)| **policy == COST).map(|(_, state)| state);
    let cost = cost.zip(spent).map(|(cost, &BucketState { limit, remaining, reset_at, .. })| {
        Spending { cost, limit, remaining, reset_at }
    });
    let mut quotas = policies
        .iter()
        .zip(buckets)
        .zip(&charge.applied)
        .filter(|((policy, _), state)| !matches!(**policy, NETWORK | NETWORK_COST) || state.refused)
        .map(|((policy, bucket), state)| quota(policy, bucket, state, now));
    let quotas = std::array::from_fn(|_| quotas.next());
    let (limit, remaining, reset_at) = tightest.map_or(
        (u32::MAX, u32::MAX, now),
        |&BucketState { limit, remaining, reset_at, .. }| (limit, remaining, reset_at),
    );
    let standing =
        RateLimitStatus { limit, remaining, reset_at, quotas, cost, key_expires_at: None };
    Charged { standing, refusal: (!charge.allowed).then(|| refusal(&charge)) }
}

/// Counts the limits that refuse, for operators.
fn count_refusals(services: &Services, policies: &[&'static str], charge: &Charge) {
    let states = policies.iter().zip(&charge.applied);
    for (policy, _) in states.filter(|(_, state)| state.refused) {
        services.refusals.of([policy, ""]).fetch_add(1, Relaxed);
    }
}

fn refusal(charge: &Charge) -> Error {
    Error::RateLimited { retry_after: charge.retry_after().unwrap_or(Duration::from_secs(1)) }
}

fn quota(policy: &'static str, bucket: &Bucket, state: &BucketState, now: Timestamp) -> Quota {
    let window_seconds = match bucket.window {
        Window::Sliding(length) => u32::try_from(length.as_secs()).unwrap_or(u32::MAX),
        Window::Day => 86_400,
    };
    let reset_after = (state.reset_at - now).to_std().unwrap_or_default();
    Quota {
        policy,
        limit: state.limit,
        window_seconds,
        remaining: state.remaining,
        reset_after: state.retry_after.unwrap_or(reset_after),
    }
}
