//! Finding and locking accounts.

use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    prelude::ChronoUnixTimestampMillis,
};

pub use crate::entity::user::{Model as User, Role};
use crate::{
    clock::Timestamp,
    domain::{
        Services,
        change::{Change, OWN},
        parse::{Email, Length},
        store::row::{self, Cells, row},
    },
    entity::user,
    error::Result,
    language::Language,
};

pub const NAME: Length = 2..=50;

/// The data of an account that may be shown, depending on the viewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    pub language: Language,
    pub role: Role,
    pub verified_at: Option<ChronoUnixTimestampMillis>,
    pub suspended_at: Option<ChronoUnixTimestampMillis>,
    pub deleted_at: Option<ChronoUnixTimestampMillis>,
    /// Since when sign-ins require a code.
    pub second_factor_at: Option<ChronoUnixTimestampMillis>,
    pub created_at: ChronoUnixTimestampMillis,
    pub updated_at: ChronoUnixTimestampMillis,
}

/// The part of an account that decides whether its owner may act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) struct Standing {
    pub role: Role,
    pub suspended_at: Option<ChronoUnixTimestampMillis>,
    pub deleted_at: Option<ChronoUnixTimestampMillis>,
}

/// The account, unless it was erased.
pub async fn find(services: &Services, id: i64) -> Result<Option<User>> {
    Ok(present().filter(user::Column::Id.eq(id)).one(services.db.read()).await?)
}

/// The accounts with these ids; erased ones have an empty name.
pub async fn by_ids(services: &Services, ids: &[i64]) -> Result<Vec<Person>> {
    let select = user::Entity::find()
        .select_only()
        .columns(Person::COLUMNS)
        .filter(user::Column::Id.is_in(ids.iter().copied()));
    row::all(services.db.read(), &select.into_query()).await
}

/// The account of an address, compared in canonical form.
pub async fn by_email(services: &Services, email: &Email) -> Result<Option<User>> {
    let select = present().filter(user::Column::EmailCanonical.eq(email.canonical()));
    Ok(select.one(services.db.read()).await?)
}

/// Locks an account, unless it was erased.
pub(in crate::domain) async fn lock(change: &Change<'_>, id: i64) -> Result<Option<User>> {
    Ok(present().filter(user::Column::Id.eq(id)).lock(OWN).one(change).await?)
}

/// Locks the account of an address, compared in canonical form.
pub(in crate::domain) async fn lock_by_email(
    change: &Change<'_>,
    email: &Email,
) -> Result<Option<User>> {
    let select = present().filter(user::Column::EmailCanonical.eq(email.canonical()));
    Ok(select.lock(OWN).one(change).await?)
}

pub(super) fn present() -> sea_orm::Select<user::Entity> {
    user::Entity::find().filter(user::Column::DeletedAt.is_null())
}

impl Person {
    pub(in crate::domain) const COLUMNS: [user::Column; 12] = [
        user::Column::Id,
        user::Column::Name,
        user::Column::Email,
        user::Column::Phone,
        user::Column::Language,
        user::Column::Role,
        user::Column::VerifiedAt,
        user::Column::SuspendedAt,
        user::Column::DeletedAt,
        user::Column::TotpConfirmedAt,
        user::Column::CreatedAt,
        user::Column::UpdatedAt,
    ];

    /// What most lists show of a person.
    pub(in crate::domain) const BRIEF: [user::Column; 2] = [user::Column::Id, user::Column::Name];

    /// Reads `BRIEF`; the other fields are blank.
    pub(in crate::domain) fn read_brief(cells: &mut Cells<'_>) -> Result<Self, DbErr> {
        let epoch = ChronoUnixTimestampMillis(Timestamp::UNIX_EPOCH);
        Ok(Self {
            id: cells.next()?,
            name: cells.next()?,
            email: String::new(),
            phone: None,
            language: Language::default(),
            role: Role::User,
            verified_at: None,
            suspended_at: None,
            deleted_at: None,
            second_factor_at: None,
            created_at: epoch,
            updated_at: epoch,
        })
    }
}

impl Standing {
    pub const COLUMNS: [user::Column; 3] =
        [user::Column::Role, user::Column::SuspendedAt, user::Column::DeletedAt];
}

row! {
    User {
        id, name, email, email_canonical, phone, language, password_hash, role, totp_seed, totp_confirmed_at,
        totp_last_step, wrong_codes, verified_at, suspended_at, suspended_reason, erase_at, deleted_at,
        created_at, updated_at,
    }
}

row! { Standing { role, suspended_at, deleted_at } }

impl From<&User> for Standing {
    fn from(user: &User) -> Self {
        Self { role: user.role, suspended_at: user.suspended_at, deleted_at: user.deleted_at }
    }
}

row! {
    Person {
        id, name, email, phone, language, role, verified_at, suspended_at, deleted_at, second_factor_at,
        created_at, updated_at,
    }
}

impl From<User> for Person {
    fn from(user: User) -> Self {
        Self {
            id: user.id,
            name: user.name,
            email: user.email,
            phone: user.phone,
            language: user.language,
            role: user.role,
            verified_at: user.verified_at,
            suspended_at: user.suspended_at,
            deleted_at: user.deleted_at,
            second_factor_at: user.totp_confirmed_at,
            created_at: user.created_at,
            updated_at: user.updated_at,
        }
    }
}
