//! API keys in the schema.

use std::sync::Arc;

use async_graphql::{Context, Description, Enum, ID, Object};

use crate::{
    domain::{
        Services,
        keys::{self, State},
        parse::{Range, number},
        store::page::PageInput,
        viewer::{Member, Scope},
    },
    error::{Error, FieldProblem, Result},
    graphql::{
        engine::{
            context::ContextExt,
            loaders::keys::{RecentOf, UsageOf},
            written::{ready, written_enum},
        },
        schema::{
            constraint,
            keys::{request::ApiKeyRequest, usage::ApiKeyUsage},
            page::{Connected, connection},
            scalars::DateTime,
        },
    },
    id::GlobalId,
};

/// Days for which usage can be queried at once.
const USAGE_DAYS: Range = 1..=90;

/// A key that lets a program act for its owner.
#[derive(Description)]
pub struct ApiKey(pub(super) keys::ApiKey);

/// A page of API keys.
pub(in crate::graphql) type ApiKeyConnection = Connected<ApiKey, ApiKeyTotal>;

/// Which documents a key may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ApiKeyDocuments {
    /// Whatever the gateway admits.
    Any,
    /// Only documents of the gateway's manifest, and the REST API.
    TrustedOnly,
}

#[Object(use_type_description)]
impl ApiKey {
    /// Global id, such as `key_7`.
    pub(in crate::graphql) async fn id(&self) -> ID {
        ID(GlobalId::ApiKey(self.0.id).to_string())
    }

    /// What its owner calls it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What programs send as `X-API-Key`.
    async fn key(&self) -> &str {
        &self.0.public_id
    }

    /// What it may do.
    async fn scopes(&self) -> Vec<Scope> {
        keys::scopes(&self.0)
    }

    /// The networks that may use it; if there are none, it may be used from everywhere.
    async fn networks(&self) -> Vec<&str> {
        keys::networks(&self.0)
    }

    /// Whether it works.
    async fn state(&self, ctx: &Context<'_>) -> State {
        keys::state(&self.0, ctx.services().clock.now())
    }

    /// Which documents it may run.
    async fn documents(&self) -> ApiKeyDocuments {
        if self.0.trusted_documents_only {
            ApiKeyDocuments::TrustedOnly
        } else {
            ApiKeyDocuments::Any
        }
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime::millis(self.0.created_at.0)
    }

    /// From when on it is refused.
    async fn expires_at(&self) -> DateTime {
        DateTime::millis(self.0.expires_at.0)
    }

    /// Since when it is stopped; null while it is not.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(|at| DateTime::millis(at.0))
    }

    /// When it was used last, to the minute; null if never.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.0.last_used_at.map(|at| DateTime::millis(at.0))
    }

    /// Until when the secret before the last rotation is taken; null if it is not.
    async fn previous_secret_until(&self, ctx: &Context<'_>) -> Option<DateTime> {
        let now = ctx.services().clock.now();
        keys::previous_secret_until(&self.0, now).map(DateTime::millis)
    }

    /// How often it was used, and what is left to it.
    async fn usage(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Days to look back, today included.",
            default = 30,
            directive = constraint::Range::apply(USAGE_DAYS)
        )]
        days: i32,
    ) -> Result<ApiKeyUsage> {
        let days = number(days.into(), USAGE_DAYS);
        let days = days.map_err(|problem| Error::field("days", problem))?;
        let usage = ctx.loaders().load_one(UsageOf { key_id: self.0.id, days }).await?;
        Ok(ApiKeyUsage { key_id: self.0.id, usage: usage.unwrap_or_default() })
    }

    /// The last requests with it, at most 100, newest first. Those that other servers have answered
    /// may be missing for ten seconds.
    async fn recent_requests(&self, ctx: &Context<'_>) -> Result<Vec<ApiKeyRequest>> {
        let requests = ctx.loaders().load_one(RecentOf(self.0.id)).await?;
        Ok(requests.into_iter().flatten().map(ApiKeyRequest).collect())
    }
}

/// What a connection of API keys knows besides its page.
pub struct ApiKeyTotal;

written_enum! { State ApiKeyDocuments }

ready! {
    ApiKey {
        "id": id,
        "name": name,
        "key": key,
        "state": state,
        "documents": documents,
        "createdAt": created_at,
        "expiresAt": expires_at,
        "revokedAt": revoked_at,
        "lastUsedAt": last_used_at,
        "previousSecretUntil": previous_secret_until,
    }
}

#[Object]
impl ApiKeyTotal {
    /// How many keys there are in all, counted up to 10,000: that number
    /// stands for as many or more. Counted only if selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        keys::count(ctx.services(), ctx.viewer().member()?).await
    }
}

/// A page of the member's keys.
pub(in crate::graphql) async fn list(
    services: &Arc<Services>,
    member: &Member,
    input: PageInput,
) -> Result<ApiKeyConnection> {
    let args = input.parse(&services.keys, keys::LIST)?;
    let page = keys::list(services, member, &args).await?;
    Ok(connection(services, keys::LIST, page, keys::position, ApiKey, ApiKeyTotal))
}

/// The member's key, for `node`.
pub(in crate::graphql) async fn find(ctx: &Context<'_>, id: i64) -> Result<Option<ApiKey>> {
    Ok(keys::find(ctx.services(), ctx.viewer().member()?, id).await?.map(ApiKey))
}

/// The row's key of a global id.
pub(super) fn key_id(id: &ID) -> Result<i64> {
    match id.parse() {
        Ok(GlobalId::ApiKey(id)) => Ok(id),
        _ => Err(Error::field("id", FieldProblem::InvalidId)),
    }
}

#[derive(Default)]
pub struct ApiKeyQuery;

#[Object]
impl ApiKeyQuery {
    /// An API key of the caller's, or null if there is none with this id.
    async fn api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id of the key.")] id: ID,
    ) -> Result<Option<ApiKey>> {
        find(ctx, key_id(&id)?).await
    }
}
