//! The schema: types, queries, mutations and subscriptions, in the same wings as the domain.

mod account;
mod admin;
mod constraint;
pub(super) mod jobs;
pub(super) mod keys;
pub(super) mod mutations;
mod node;
mod page;
mod payload;
pub(super) mod prices;
mod rate_limit;
mod scalars;

use std::sync::Arc;

use async_graphql::{MergedObject, SDLExportOptions};

use crate::{domain::Services, graphql::engine::validated::Validated};

/// Everything that can be asked.
#[derive(MergedObject, Default)]
pub struct Query(
    node::NodeQuery,
    jobs::query::JobQuery,
    jobs::pay::PayQuery,
    account::query::UserQuery,
    admin::moderation::ModerationQuery,
    admin::audit::AuditQuery,
    admin::review::ReviewReportQuery,
    keys::api_key::ApiKeyQuery,
    rate_limit::RateLimitQuery,
);

/// Everything that can be done.
#[derive(MergedObject, Default)]
pub struct Mutation(
    account::auth::AuthMutation,
    account::session::SessionMutation,
    account::recovery::RecoveryMutation,
    account::profile::AccountMutation,
    account::second_factor::SecondFactorMutation,
    jobs::mutation::JobMutation,
    jobs::life::LifeMutation,
    jobs::application::ApplicationMutation,
    jobs::notice_mutation::NoticeMutation,
    jobs::review::ReviewMutation,
    keys::mutation::ApiKeyMutation,
    admin::moderation::ModerationMutation,
    admin::review::ReviewModerationMutation,
    admin::dispute::DisputeMutation,
);

pub type Schema = async_graphql::Schema<Query, Mutation, jobs::subscription::Subscription>;

fn builder() -> async_graphql::SchemaBuilder<Query, Mutation, jobs::subscription::Subscription> {
    Schema::build(Query::default(), Mutation::default(), jobs::subscription::Subscription)
        .extension(Validated)
        .disable_suggestions()
}

pub(super) fn schema(services: Arc<Services>) -> Schema {
    builder().data(services).finish()
}

/// The schema as SDL, as checked in.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new().use_space_ident().include_specified_by();
    builder().finish().sdl_with_options(options)
}
