//! The one schema, and the one way to run an operation, for every door.

mod account;
mod api_key;
mod application;
mod audit;
mod auth;
mod auth_cookie;
mod backlog;
mod batch;
pub mod changes;
mod context;
pub mod document;
mod event;
mod execute;
mod job;
mod job_filter;
mod job_mutation;
mod loaders;
mod moderation;
mod node;
mod page;
mod payload;
pub mod persisted;
mod present;
mod prices;
mod rate_limit;
mod recovery;
mod scalars;
mod second_factor;
mod session;
mod stream;
mod subscription;
mod user;

use std::sync::Arc;

use async_graphql::{MergedObject, SDLExportOptions};

pub use crate::domain::limit::{Door, Quota, Spending, Standing};
pub use auth::AUTH_MUTATIONS;
pub use backlog::{Backlog, Room};
pub use context::{Browser, Caller};
pub use execute::{Engine, Operation, Outcome};
pub use present::{Problem, present, refused};
pub use stream::{Delivery, Streamed, Subscription};

use self::document::{Gate, GateLimits};
use crate::{config::Limits, domain::Services, error::Result};

/// Everything that can be asked.
#[derive(MergedObject, Default)]
pub struct Query(
    node::NodeQuery,
    job::JobQuery,
    user::UserQuery,
    moderation::ModerationQuery,
    audit::AuditQuery,
    api_key::ApiKeyQuery,
    rate_limit::RateLimitQuery,
);

/// Everything that can be done.
#[derive(MergedObject, Default)]
pub struct Mutation(
    auth::AuthMutation,
    session::SessionMutation,
    recovery::RecoveryMutation,
    account::AccountMutation,
    second_factor::SecondFactorMutation,
    job_mutation::JobMutation,
    application::ApplicationMutation,
    api_key::ApiKeyMutation,
    moderation::ModerationMutation,
);

pub type Schema = async_graphql::Schema<Query, Mutation, subscription::Subscription>;

fn builder() -> async_graphql::SchemaBuilder<Query, Mutation, subscription::Subscription> {
    Schema::build(Query::default(), Mutation::default(), subscription::Subscription)
        .validation_mode(async_graphql::ValidationMode::Fast)
        .disable_suggestions()
}

fn schema(services: Arc<Services>) -> Schema {
    builder().data(services).finish()
}

/// The schema in the schema definition language, as checked in.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new().use_space_ident().include_specified_by();
    builder().finish().sdl_with_options(options)
}

/// The gate before the schema, with the configured limits.
pub fn gate(limits: &Limits) -> Result<Gate> {
    let limits = GateLimits {
        depth: limits.limit_query_depth as usize,
        cost: limits.limit_query_cost,
        prices: prices::PRICES,
        ..GateLimits::default()
    };
    Gate::new(&sdl(), limits, AUTH_MUTATIONS)
}
