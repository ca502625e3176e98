//! Changing and stopping keys.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set, Unchanged},
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

use super::{ApiKey, NAME_MAX, audit_detail, create::parse_scopes, find, named, networks};
use crate::{
    cluster::Topic,
    domain::{
        Services,
        audit::{self, Origin},
        change::{Change, OWN},
        database::Transaction,
        input::line,
        outbox,
        session::{self, Proof},
        stored,
        user::User,
        viewer::{Member, Scope},
    },
    entity::{api_key, user},
    error::{Error, FieldErrors, Noun, Result},
    mail::Occasion,
};

/// What is to change of a key; what is unset stays.
#[derive(Debug, Clone, Default)]
pub struct ApiKeyChanges {
    pub name: Option<String>,
    pub scopes: Option<Vec<Scope>>,
    /// Everybody may use it if there are none.
    pub networks: Option<Vec<String>>,
}

/// Changes a key; who may not use it any more is disconnected. To let it do more, or be used from more
/// places, takes a fresh proof.
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
        session::prove(services, member, origin, proof).await?;
    }
    let tx = Change::begin(services, member).await?;
    let before = locked(&tx, member, id).await?;
    // It was narrowed meanwhile.
    if !is_proven && widens(&changes, &before) {
        return Err(session::missing());
    }
    let key = api_key::ActiveModel { id: Unchanged(before.id), ..changes }.update(&tx).await?;
    if key != before {
        let (kind, detail) = (audit::Kind::ApiKeyChanged, audit_detail(&key));
        audit::record(services, &tx, origin, kind, Some(key.user_id), Some(detail)).await?;
    }
    tx.commit().await?;
    services.cluster.publish(Topic::AccessRevoked(key.user_id));
    Ok(key)
}

/// Stops a key at once, with all its secrets.
pub async fn revoke(
    services: &Services,
    origin: &Origin,
    member: &Member,
    id: i64,
) -> Result<ApiKey> {
    let tx = Change::begin(services, member).await?;
    let key = locked(&tx, member, id).await?;
    if key.revoked_at.is_some() {
        return Ok(key);
    }
    let key = stop(services, &tx, origin, key).await?;
    tx.commit().await?;
    services.cluster.publish(Topic::Outbox);
    services.cluster.publish(Topic::AccessRevoked(key.user_id));
    Ok(key)
}

/// Stops all keys of the member that work.
pub(in crate::domain) async fn revoke_all(
    services: &Services,
    tx: &Change,
    origin: &Origin,
    member: &Member,
) -> Result<()> {
    let active = api_key::Entity::find()
        .filter(api_key::Column::UserId.eq(member.user_id))
        .filter(api_key::Column::RevokedAt.is_null())
        .filter(api_key::Column::ExpiresAt.gt(stored(services.clock.now())));
    for key in active.lock(OWN).all(tx).await? {
        stop(services, tx, origin, key).await?;
    }
    Ok(())
}

async fn stop(
    services: &Services,
    tx: &Transaction,
    origin: &Origin,
    key: ApiKey,
) -> Result<ApiKey> {
    let mut model = key.into_active_model();
    model.revoked_at = Set(Some(stored(services.clock.now())));
    model.previous_secret_digest = Set(None);
    model.previous_secret_until = Set(None);
    let key = model.update(tx).await?;
    let occasion = Occasion::ApiKeyRevoked { key: key.name.clone() };
    tell(services, tx, origin, (audit::Kind::ApiKeyRevoked, occasion), &key).await?;
    Ok(key)
}

/// Whether a key could do more with the changes, or be used from more places.
fn widens(changes: &api_key::ActiveModel, key: &ApiKey) -> bool {
    let may = named(&key.scopes);
    let adds = |scopes: &String| named(scopes).iter().any(|scope| !may.contains(scope));
    let opens = |to: &Option<String>| !networks::cover(key.networks.as_deref(), to.as_deref());
    changes.scopes.try_as_ref().is_some_and(adds)
        || changes.networks.try_as_ref().is_some_and(opens)
}

/// The member's key, until the transaction ends nobody else's to change.
pub(super) async fn locked(tx: &Change, member: &Member, id: i64) -> Result<ApiKey> {
    let select = api_key::Entity::find_by_id(id).filter(api_key::Column::UserId.eq(member.user_id));
    select.lock(OWN).one(tx).await?.ok_or(Error::NotFound(Noun::ApiKey))
}

/// Notes in the audit log what is done to a key, and promises to tell its owner.
pub(super) async fn tell(
    services: &Services,
    tx: &Transaction,
    origin: &Origin,
    (kind, occasion): (audit::Kind, Occasion),
    key: &ApiKey,
) -> Result<()> {
    audit::record(services, tx, origin, kind, Some(key.user_id), Some(audit_detail(key))).await?;
    let owner: Option<User> = user::Entity::find_by_id(key.user_id).one(tx).await?;
    let owner = owner.ok_or(Error::NotFound(Noun::User))?;
    outbox::notify(services, tx, &owner, occasion, origin).await
}

impl ApiKeyChanges {
    /// The columns that change.
    fn parse(&self) -> Result<api_key::ActiveModel> {
        let mut errors = FieldErrors::default();
        let name = self.name.as_ref().map(|name| line(name, 1, NAME_MAX));
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
