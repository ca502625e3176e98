//! Mutations that create, change, rotate and revoke keys.

use async_graphql::{Context, ID, InputObject, Object};

use crate::{
    domain::{
        keys::{self, ApiKeyChanges, NewApiKey, Rotation},
        sign_in::reauthenticate::Proof,
        viewer::Scope,
    },
    error::Result,
    graphql::{
        engine::context::ContextExt,
        schema::{
            account::session::ProofInput,
            constraint,
            keys::api_key::{ApiKey, ApiKeyDocuments, key_id},
            payload::payloads,
        },
    },
};

/// A key to make.
#[derive(InputObject)]
pub struct CreateApiKeyInput {
    /// What you call it.
    #[graphql(directive = constraint::Length::apply(keys::NAME))]
    name: String,
    /// What it may do.
    scopes: Vec<Scope>,
    /// Days until it is refused.
    #[graphql(default = 90, directive = constraint::Range::apply(keys::DAYS))]
    expires_in_days: Option<i32>,
    /// Which documents it may run.
    #[graphql(default_with = "ApiKeyDocuments::Any")]
    documents: ApiKeyDocuments,
    /// Networks such as `203.0.113.0/24`, or addresses, that may use it, at most 20; if there are
    /// none, it may be used from everywhere.
    #[graphql(default)]
    networks: Vec<String>,
    #[graphql(flatten)]
    proof: ProofInput,
}

/// What to change of a key; what is left out stays.
#[derive(InputObject)]
pub struct UpdateApiKeyInput {
    /// Global id of the key.
    id: ID,
    /// What you call it.
    #[graphql(directive = constraint::Length::apply(keys::NAME))]
    name: Option<String>,
    /// What it may do.
    scopes: Option<Vec<Scope>>,
    /// Networks such as `203.0.113.0/24`, or addresses, that may use it, at most 20; an empty list
    /// lets it be used from everywhere.
    networks: Option<Vec<String>>,
    #[graphql(flatten)]
    proof: ProofInput,
}

/// Names the key whose secret to replace.
#[derive(InputObject)]
pub struct RotateApiKeyInput {
    /// Global id of the key.
    id: ID,
    /// Hours for which the old secret is taken as well; 0: it stops at once.
    #[graphql(default = 24, directive = constraint::Range::apply(keys::OVERLAP_HOURS))]
    overlap_hours: Option<i32>,
    /// Days until the key is refused, from now on; as many as it was made for if left out.
    #[graphql(directive = constraint::Range::apply(keys::DAYS))]
    expires_in_days: Option<i32>,
    #[graphql(flatten)]
    proof: ProofInput,
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
    /// What `updateApiKey` returns.
    UpdateApiKeyPayload {
        /// The key as it is now.
        api_key: ApiKey,
    }
    /// What `rotateApiKey` returns.
    RotateApiKeyPayload {
        /// The key as it is now; what programs send as `X-API-Key` stays the same.
        api_key: ApiKey,
        /// What programs send as `X-API-Secret` from now on; shown this once and never again.
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
    /// Makes an API key; an account has at most five that work. Takes the password, or a code of the second
    /// factor, 15 minutes after signing in.
    async fn create_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key to make.")] input: CreateApiKeyInput,
    ) -> Result<CreateApiKeyPayload> {
        let (member, origin) = (ctx.viewer().member()?, ctx.origin());
        let (proof, new) = input.into_parts();
        let (key, secret) = keys::create(ctx.services(), &origin, member, &proof, new).await?;
        Ok(CreateApiKeyPayload { api_key: ApiKey(key), secret: secret.reveal().to_owned() })
    }

    /// Changes an API key; who may not use it any more is disconnected. Further scopes and networks take the
    /// password, or a code of the second factor, 15 minutes after signing in.
    async fn update_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key, and what is to change about it.")] input: UpdateApiKeyInput,
    ) -> Result<UpdateApiKeyPayload> {
        let (member, id) = (ctx.viewer().member()?, key_id(&input.id)?);
        let (services, origin, (proof, changes)) =
            (ctx.services(), ctx.origin(), input.into_parts());
        let key = keys::update(services, &origin, member, id, &proof, changes).await?;
        Ok(UpdateApiKeyPayload { api_key: ApiKey(key) })
    }

    /// Gives an API key a new secret and a new life; the old secret is taken for a while as well, so
    /// that programs can change one after the other. Takes the password, or a code of the second factor,
    /// 15 minutes after signing in.
    async fn rotate_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key, and how long its old secret still works.")]
        input: RotateApiKeyInput,
    ) -> Result<RotateApiKeyPayload> {
        let (member, id) = (ctx.viewer().member()?, key_id(&input.id)?);
        let (services, origin, (proof, how)) = (ctx.services(), ctx.origin(), input.into_parts());
        let (key, secret) = keys::rotate(services, &origin, member, id, &proof, how).await?;
        Ok(RotateApiKeyPayload { api_key: ApiKey(key), secret: secret.reveal().to_owned() })
    }

    /// Stops an API key at once, with all its secrets.
    async fn revoke_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key that is to stop.")] input: RevokeApiKeyInput,
    ) -> Result<RevokeApiKeyPayload> {
        let (member, id) = (ctx.viewer().member()?, key_id(&input.id)?);
        let key = keys::revoke(ctx.services(), &ctx.origin(), member, id).await?;
        Ok(RevokeApiKeyPayload { api_key: ApiKey(key) })
    }
}

impl CreateApiKeyInput {
    fn into_parts(self) -> (Proof, NewApiKey) {
        let new = NewApiKey {
            name: self.name,
            scopes: self.scopes,
            expires_in_days: self.expires_in_days.map(Into::into),
            trusted_documents_only: self.documents == ApiKeyDocuments::TrustedOnly,
            networks: self.networks,
        };
        (self.proof.into(), new)
    }
}

impl UpdateApiKeyInput {
    fn into_parts(self) -> (Proof, ApiKeyChanges) {
        let Self { name, scopes, networks, proof, .. } = self;
        (proof.into(), ApiKeyChanges { name, scopes, networks })
    }
}

impl RotateApiKeyInput {
    fn into_parts(self) -> (Proof, Rotation) {
        let rotation = Rotation {
            overlap_hours: self.overlap_hours.map(Into::into),
            expires_in_days: self.expires_in_days.map(Into::into),
        };
        (self.proof.into(), rotation)
    }
}
