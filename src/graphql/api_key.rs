//! API keys in the schema.

use std::sync::Arc;

use async_graphql::{Context, Description, Enum, ID, InputObject, Object};

use super::{
    context::ContextExt,
    page::{Connected, connection},
    payload::payloads,
    scalars::{DateTime, constraint},
};
use crate::{
    domain::{
        Services,
        api_key::{self, NewApiKey},
        page::PageInput,
        viewer::{Member, Scope},
    },
    error::{Error, FieldProblem, Result},
    id::GlobalId,
};

/// A key that lets a program act for its owner.
#[derive(Description)]
pub struct ApiKey(api_key::ApiKey);

/// A page of API keys.
pub(super) type ApiKeyConnection = Connected<ApiKey, ApiKeyTotal>;

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Scope")]
pub enum ApiKeyScope {
    /// See the jobs that its owner sees.
    JobsRead,
    /// Post, change and apply to jobs as its owner.
    JobsWrite,
}

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
    pub(super) async fn id(&self) -> ID {
        GlobalId::ApiKey(self.0.id).to_string().into()
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
    async fn scopes(&self) -> Vec<ApiKeyScope> {
        api_key::scopes(&self.0).into_iter().map(Into::into).collect()
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
}

/// What a connection of API keys knows besides its page.
pub struct ApiKeyTotal;

#[Object]
impl ApiKeyTotal {
    /// How many keys there are in all; counted only if selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        let count = api_key::count(ctx.services(), ctx.viewer().member()?).await?;
        i64::try_from(count).map_err(Error::internal)
    }
}

/// A page of the member's keys as a connection.
pub(super) async fn list(
    services: &Arc<Services>,
    member: &Member,
    input: PageInput,
) -> Result<ApiKeyConnection> {
    let args = input.parse(&services.keys, api_key::LIST)?;
    let page = api_key::list(services, member, &args).await?;
    Ok(connection(services, api_key::LIST, page, api_key::position, ApiKey, ApiKeyTotal))
}

/// A key to make.
#[derive(InputObject)]
pub struct CreateApiKeyInput {
    /// What you call it.
    #[graphql(directive = constraint::apply(Some(1), Some(50), None, None, None))]
    name: String,
    /// What it may do.
    scopes: Vec<ApiKeyScope>,
    /// Days until it is refused.
    #[graphql(default = 90, directive = constraint::apply(None, None, Some(1), Some(365), None))]
    expires_in_days: Option<i32>,
    /// Which documents it may run.
    #[graphql(default_with = "ApiKeyDocuments::Any")]
    documents: ApiKeyDocuments,
}

/// Names the key to stop.
#[derive(InputObject)]
pub struct RevokeApiKeyInput {
    /// Global id of the key.
    id: ID,
}

payloads! {
    /// What `createApiKey` returns.
    CreateApiKeyPayload {
        /// The new key.
        api_key: ApiKey,
        /// What programs send as `X-API-Secret`; shown this once and never again.
        secret: String,
    }
    /// What `revokeApiKey` returns.
    RevokeApiKeyPayload {
        /// The key, stopped.
        api_key: ApiKey,
    }
}

#[derive(Default)]
pub struct ApiKeyMutation;

#[Object]
impl ApiKeyMutation {
    /// Makes an API key; an account has at most five that work.
    async fn create_api_key(
        &self,
        ctx: &Context<'_>,
        input: CreateApiKeyInput,
    ) -> Result<CreateApiKeyPayload> {
        let new = NewApiKey {
            name: input.name,
            scopes: input.scopes.into_iter().map(Into::into).collect(),
            expires_in_days: input.expires_in_days.map(Into::into),
            trusted_documents_only: input.documents == ApiKeyDocuments::TrustedOnly,
        };
        let (key, secret) = api_key::create(ctx.services(), ctx.viewer().member()?, new).await?;
        Ok(CreateApiKeyPayload { api_key: ApiKey(key), secret: secret.reveal().to_owned() })
    }

    /// Stops an API key at once.
    async fn revoke_api_key(
        &self,
        ctx: &Context<'_>,
        input: RevokeApiKeyInput,
    ) -> Result<RevokeApiKeyPayload> {
        let Ok(GlobalId::ApiKey(id)) = input.id.parse() else {
            return Err(Error::field("id", FieldProblem::InvalidId));
        };
        let key = api_key::revoke(ctx.services(), ctx.viewer().member()?, id).await?;
        Ok(RevokeApiKeyPayload { api_key: ApiKey(key) })
    }
}

/// The member's key, for `node`.
pub(super) async fn find(ctx: &Context<'_>, id: i64) -> Result<Option<ApiKey>> {
    Ok(api_key::find(ctx.services(), ctx.viewer().member()?, id).await?.map(ApiKey))
}
