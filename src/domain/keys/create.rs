//! Creating keys.

use chrono::TimeDelta;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
};

use super::{ApiKey, audit_detail, networks, scope_names, warning};
use crate::{
    auth::{ApiKeyId, ApiSecret},
    domain::{
        Services,
        account::user::{self, User},
        change::Change,
        origin::Origin,
        parse::{Length, Range, line, number},
        sign_in::reauthenticate::{self, Proof},
        to_millis,
        viewer::{Member, Scope},
    },
    entity::api_key,
    entity::audit_event::Kind,
    error::{Conflict, Error, FieldErrors, FieldProblem, Noun, Result},
    mail::NoticeKind,
};

pub const NAME: Length = 1..=50;
pub const DAYS_DEFAULT: i64 = 90;
pub const DAYS: Range = 1..=365;
pub const MAX_ACTIVE: usize = 5;

/// A key as requested.
#[derive(Debug, Clone, Default)]
pub struct NewApiKey {
    pub name: String,
    pub scopes: Vec<Scope>,
    pub expires_in_days: Option<i64>,
    /// Whether only documents of the manifest may run.
    pub trusted_documents_only: bool,
    /// Networks or addresses that may use it; empty means all.
    pub networks: Vec<String>,
}

/// Creates a key; only this answer contains the secret. Since the key outlives the session, it
/// requires a fresh proof.
pub async fn create(
    services: &Services,
    origin: &Origin,
    member: &Member,
    proof: &Proof,
    new: NewApiKey,
) -> Result<(ApiKey, ApiSecret)> {
    let parsed = new.parse()?;
    reauthenticate::prove(services, member, origin, proof).await?;
    let (change, owner) = Change::of_account(services, member, origin).await?;
    insert(change, owner, parsed).await
}

/// Creates a key for the operator.
pub async fn create_for(
    services: &Services,
    origin: &Origin,
    user_id: i64,
    new: NewApiKey,
) -> Result<(ApiKey, ApiSecret)> {
    let parsed = new.parse()?;
    let change = Change::of_the_gateway(services, origin).await?;
    let owner = user::lock(&change, user_id).await?.ok_or(Error::NotFound(Noun::User))?;
    insert(change, owner, parsed).await
}

/// The account is locked, so that concurrent calls cannot exceed the number of keys.
async fn insert(change: Change<'_>, owner: User, new: Parsed) -> Result<(ApiKey, ApiSecret)> {
    let (services, now, user_id) = (change.services, change.now(), owner.id);
    let Parsed { name, scopes, life_days, trusted_documents_only, networks } = new;
    let (public_id, secret) =
        (ApiKeyId::generate(&services.random), ApiSecret::generate(&services.random));
    let active = api_key::Entity::find()
        .filter(api_key::Column::UserId.eq(user_id))
        .filter(api_key::Column::RevokedAt.is_null())
        .filter(api_key::Column::ExpiresAt.gt(to_millis(now)))
        .count(&change)
        .await?;
    if active >= MAX_ACTIVE as u64 {
        return Err(Error::Conflict(Conflict::TooManyApiKeys { max: MAX_ACTIVE }));
    }
    let key = api_key::ActiveModel {
        user_id: Set(user_id),
        name: Set(name),
        public_id: Set(public_id.as_str().to_owned()),
        secret_digest: Set(secret.digest(&services.keys)),
        scopes: Set(scopes),
        trusted_documents_only: Set(trusted_documents_only),
        networks: Set(networks),
        life_days: Set(Some(life_days)),
        warned_days: Set(warning::known(life_days)),
        created_at: Set(to_millis(now)),
        expires_at: Set(to_millis(now + TimeDelta::days(life_days))),
        ..Default::default()
    }
    .insert(&change)
    .await?;
    change.record(Kind::ApiKeyCreated, Some(user_id), Some(audit_detail(&key))).await?;
    change.notify(&owner, NoticeKind::ApiKeyCreated { key: key.name.clone() }).await?;
    change.commit().await?;
    Ok((key, secret))
}

/// The request in stored form.
struct Parsed {
    name: String,
    scopes: String,
    life_days: i64,
    trusted_documents_only: bool,
    networks: Option<String>,
}

impl NewApiKey {
    fn parse(&self) -> Result<Parsed> {
        let mut errors = FieldErrors::default();
        let name = errors.check("name", line(&self.name, NAME));
        let days = self.expires_in_days.unwrap_or(DAYS_DEFAULT);
        let life_days = errors.check("expiresInDays", number(days, DAYS));
        let scopes = errors.check("scopes", parse_scopes(&self.scopes));
        let networks = networks::parse(&self.networks, &mut errors);
        match (name, scopes, life_days) {
            (Some(name), Some(scopes), Some(life_days)) if errors.is_empty() => {
                let trusted_documents_only = self.trusted_documents_only;
                Ok(Parsed { name, scopes, life_days, trusted_documents_only, networks })
            }
            _ => Err(errors.into()),
        }
    }
}

/// At least one scope, in stored form.
pub(super) fn parse_scopes(scopes: &[Scope]) -> Result<String, FieldProblem> {
    if scopes.is_empty() { Err(FieldProblem::Required) } else { Ok(scope_names(scopes)) }
}
