//! What the gateway does: one file per noun, with its input, its operations and who may use them.

pub mod account;
pub mod api_key;
pub mod application;
pub mod asker;
pub mod audit;
mod change;
pub mod credential;
pub mod database;
pub mod email_change;
pub mod erasure;
pub mod event;
pub mod export;
pub mod input;
pub mod job;
pub mod job_type;
pub mod limit;
pub mod login;
pub mod mail_token;
pub mod moderation;
pub mod outbox;
pub mod page;
mod password;
pub mod presence;
pub mod pruning;
pub mod recovery;
mod row;
pub mod second_factor;
pub mod seed;
pub mod session;
pub mod signing_key;
#[cfg(test)]
pub(crate) mod testing;
pub mod user;
pub mod verification;
pub mod viewer;

use std::sync::Arc;

use sea_orm::entity::prelude::ChronoUnixTimestampMillis;

use crate::{
    auth::{AccessTokens, Keys, Passwords, SessionCookies},
    clock::{Clock, Timestamp},
    cluster::Cluster,
    config::Config,
    heartbeat::Heartbeats,
    network::{Ledger, Unread},
    random::Random,
};
use database::Database;

/// What every operation may need besides its viewer and its input.
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
    pub events: event::Tail,
    pub presences: presence::Presences,
    pub uses: api_key::Uses,
    pub heartbeats: Heartbeats,
    /// What answers hold that their clients have not taken.
    pub unread: Arc<Unread>,
    /// What requests hold: bodies and the documents of subscriptions.
    pub requests: Arc<Ledger>,
    pub credentials: credential::Credentials,
}

/// A moment as the entities store it.
pub(crate) fn stored(at: Timestamp) -> ChronoUnixTimestampMillis {
    ChronoUnixTimestampMillis(at)
}
