//! API keys, with which programs act for a person.

mod authenticate;
mod change;
mod create;
mod kept;
mod networks;
mod recent;
mod request;
mod rotate;
mod usage;
mod warning;

use std::sync::Arc;

use async_graphql::Enum;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

pub(super) use self::{
    authenticate::hold,
    change::{revoke_all, revoke_silently},
    kept::forget as forget_requests,
};
pub use self::{
    authenticate::{authenticate, is_good},
    change::{ApiKeyChanges, revoke, update},
    create::{DAYS, DAYS_DEFAULT, MAX_ACTIVE, NAME, NewApiKey, create, create_for},
    networks::NETWORKS_MAX,
    recent::{Recent, note, recent, save_requests},
    request::{Ending, Request},
    rotate::{OVERLAP_HOURS, OVERLAP_HOURS_DEFAULT, Rotation, rotate},
    usage::{Count, Usage, Uses, save_usage, usages},
    warning::warn,
};
pub use crate::entity::api_key::Model as ApiKey;
use crate::{
    clock::Timestamp,
    domain::{
        Services,
        store::page::{self, Page, PageArgs, Position},
        to_millis,
        viewer::{Connected, Machine, Member, Scope},
    },
    entity::{api_key, user},
    error::Result,
    id::GlobalId,
};

/// Name of the list that its cursors are bound to.
pub const LIST: &str = "api-keys:newest";

/// Whether a key works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "ApiKeyState")]
pub enum State {
    /// It works.
    Active,
    /// Its time is over.
    Expired,
    /// It was stopped.
    Revoked,
}

/// One page of the member's keys, newest first.
pub async fn list(services: &Services, member: &Member, args: &PageArgs) -> Result<Page<ApiKey>> {
    let select = api_key::Entity::find().filter(api_key::Column::UserId.eq(member.user_id));
    let place = (api_key::Column::CreatedAt, api_key::Column::Id);
    page::newest(services, select, place, args).await
}

/// The number of the member's keys.
pub async fn count(services: &Services, member: &Member) -> Result<i64> {
    let select = api_key::Entity::find().filter(api_key::Column::UserId.eq(member.user_id));
    page::count(services, select).await
}

/// The member's key.
pub async fn find(services: &Services, member: &Member, id: i64) -> Result<Option<ApiKey>> {
    let select = api_key::Entity::find_by_id(id).filter(api_key::Column::UserId.eq(member.user_id));
    Ok(select.one(services.db.read()).await?)
}

/// Those keys that are active and belong to accounts in good standing.
pub(super) async fn active(services: &Services, ids: &[i64]) -> Result<Vec<ApiKey>> {
    let rows = api_key::Entity::find()
        .inner_join(user::Entity)
        .filter(api_key::Column::Id.is_in(ids.iter().copied()))
        .filter(api_key::Column::RevokedAt.is_null())
        .filter(api_key::Column::ExpiresAt.gt(to_millis(services.clock.now())))
        .filter(user::Column::SuspendedAt.is_null())
        .filter(user::Column::DeletedAt.is_null())
        .all(services.db.read())
        .await?;
    Ok(rows)
}

/// The viewer of an active key.
pub(super) fn machine(key: &ApiKey, connected: Arc<Connected>) -> Machine {
    Machine {
        key_id: key.id,
        user_id: key.user_id,
        scopes: scopes(key),
        trusted_documents_only: key.trusted_documents_only,
        expires_at: key.expires_at.0,
        connected,
    }
}

/// The position of a key in its list.
#[must_use]
pub fn position(key: &ApiKey) -> Position {
    Position { key: key.created_at.0.timestamp_millis(), id: key.id }
}

/// The state of the key at a moment.
#[must_use]
pub fn state(key: &ApiKey, now: Timestamp) -> State {
    match key.revoked_at {
        Some(_) => State::Revoked,
        None if key.expires_at.0 <= now => State::Expired,
        None => State::Active,
    }
}

/// Until when the secret before the last rotation is accepted, if it still is.
#[must_use]
pub fn previous_secret_until(key: &ApiKey, now: Timestamp) -> Option<Timestamp> {
    key.previous_secret_until.map(|until| until.0).filter(|until| *until > now)
}

/// The scopes of the key.
#[must_use]
pub fn scopes(key: &ApiKey) -> Vec<Scope> {
    named(&key.scopes)
}

/// The networks that may use the key; empty means all.
#[must_use]
pub fn networks(key: &ApiKey) -> Vec<&str> {
    key.networks.as_deref().map(|networks| networks.split(' ').collect()).unwrap_or_default()
}

fn named(scopes: &str) -> Vec<Scope> {
    scopes.split(' ').filter_map(Scope::named).collect()
}

/// Scopes in stored form, without duplicates.
fn scope_names(scopes: &[Scope]) -> String {
    let given = Scope::ALL.iter().filter(|scope| scopes.contains(scope));
    given.map(|scope| scope.name()).collect::<Vec<_>>().join(" ")
}

/// The facts about a key in the audit log, which stay for ever: nothing personal.
fn audit_detail(key: &ApiKey) -> Value {
    json!({
        "apiKey": GlobalId::ApiKey(key.id).to_string(),
        "scopes": scopes(key).into_iter().map(Scope::name).collect::<Vec<_>>(),
        "isBoundToNetworks": key.networks.is_some(),
        "expiresAt": key.expires_at.0,
        "previousSecretUntil": key.previous_secret_until.map(|until| until.0),
    })
}
