//! API keys: how programs act for a person.

use chrono::TimeDelta;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, Order,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr,
};

pub use crate::entity::api_key::Model as ApiKey;
use crate::{
    auth::{ApiKeyId, ApiSecret},
    clock::Timestamp,
    cluster::Topic,
    domain::{
        Services,
        input::{line, number},
        page::{Page, PageArgs, Position},
        row::{self, Cells, Row},
        stored,
        viewer::{Machine, Member, Scope},
    },
    entity::{api_key, user},
    error::{Conflict, Error, FieldErrors, Noun, Result},
};

pub const NAME_MAX: usize = 50;
pub const DAYS_DEFAULT: i64 = 90;
pub const DAYS_MAX: i64 = 365;
pub const MAX_ACTIVE: usize = 5;
/// The list that cursors of keys belong to.
pub const LIST: &str = "api-keys:newest";
/// `last_used_at` is written at most this often.
const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(1);

/// A key as asked for.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    pub name: String,
    pub scopes: Vec<Scope>,
    pub expires_in_days: Option<i64>,
    /// Refuse documents that are not of the manifest.
    pub trusted_documents_only: bool,
}

/// Creates a key; the secret is known to nobody afterwards.
pub async fn create(
    services: &Services,
    member: &Member,
    new: NewApiKey,
) -> Result<(ApiKey, ApiSecret)> {
    create_for(services, member.user_id, new).await
}

/// Creates a key for an account, at its owner's or the operator's command.
pub async fn create_for(
    services: &Services,
    user_id: i64,
    new: NewApiKey,
) -> Result<(ApiKey, ApiSecret)> {
    let now = services.clock.now();
    let (name, days) = new.parse()?;
    let (public_id, secret) =
        (ApiKeyId::generate(&services.random), ApiSecret::generate(&services.random));
    let tx = services.db.begin().await?;
    // Locking the account makes simultaneous calls count one after the other.
    user::Entity::find_by_id(user_id).lock_exclusive().one(&tx).await?;
    let active = api_key::Entity::find()
        .filter(api_key::Column::UserId.eq(user_id))
        .filter(api_key::Column::RevokedAt.is_null())
        .filter(api_key::Column::ExpiresAt.gt(stored(now)))
        .count(&tx)
        .await?;
    if active >= MAX_ACTIVE as u64 {
        return Err(Error::Conflict(Conflict::TooManyApiKeys { max: MAX_ACTIVE }));
    }
    let key = api_key::ActiveModel {
        user_id: Set(user_id),
        name: Set(name),
        public_id: Set(public_id.as_str().to_owned()),
        secret_digest: Set(secret.digest(&services.keys)),
        scopes: Set(scope_names(&new.scopes)),
        trusted_documents_only: Set(new.trusted_documents_only),
        created_at: Set(stored(now)),
        expires_at: Set(stored(now + TimeDelta::days(days))),
        ..Default::default()
    }
    .insert(&tx)
    .await?;
    tx.commit().await?;
    Ok((key, secret))
}

/// The program that a key and its secret speak for; every refusal looks the same.
pub async fn authenticate(services: &Services, public_id: &str, secret: &str) -> Result<Machine> {
    let now = services.clock.now();
    let (Some(public_id), Some(secret)) = (ApiKeyId::parse(public_id), ApiSecret::parse(secret))
    else {
        return Err(Error::InvalidApiKey);
    };
    let select = api_key::Entity::find()
        .inner_join(user::Entity)
        .filter(api_key::Column::PublicId.eq(public_id.as_str()))
        .select_only()
        .columns(Presented::COLUMNS)
        .columns(Presented::COLUMNS_OF_OWNER)
        .into_query();
    let found: Option<Presented> = row::one(services.db.read(), &select).await?;
    let stored_digest = found.as_ref().map_or("", |key| key.secret_digest.as_str());
    let matches = secret.matches(&services.keys, stored_digest);
    let key = found.filter(|key| matches && key.is_active(now)).ok_or(Error::InvalidApiKey)?;
    touch(services, &key, now).await;
    Ok(Machine {
        key_id: key.id,
        user_id: key.user_id,
        scopes: named(&key.scopes),
        trusted_documents_only: key.trusted_documents_only,
    })
}

/// One page of the member's keys, newest first.
pub async fn list(services: &Services, member: &Member, args: &PageArgs) -> Result<Page<ApiKey>> {
    let direction = if args.fetches_descending(true) { Order::Desc } else { Order::Asc };
    let mut select = api_key::Entity::find().filter(api_key::Column::UserId.eq(member.user_id));
    if let Some(between) = args.between(api_key::Column::CreatedAt, api_key::Column::Id, true) {
        select = select.filter(between);
    }
    let rows = select
        .order_by(api_key::Column::CreatedAt, direction.clone())
        .order_by(api_key::Column::Id, direction)
        .limit(args.fetch_size())
        .all(services.db.read())
        .await?;
    Ok(args.page(rows))
}

