//! The buckets in which a request counts.

use std::{fmt::Display, net::IpAddr, time::Duration};

use super::{Attempt, Door};
use crate::{
    cluster::{Bucket, Window},
    config::Limits,
    domain::viewer::{Machine, Member, Viewer},
    network::{household, networks},
};

pub(super) const MINUTE: Window = Window::Sliding(Duration::from_mins(1));
pub(super) const HOUR: Window = Window::Sliding(Duration::from_hours(1));
/// The policy that counts cost; all others count requests.
pub(super) const COST: &str = "cost";
/// Policies of networks wider than a household; only reported when they refuse.
pub(super) const NETWORK: &str = "network";
pub(super) const NETWORK_COST: &str = "network-cost";

/// The signed-in person's bucket for guesses.
pub(super) fn guesses(limits: &Limits, member: &Member) -> (&'static str, Bucket) {
    let of = format!("user:{}", member.user_id);
    bucket("login", &of, limits.limit_login_per_minute, MINUTE)
}

/// The buckets of every request of a key.
pub(super) fn of_key(limits: &Limits, key_id: i64) -> [(&'static str, Bucket); 2] {
    [
        bucket("key-minute", &key_id, limits.limit_key_per_minute, MINUTE),
        bucket("key-day", &key_id, limits.limit_key_per_day, Window::Day),
    ]
}

/// The buckets of cost, whatever the API.
pub(super) fn spending(
    limits: &Limits,
    viewer: &Viewer,
    address: IpAddr,
    amount: u32,
) -> Vec<(&'static str, Bucket)> {
    let limit = limits.limit_cost_per_minute;
    let one = |of: &dyn Display| vec![bucket(COST, of, limit, MINUTE)];
    let buckets = match viewer {
        Viewer::Anonymous => of_address(COST, address, limit, MINUTE).collect(),
        Viewer::Machine(Machine { key_id, .. }) => one(&format!("key:{key_id}")),
        Viewer::Member(Member { user_id, .. }) => one(&format!("user:{user_id}")),
    };
    buckets.into_iter().map(|(policy, bucket)| (policy, Bucket { amount, ..bucket })).collect()
}

pub(super) fn buckets(
    limits: &Limits,
    door: Door,
    viewer: &Viewer,
    address: IpAddr,
    attempt: Option<Attempt>,
    reads: bool,
) -> Vec<(&'static str, Bucket)> {
    let mut buckets = Vec::new();
    match (attempt, viewer) {
        // A signed-in caller can only guess one account's password, from any address: a stolen
        // token gets no more attempts by changing addresses.
        (Some(Attempt::Proof), Viewer::Member(member)) => buckets.push(guesses(limits, member)),
        (Some(Attempt::SignIn | Attempt::Proof), _) => {
            buckets.extend(of_address("login", address, limits.limit_login_per_minute, MINUTE));
        }
        (Some(Attempt::Registration), _) => {
            buckets.extend(of_address("register", address, limits.limit_register_per_hour, HOUR));
        }
        (None, _) => {}
    }
    match (door, viewer) {
        // The documented sign-in and registration routes only have their own limit.
        (Door::Auth, _) if !buckets.is_empty() => {}
        // People who look around before they sign in, many of them behind one address.
        (Door::Graphql | Door::Socket, Viewer::Anonymous) if reads => {
            let limit = limits.limit_reading_per_minute;
            buckets.extend(of_address("reading", address, limit, MINUTE));
        }
        (Door::Auth, _) | (_, Viewer::Anonymous) => {
            let limit = limits.limit_general_per_minute;
            buckets.extend(of_address("address", address, limit, MINUTE));
        }
        (_, Viewer::Machine(Machine { key_id, .. })) => {
            buckets.extend(of_key(limits, *key_id));
        }
        (_, Viewer::Member(Member { user_id, .. })) => {
            buckets.push(bucket("user", user_id, limits.limit_graphql_per_minute, MINUTE));
        }
    }
    buckets
}

/// A policy's bucket of a household, and larger ones of the networks around it.
pub(super) fn of_address(
    policy: &'static str,
    address: IpAddr,
    limit: u32,
    window: Window,
) -> impl Iterator<Item = (&'static str, Bucket)> {
    networks(address).enumerate().map(move |(tier, (network, factor))| {
        if tier == 0 {
            return bucket(policy, &household(address), limit, window);
        }
        let (_, bucket) = bucket(policy, &network, limit.saturating_mul(factor), window);
        (if policy == COST { NETWORK_COST } else { NETWORK }, bucket)
    })
}

/// A policy's bucket of one client.
pub(super) fn bucket(
    policy: &'static str,
    of: &dyn Display,
    limit: u32,
    window: Window,
) -> (&'static str, Bucket) {
    (policy, Bucket { name: format!("{policy}:{of}"), limit, window, amount: 1 })
}
