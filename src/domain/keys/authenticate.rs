//! Authenticating API keys.

use std::{
    mem::{Discriminant, discriminant},
    net::IpAddr,
    sync::{Arc, LazyLock},
};

use chrono::TimeDelta;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Iterable, JoinType, QueryFilter, QuerySelect,
    QueryTrait,
    sea_query::{Expr, LockType},
};

use super::{ApiKey, State, machine, networks, previous_secret_until, scopes, state};
use crate::{
    auth::{ApiKeyId, ApiSecret, is_among},
    clock::Timestamp,
    domain::{
        Services,
        account::user::{Standing, User},
        change::Change,
        limits::credential,
        store::{
            row::{self, Row, row},
            shape::{Shape, Shapes},
        },
        to_millis,
        viewer::{Connected, Machine, Scope},
    },
    entity::{api_key, user},
    error::{Error, Result},
};

/// `last_used_at` is written at most this often.
const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Authenticates a key and secret used from this address; every failure looks the same.
pub async fn authenticate(
    services: &Services,
    public_id: &str,
    secret: &str,
    address: IpAddr,
) -> Result<Machine> {
    let (Some(public_id), Some(secret)) = (ApiKeyId::parse(public_id), ApiSecret::parse(secret))
    else {
        return Err(Error::InvalidApiKey);
    };
    let digest = secret.digest(&services.keys);
    let name = credential::Name::Key(digest.clone());
    let connected = Connected { secret_digest: digest, address };
    let look = verify(services, &public_id, connected);
    credential::look_up(services, address, name, look).await
}

/// A key and the standing of its owner, by its public id.
static LOOK_UP: Shape = Shape::new(|| {
    let keys = api_key::Entity::find().inner_join(user::Entity).columns(Standing::COLUMNS);
    keys.filter(api_key::Column::PublicId.eq("")).into_query()
});

async fn verify(
    services: &Services,
    public_id: &ApiKeyId,
    connected: Connected,
) -> Result<Machine> {
    let now = services.clock.now();
    let found = LOOK_UP.one(services.db.read(), [public_id.as_str().into()]).await?;
    let is_good = |(key, owner): &(ApiKey, Standing)| {
        let is_stopped = owner.suspended_at.or(owner.deleted_at).is_some();
        is_good(&connected, key, now) && !is_stopped && state(key, now) == State::Active
    };
    let (key, _) = found.filter(is_good).ok_or(Error::InvalidApiKey)?;
    touch(services, &key, now).await;
    Ok(machine(&key, Arc::new(connected)))
}

/// The owner of a key and the key, by the strength of their lock.
static HOLD: LazyLock<Shapes<Discriminant<LockType>>> = LazyLock::new(Shapes::default);

/// Locks the owner of a key, then the key, if it is still valid for this connection; returns the
/// owner and what the key may do.
pub(in crate::domain) async fn hold(
    change: &Change<'_>,
    (user_id, key_id, connected): (i64, i64, &Connected),
    lock: LockType,
) -> Result<(User, Vec<Scope>)> {
    let now = change.now();
    let (backend, ids) = (change.get_database_backend(), vec![user_id.into(), key_id.into()]);
    let statement = HOLD.statement(backend, discriminant(&lock), ids, || {
        let of_owner = user::Entity::belongs_to(api_key::Entity)
            .from(user::Column::Id)
            .to(api_key::Column::UserId)
            .into();
        let owners = user::Entity::find_by_id(user_id).join(JoinType::InnerJoin, of_owner);
        let with_key = owners.filter(api_key::Column::Id.eq(key_id)).lock(lock);
        with_key.columns(api_key::Column::iter()).into_query()
    });
    let found: Option<(User, ApiKey)> = row::read_one(change, statement, Row::read).await?;
    let (owner, key) = found.ok_or(Error::InvalidApiKey)?;
    let stopped = owner.suspended_at.or(owner.deleted_at);
    if stopped.is_some() || state(&key, now) != State::Active || !is_good(connected, &key, now) {
        return Err(Error::InvalidApiKey);
    }
    Ok((owner, scopes(&key)))
}

/// Whether an active key still accepts the secret and the address of this connection.
#[must_use]
pub fn is_good(connected: &Connected, key: &ApiKey, now: Timestamp) -> bool {
    is_among(&connected.secret_digest, taken(key, now))
        && networks::admit(key.networks.as_deref(), connected.address)
}

/// The digests of the secrets that a key takes at a moment; the empty text is nobody's.
fn taken(key: &ApiKey, now: Timestamp) -> [&str; 2] {
    let previous = key.previous_secret_digest.as_deref();
    let previous = previous.filter(|_| previous_secret_until(key, now).is_some());
    [&key.secret_digest, previous.unwrap_or_default()]
}

row! {
    ApiKey {
        id, user_id, name, public_id, secret_digest, scopes, trusted_documents_only, networks, life_days,
        previous_secret_digest, previous_secret_until, warned_days, created_at, expires_at, revoked_at,
        last_used_at,
    }
}

/// Records the use of a key; a failure does not affect the caller.
async fn touch(services: &Services, key: &ApiKey, now: Timestamp) {
    if key.last_used_at.is_some_and(|last| last.0 + TOUCH_EVERY > now) {
        return;
    }
    let note = api_key::Entity::update_many()
        .col_expr(api_key::Column::LastUsedAt, Expr::val(to_millis(now)))
        .filter(api_key::Column::Id.eq(key.id));
    if let Err(error) = note.exec(services.db.write()).await {
        tracing::warn!(api_key_id = key.id, %error, "could not record the last use of an API key");
    }
}
