//! People: registration, looking them up, and what administrators do to accounts.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QuerySelect, QueryTrait, SqlErr, prelude::ChronoUnixTimestampMillis,
};

use crate::clock::Timestamp;
pub use crate::entity::user::{Model as User, Role};
use crate::{
    cluster::Topic,
    domain::{
        Services,
        input::{Email, line, password, phone},
        outbox,
        password::choose,
        row::{self, Cells, Row},
        session, stored, verification,
        viewer::Admin,
    },
    entity::user,
    error::{Error, FieldErrors, Noun, Result},
};

pub const NAME_MIN: usize = 2;
pub const NAME_MAX: usize = 50;

/// What may be shown of an account, to whoever may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    pub role: Role,
    pub verified_at: Option<Timestamp>,
    pub suspended_at: Option<Timestamp>,
    pub deleted_at: Option<Timestamp>,
    /// Since when signing in takes a code as well.
    pub second_factor_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A registration as sent.
#[derive(Debug, Clone)]
pub struct NewUser {
    pub name: String,
    pub email: String,
    pub password: String,
    pub phone: Option<String>,
}

struct ParsedUser {
    name: String,
    email: Email,
    password: String,
    phone: Option<String>,
}

/// Registers an account and promises its confirmation mail, in one transaction.
pub async fn register(services: &Services, new: NewUser) -> Result<User> {
    let user = insert(services, new, Role::User, false).await?;
    services.cluster.publish(Topic::Outbox);
    Ok(user)
}

/// Creates a confirmed account at the operator's command; no mail is sent.
pub async fn create_confirmed(services: &Services, new: NewUser, role: Role) -> Result<User> {
    insert(services, new, role, true).await
}

/// The account, unless it was deleted.
pub async fn find(services: &Services, id: i64) -> Result<Option<User>> {
    Ok(present().filter(user::Column::Id.eq(id)).one(services.db.read()).await?)
}

/// The accounts among these ids; deleted ones are shown by id and an empty name.
pub async fn by_ids(services: &Services, ids: &[i64]) -> Result<Vec<Person>> {
    let select = user::Entity::find()
        .select_only()
        .columns(Person::COLUMNS)
        .filter(user::Column::Id.is_in(ids.iter().copied()));
    row::all(services.db.read(), &select.into_query()).await
}

/// The account of an address, whatever its form.
pub async fn by_email(services: &Services, email: &Email) -> Result<Option<User>> {
    let select = present().filter(user::Column::EmailCanonical.eq(email.canonical()));
    Ok(select.one(services.db.read()).await?)
}

/// Locks an account out: its sessions and keys stop at once.
pub async fn suspend(services: &Services, admin: &Admin, id: i64, reason: &str) -> Result<User> {
    let mut errors = FieldErrors::default();
    let reason = errors.check("reason", line(reason, 1, 200));
    if id == admin.user_id {
        return Err(Error::Forbidden);
    }
    let Some(reason) = reason else { return Err(errors.into()) };
    let now = services.clock.now();
    let tx = services.db.begin().await?;
    let user = present().filter(user::Column::Id.eq(id)).one(&tx).await?;
    let mut model = user.ok_or(Error::NotFound(Noun::User))?.into_active_model();
    model.suspended_at = Set(Some(stored(now)));
    model.suspended_reason = Set(Some(reason));
    model.updated_at = Set(stored(now));
    let user = model.update(&tx).await?;
    session::revoke_all(services, &tx, id).await?;
    tx.commit().await?;
    services.cluster.publish(Topic::AccessRevoked(id));
    Ok(user)
}

/// Lets a suspended account sign in again.
pub async fn reinstate(services: &Services, _: &Admin, id: i64) -> Result<User> {
    let user = find(services, id).await?.ok_or(Error::NotFound(Noun::User))?;
    let mut model = user.into_active_model();
    model.suspended_at = Set(None);
    model.suspended_reason = Set(None);
    model.updated_at = Set(stored(services.clock.now()));
    Ok(model.update(services.db.write()).await?)
}

async fn insert(services: &Services, new: NewUser, role: Role, confirmed: bool) -> Result<User> {
    let new = new.parse()?;
    // A taken address is told before the costly hash; the unique column settles races below.
    if by_email(services, &new.email).await?.is_some() {
        return Err(Error::EmailExists);
    }
    let about = [new.name.as_str(), new.email.as_typed(), new.email.canonical()];
    let password_hash = choose(services, "password", &new.password, &about).await?;
    let now = services.clock.now();
    let tx = services.db.begin().await?;
    let user = user::ActiveModel {
        name: Set(new.name),
        email: Set(new.email.as_typed().to_owned()),
        email_canonical: Set(new.email.canonical().to_owned()),
        phone: Set(new.phone),
        password_hash: Set(password_hash),
        role: Set(role),
        verified_at: Set(confirmed.then(|| stored(now))),
        created_at: Set(stored(now)),
        updated_at: Set(stored(now)),
        ..Default::default()
    }
    .insert(&tx)
    .await
    .map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Error::EmailExists,
        _ => error.into(),
    })?;
    if !confirmed {
        let token = verification::create(services, &tx, &user).await?;
        outbox::promise(services, &tx, outbox::Kind::VerifyEmail, &token).await?;
    }
    tx.commit().await?;
    Ok(user)
}

fn present() -> sea_orm::Select<user::Entity> {
    user::Entity::find().filter(user::Column::DeletedAt.is_null())
}

impl Person {
    pub(super) const COLUMNS: [user::Column; 11] = [
        user::Column::Id,
        user::Column::Name,
        user::Column::Email,
        user::Column::Phone,
        user::Column::Role,
        user::Column::VerifiedAt,
        user::Column::SuspendedAt,
        user::Column::DeletedAt,
        user::Column::TotpConfirmedAt,
        user::Column::CreatedAt,
        user::Column::UpdatedAt,
    ];
}

impl Row for Person {
    fn read(cells: &mut Cells<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            id: cells.next()?,
            name: cells.next()?,
            email: cells.next()?,
            phone: cells.next()?,
            role: cells.next()?,
            verified_at: cells.time()?,
            suspended_at: cells.time()?,
            deleted_at: cells.time()?,
            second_factor_at: cells.time()?,
            created_at: cells.next::<ChronoUnixTimestampMillis>()?.0,
            updated_at: cells.next::<ChronoUnixTimestampMillis>()?.0,
        })
    }
}

impl From<User> for Person {
    fn from(user: User) -> Self {
        Self {
            id: user.id,
            name: user.name,
            email: user.email,
            phone: user.phone,
            role: user.role,
            verified_at: user.verified_at.map(|at| at.0),
            suspended_at: user.suspended_at.map(|at| at.0),
            deleted_at: user.deleted_at.map(|at| at.0),
            second_factor_at: user.totp_confirmed_at.map(|at| at.0),
            created_at: user.created_at.0,
            updated_at: user.updated_at.0,
        }
    }
}

impl NewUser {
    fn parse(self) -> Result<ParsedUser> {
        let mut errors = FieldErrors::default();
        let name = errors.check("name", line(&self.name, NAME_MIN, NAME_MAX));
        let email = errors.check("email", Email::parse(&self.email));
        let password = errors.check("password", password(&self.password));
        let phone = match self.phone.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(text) => errors.check("phone", phone(text)),
        };
        match (name, email, password) {
            (Some(name), Some(email), Some(password)) if errors.is_empty() => {
                Ok(ParsedUser { name, email, password, phone })
            }
            _ => Err(errors.into()),
        }
    }
}
