//! What the gateway does: one file per noun, with its input, operations and permissions.

pub mod account;
pub mod admin;
mod background;
pub(crate) mod change;
pub mod erasure;
pub mod export;
mod ground;
pub mod health;
pub mod jobs;
pub mod keys;
pub mod limits;
pub mod mail;
pub mod origin;
pub mod parse;
pub mod presence;
pub mod pruning;
pub mod relocation;
pub mod session;
pub mod sign_in;
pub mod signing_key;
pub mod store;
#[cfg(test)]
pub(crate) mod testing;
pub mod viewer;

use std::sync::{Arc, atomic::AtomicU64};

use async_graphql::resolver_utils::EnumType;
use sea_orm::entity::prelude::ChronoUnixTimestampMillis;

use crate::{
    auth::{AccessTokens, Keys, Passwords, SessionCookies},
    clock::{Clock, Timestamp},
    cluster::Cluster,
    config::Config,
    heartbeat::Heartbeats,
    metrics::Names,
    network::{Ledger, Unread},
    random::Random,
};
use store::database::Database;

/// What every operation may need besides its viewer and input.
pub struct Services {
    pub config: Config,
    pub db: Database,
    pub cluster: Cluster,
    pub clock: Clock,
    pub random: Random,
    pub keys: Keys,
    pub passwords: Passwords,
    pub access_tokens: AccessTokens,
    pub cookies: SessionCookies,
    pub sequencer: change::Sequencer,
    pub events: jobs::event::Tail,
    pub notices: jobs::notice::Tail,
    pub presences: presence::LiveConnections,
    pub uses: keys::Uses,
    pub recent: keys::Recent,
    pub heartbeats: Heartbeats,
    /// Bytes of responses that clients have not read yet.
    pub unread: Arc<Unread>,
    /// Bytes of requests: bodies and documents of subscriptions.
    pub requests: Arc<Ledger>,
    pub credentials: limits::credential::Credentials,
    pub health: health::Health,
    /// How often each rate limit has refused, by its documented name.
    pub refusals: Names<AtomicU64>,
}

/// A moment in the type of entities.
pub(crate) fn to_millis(at: Timestamp) -> ChronoUnixTimestampMillis {
    ChronoUnixTimestampMillis(at)
}

/// A value as GraphQL spells it.
fn spelled<E: EnumType>(value: E) -> &'static str {
    E::items().iter().find(|item| item.value == value).map_or("", |item| item.name)
}
