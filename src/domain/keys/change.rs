//! Changing and revoking keys.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set, Unchanged},
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    sea_query::Expr,
};

use super::{ApiKey, NAME, audit_detail, create::parse_scopes, find, named, networks};
use crate::{
    cluster::Topic,
    domain::{
        Services,
        change::{Change, OWN},
        origin::Origin,
        parse::line,
        sign_in::reauthenticate::{self, Proof},
        to_millis,
        viewer::{Member, Scope},
    },
    entity::{api_key, audit_event::Kind, user},
    error::{Error, FieldErrors, Noun, Result},
    mail::NoticeKind,
};

/// Changes of a key; None keeps a value.
#[derive(Debug, Clone, Default)]
pub struct ApiKeyChanges {
    pub name: Option<String>,
    pub scopes: Option<Vec<Scope>>,
    /// Empty means all networks.
    pub networks: Option<Vec<String>>,
}

/// Changes a key and disconnects clients that may no longer use it. Adding scopes or networks
/// requires a fresh proof.
pub async fn update(
    services: &Services,
    origin: &Origin,
    member: &Member,
    id: i64,
    proof: &Proof,
    changes: ApiKeyChanges,
) -> Result<ApiKey> {
    let changes = changes.parse()?;
    let seen = find(services, member, id).await?.ok_or(Error::NotFound(Noun::ApiKey))?;
    let is_proven = widens(&changes, &seen);
    if is_proven {
        reauthenticate::prove(services, member, origin, proof).await?;
    }
    let change = Change::begin(services, member, origin).await?;
    let before = locked(&change, member, id).await?;
    // The key was narrowed concurrently.
    if !is_proven && widens(&changes, &before) {
        return Err(reauthenticate::missing());
    }
    let key = api_key::ActiveModel { id: Unchanged(before.id), ..changes }.update(&change).await?;
    if key != before {
        change.record(Kind::ApiKeyChanged, Some(key.user_id), Some(audit_detail(&key))).await?;
        change.wake(Topic::AccessRevoked(key.user_id));
    }
    change.commit().await?;
    Ok(key)
}

/// Revokes a key immediately, with all its secrets.
pub async fn revoke(
    services: &Services,
    origin: &Origin,
    member: &Member,
    id: i64,
) -> Result<ApiKey> {
    let change = Change::begin(services, member, origin).await?;
    let key = locked(&change, member, id).await?;
    if key.revoked_at.is_some() {
        return Ok(key);
    }
    let key = stop(&change, key).await?;
    change.commit().await?;
    Ok(key)
}

/// Revokes all working keys of the member, with a notice for each.
pub(in crate::domain) async fn revoke_all(change: &Change<'_>, member: &Member) -> Result<()> {
    let active = api_key::Entity::find()
        .filter(api_key::Column::UserId.eq(member.user_id))
        .filter(api_key::Column::RevokedAt.is_null())
        .filter(api_key::Column::ExpiresAt.gt(to_millis(change.now())));
    for key in active.lock(OWN).all(change).await? {
        stop(change, key).await?;
    }
    Ok(())
}

/// Revokes all keys of an account that is being erased.
pub(in crate::domain) async fn revoke_silently(change: &Change<'_>, user_id: i64) -> Result<()> {
    api_key::Entity::update_many()
        .col_expr(api_key::Column::RevokedAt, Expr::val(to_millis(change.now())))
        .filter(api_key::Column::UserId.eq(user_id))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(change)
        .await?;
    change.wake(Topic::AccessRevoked(user_id));
    Ok(())
}

async fn stop(change: &Change<'_>, key: ApiKey) -> Result<ApiKey> {
    let mut model = key.into_active_model();
    model.revoked_at = Set(Some(to_millis(change.now())));
    model.previous_secret_digest = Set(None);
    model.previous_secret_until = Set(None);
    let key = model.update(change).await?;
    change.wake(Topic::AccessRevoked(key.user_id));
    let occasion = NoticeKind::ApiKeyRevoked { key: key.name.clone() };
    record_and_notify(change, (Kind::ApiKeyRevoked, occasion), &key).await?;
    Ok(key)
}

/// Whether the changes add scopes or networks.
fn widens(changes: &api_key::ActiveModel, key: &ApiKey) -> bool {
    let may = named(&key.scopes);
    let adds = |scopes: &String| named(scopes).iter().any(|scope| !may.contains(scope));
    let opens = |to: &Option<String>| !networks::cover(key.networks.as_deref(), to.as_deref());
    changes.scopes.try_as_ref().is_some_and(adds)
        || changes.networks.try_as_ref().is_some_and(opens)
}

/// The member's key, locked until the transaction ends.
pub(super) async fn locked(change: &Change<'_>, member: &Member, id: i64) -> Result<ApiKey> {
    let select = api_key::Entity::find_by_id(id).filter(api_key::Column::UserId.eq(member.user_id));
    select.lock(OWN).one(change).await?.ok_or(Error::NotFound(Noun::ApiKey))
}

/// Records a change of a key in the audit log, and queues a notice to its owner.
pub(super) async fn record_and_notify(
    change: &Change<'_>,
    (kind, occasion): (Kind, NoticeKind),
    key: &ApiKey,
) -> Result<()> {
    change.record(kind, Some(key.user_id), Some(audit_detail(key))).await?;
    let owner = user::Entity::find_by_id(key.user_id).one(change).await?;
    change.notify(&owner.ok_or(Error::NotFound(Noun::User))?, occasion).await
}

impl ApiKeyChanges {
    /// The columns to update.
    fn parse(&self) -> Result<api_key::ActiveModel> {
        let mut errors = FieldErrors::default();
        let name = self.name.as_ref().map(|name| line(name, NAME));
        let scopes = self.scopes.as_deref().map(parse_scopes);
        let columns = api_key::ActiveModel {
            name: name.and_then(|name| errors.check("name", name)).map_or(NotSet, Set),
            scopes: scopes.and_then(|it| errors.check("scopes", it)).map_or(NotSet, Set),
            networks: self
                .networks
                .as_ref()
                .map_or(NotSet, |given| Set(networks::parse(given, &mut errors))),
            ..Default::default()
        };
        if errors.is_empty() { Ok(columns) } else { Err(errors.into()) }
    }
}
