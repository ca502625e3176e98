//! Authenticating API keys.

use std::{net::IpAddr, sync::Arc};

use chrono::TimeDelta;
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait,
    prelude::ChronoUnixTimestampMillis,
    sea_query::{Expr, LockType},
};

use super::{ApiKey, State, named, networks, scopes, state};
use crate::{
    auth::{ApiKeyId, ApiSecret},
    clock::Timestamp,
    domain::{
        Services,
        account::user::User,
        change::Change,
        limits::credential,
        store::row::{self, Cells, Row},
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
    let name = credential::Name::Key(secret.digest(&services.keys));
    let look = verify(services, &public_id, &secret, address);
    credential::look_up(services, address, name, look).await
}

async fn verify(
    services: &Services,
    public_id: &ApiKeyId,
    secret: &ApiSecret,
    address: IpAddr,
) -> Result<Machine> {
    let now = services.clock.now();
    let select = api_key::Entity::find()
        .inner_join(user::Entity)
        .filter(api_key::Column::PublicId.eq(public_id.as_str()))
        .select_only()
        .columns(Presented::COLUMNS)
        .columns(Presented::COLUMNS_OF_OWNER)
        .into_query();
    let found: Option<Presented> = row::one(services.db.read(), &select).await?;
    let digests = found.as_ref().map_or([""; 2], |key| key.secrets.at(now));
    let matches = secret.matches(&services.keys, digests);
    let is_good = |key: &Presented| {
        matches && key.is_active(now) && networks::admit(key.networks.as_deref(), address)
    };
    let key = found.filter(is_good).ok_or(Error::InvalidApiKey)?;
    touch(services, &key, now).await;
    Ok(Machine {
        key_id: key.id,
        user_id: key.user_id,
        scopes: named(&key.scopes),
        trusted_documents_only: key.trusted_documents_only,
        expires_at: key.expires_at,
        connected: Arc::new(Connected { secret_digest: secret.digest(&services.keys), address }),
    })
}

/// Locks the owner of a key, then the key, if it is still valid for this connection; returns the
/// owner and what the key may do.
pub(in crate::domain) async fn hold(
    change: &Change<'_>,
    (user_id, key_id, connected): (i64, i64, &Connected),
    lock: LockType,
) -> Result<(User, Vec<Scope>)> {
    let now = change.now();
    let of_owner = user::Entity::belongs_to(api_key::Entity)
        .from(user::Column::Id)
        .to(api_key::Column::UserId)
        .into();
    let found = user::Entity::find_by_id(user_id)
        .join(JoinType::InnerJoin, of_owner)
        .filter(api_key::Column::Id.eq(key_id))
        .lock(lock)
        .select_also(api_key::Entity)
        .one(change)
        .await?;
    let Some((owner, Some(key))) = found else { return Err(Error::InvalidApiKey) };
    let stopped = owner.suspended_at.or(owner.deleted_at);
    if stopped.is_some() || state(&key, now) != State::Active || !is_good(connected, &key, now) {
        return Err(Error::InvalidApiKey);
    }
    Ok((owner, scopes(&key)))
}

/// Whether an active key still accepts the secret and the address of this connection.
#[must_use]
pub fn is_good(connected: &Connected, key: &ApiKey, now: Timestamp) -> bool {
    let until = key.previous_secret_until.map(|until| until.0);
    let secrets = Secrets {
        current: key.secret_digest.clone(),
        previous: key.previous_secret_digest.clone().zip(until),
    };
    secrets.at(now).contains(&connected.secret_digest.as_str())
        && networks::admit(key.networks.as_deref(), connected.address)
}

/// The digests of a key's secrets.
struct Secrets {
    current: String,
    /// The one before the last rotation, and until when it is accepted.
    previous: Option<(String, Timestamp)>,
}

impl Secrets {
    /// The digests accepted at a moment; the empty text matches no secret.
    fn at(&self, now: Timestamp) -> [&str; 2] {
        let previous = self.previous.as_ref().filter(|(_, until)| *until > now);
        [&self.current, previous.map_or("", |(digest, _)| digest)]
    }
}

/// The columns of a presented key.
struct Presented {
    id: i64,
    user_id: i64,
    scopes: String,
    trusted_documents_only: bool,
    networks: Option<String>,
    secrets: Secrets,
    expires_at: Timestamp,
    revoked_at: Option<Timestamp>,
    last_used_at: Option<Timestamp>,
    owner_suspended_at: Option<Timestamp>,
    owner_deleted_at: Option<Timestamp>,
}

impl Presented {
    const COLUMNS: [api_key::Column; 11] = [
        api_key::Column::Id,
        api_key::Column::UserId,
        api_key::Column::Scopes,
        api_key::Column::TrustedDocumentsOnly,
        api_key::Column::Networks,
        api_key::Column::SecretDigest,
        api_key::Column::PreviousSecretDigest,
        api_key::Column::PreviousSecretUntil,
        api_key::Column::ExpiresAt,
        api_key::Column::RevokedAt,
        api_key::Column::LastUsedAt,
    ];
    const COLUMNS_OF_OWNER: [user::Column; 2] =
        [user::Column::SuspendedAt, user::Column::DeletedAt];

    fn is_active(&self, now: Timestamp) -> bool {
        let stopped = self.revoked_at.or(self.owner_suspended_at).or(self.owner_deleted_at);
        stopped.is_none() && self.expires_at > now
    }
}

impl Row for Presented {
    fn read(cells: &mut Cells<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            id: cells.next()?,
            user_id: cells.next()?,
            scopes: cells.next()?,
            trusted_documents_only: cells.next()?,
            networks: cells.next()?,
            secrets: Secrets::read(cells)?,
            expires_at: cells.next::<ChronoUnixTimestampMillis>()?.0,
            revoked_at: cells.time()?,
            last_used_at: cells.time()?,
            owner_suspended_at: cells.time()?,
            owner_deleted_at: cells.time()?,
        })
    }
}

impl Row for Secrets {
    fn read(cells: &mut Cells<'_>) -> Result<Self, DbErr> {
        let current = cells.next()?;
        let (previous, until) = (cells.next::<Option<String>>()?, cells.time()?);
        Ok(Self { current, previous: previous.zip(until) })
    }
}

/// Records the use of a key; a failure does not affect the caller.
async fn touch(services: &Services, key: &Presented, now: Timestamp) {
    if key.last_used_at.is_some_and(|last| last + TOUCH_EVERY > now) {
        return;
    }
    let note = api_key::Entity::update_many()
        .col_expr(api_key::Column::LastUsedAt, Expr::val(to_millis(now)))
        .filter(api_key::Column::Id.eq(key.id));
    if let Err(error) = note.exec(services.db.write()).await {
        tracing::warn!(api_key_id = key.id, %error, "could not record the last use of an API key");
    }
}