/// How many keys the member has.
pub async fn count(services: &Services, member: &Member) -> Result<u64> {
    let select = api_key::Entity::find().filter(api_key::Column::UserId.eq(member.user_id));
    Ok(select.count(services.db.read()).await?)
}

/// The member's key.
pub async fn find(services: &Services, member: &Member, id: i64) -> Result<Option<ApiKey>> {
    let select = api_key::Entity::find_by_id(id).filter(api_key::Column::UserId.eq(member.user_id));
    Ok(select.one(services.db.read()).await?)
}

/// Stops a key at once.
pub async fn revoke(services: &Services, member: &Member, id: i64) -> Result<ApiKey> {
    let key = find(services, member, id).await?.ok_or(Error::NotFound(Noun::ApiKey))?;
    if key.revoked_at.is_some() {
        return Ok(key);
    }
    let mut model = key.into_active_model();
    model.revoked_at = Set(Some(stored(services.clock.now())));
    let key = model.update(services.db.write()).await?;
    services.cluster.publish(Topic::AccessRevoked(key.user_id));
    Ok(key)
}

/// The place of a key in its list.
#[must_use]
pub fn position(key: &ApiKey) -> Position {
    Position { key: key.created_at.0.timestamp_millis(), id: key.id }
}

/// What the key may do.
#[must_use]
pub fn scopes(key: &ApiKey) -> Vec<Scope> {
    named(&key.scopes)
}

fn named(scopes: &str) -> Vec<Scope> {
    scopes.split(' ').filter_map(Scope::named).collect()
}

/// Each scope once, as stored.
fn scope_names(scopes: &[Scope]) -> String {
    let given = Scope::ALL.iter().filter(|scope| scopes.contains(scope));
    given.map(|scope| scope.name()).collect::<Vec<_>>().join(" ")
}

/// What is read of a key that somebody presents.
struct Presented {
    id: i64,
    user_id: i64,
    secret_digest: String,
    scopes: String,
    trusted_documents_only: bool,
    expires_at: Option<Timestamp>,
    revoked_at: Option<Timestamp>,
    last_used_at: Option<Timestamp>,
    owner_suspended_at: Option<Timestamp>,
    owner_deleted_at: Option<Timestamp>,
}

impl Presented {
    const COLUMNS: [api_key::Column; 8] = [
        api_key::Column::Id,
        api_key::Column::UserId,
        api_key::Column::SecretDigest,
        api_key::Column::Scopes,
        api_key::Column::TrustedDocumentsOnly,
        api_key::Column::ExpiresAt,
        api_key::Column::RevokedAt,
        api_key::Column::LastUsedAt,
    ];
    const COLUMNS_OF_OWNER: [user::Column; 2] =
        [user::Column::SuspendedAt, user::Column::DeletedAt];

    fn is_active(&self, now: Timestamp) -> bool {
        let stopped = self.revoked_at.or(self.owner_suspended_at).or(self.owner_deleted_at);
        stopped.is_none() && self.expires_at.is_some_and(|end| end > now)
    }
}

impl Row for Presented {
    fn read(cells: &mut Cells<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            id: cells.next()?,
            user_id: cells.next()?,
            secret_digest: cells.next()?,
            scopes: cells.next()?,
            trusted_documents_only: cells.next()?,
            expires_at: cells.time()?,
            revoked_at: cells.time()?,
            last_used_at: cells.time()?,
            owner_suspended_at: cells.time()?,
            owner_deleted_at: cells.time()?,
        })
    }
}

/// Notes the use of a key; that the note fails does not matter to the caller.
async fn touch(services: &Services, key: &Presented, now: Timestamp) {
    if key.last_used_at.is_some_and(|last| last + TOUCH_EVERY > now) {
        return;
    }
    let note = api_key::Entity::update_many()
        .col_expr(api_key::Column::LastUsedAt, Expr::val(stored(now)))
        .filter(api_key::Column::Id.eq(key.id));
    if let Err(error) = note.exec(services.db.write()).await {
        tracing::warn!(key = key.id, %error, "the last use of an API key was not noted");
    }
}

impl NewApiKey {
    fn parse(&self) -> Result<(String, i64)> {
        let mut errors = FieldErrors::default();
        let name = errors.check("name", line(&self.name, 1, NAME_MAX));
        let days = self.expires_in_days.unwrap_or(DAYS_DEFAULT);
        let days = errors.check("expiresInDays", number(days, 1, DAYS_MAX));
        if self.scopes.is_empty() {
            errors.add("scopes", crate::error::FieldProblem::Required);
        }
        name.zip(days).filter(|_| errors.is_empty()).ok_or_else(|| errors.into())
    }
}
