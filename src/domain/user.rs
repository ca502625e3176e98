//! People: registration, and looking them up.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, SqlErr,
    prelude::ChronoUnixTimestampMillis,
};

use crate::clock::Timestamp;
pub use crate::entity::user::{Model as User, Role};
use crate::{
    cluster::Topic,
    domain::{
        Services,
        audit::{self, Kind, Origin},
        database::Transaction,
        input::{Email, line, password, phone},
        mail_token::{self, Purpose},
        password::choose,
        row::{self, Cells, Row},
        stored,
    },
    entity::user,
    error::{Error, FieldErrors, Result},
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

/// Registers an account and promises its confirmation mail, in one transaction. An address that
/// nobody has confirmed is registered anew, so that nobody can occupy the address of somebody else:
/// only the newest registration can be confirmed.
pub async fn register(services: &Services, origin: &Origin, new: NewUser) -> Result<User> {
    let new = new.parse()?;
    // A taken address is told before the costly hash; the lock and the unique column settle races.
    let taken = by_email(services, &new.email).await?;
    if let Some(user) = &taken {
        may_replace(services, services.db.read(), user).await?;
    }
    let row = new.row(services, Role::User).await?;
    let tx = services.db.begin().await?;
    let before = if taken.is_some() { lock_by_email(&tx, &new.email).await? } else { None };
    let user = match before {
        None => insert(&tx, row).await?,
        Some(before) => {
            may_replace(services, &tx, &before).await?;
            mail_token::end(services, &tx, before.id, mail_token::ALL).await?;
            user::ActiveModel { id: Set(before.id), ..row }.update(&tx).await?
        }
    };
    mail_token::promise(services, &tx, user.id, Purpose::VerifyEmail, &user.email).await?;
    audit::record(services, &tx, origin, Kind::Registered, Some(user.id), None).await?;
    tx.commit().await?;
    services.cluster.publish(Topic::Outbox);
    Ok(user)
}

/// Refuses to replace an account that is somebody's, is suspended, or was mailed a moment ago.
async fn may_replace(services: &Services, db: &impl ConnectionTrait, user: &User) -> Result<()> {
    let free = user.verified_at.is_none() && user.suspended_at.is_none();
    let due = mail_token::wait(services, db, user.id, Purpose::VerifyEmail).await?.is_none();
    if free && due { Ok(()) } else { Err(Error::EmailExists) }
}

/// Creates a confirmed account at the operator's command; no mail is sent.
pub async fn create_confirmed(services: &Services, new: NewUser, role: Role) -> Result<User> {
    let new = new.parse()?;
    let mut row = new.row(services, role).await?;
    row.verified_at = Set(Some(stored(services.clock.now())));
    insert(services.db.write(), row).await
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

async fn insert(db: &impl ConnectionTrait, row: user::ActiveModel) -> Result<User> {
    row.insert(db).await.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Error::EmailExists,
        _ => error.into(),
    })
}

/// Locks an account, unless it was deleted.
pub(super) async fn lock(tx: &Transaction, id: i64) -> Result<Option<User>> {
    Ok(present().filter(user::Column::Id.eq(id)).lock_exclusive().one(tx).await?)
}

/// How many administrators there are besides this one, who could act now.
pub(super) async fn other_admins(tx: &Transaction, id: i64) -> Result<u64> {
    let select = present()
        .filter(user::Column::Role.eq(Role::Admin))
        .filter(user::Column::SuspendedAt.is_null())
        .filter(user::Column::EraseAt.is_null())
        .filter(user::Column::Id.ne(id));
    Ok(select.count(tx).await?)
}

/// Locks the account of an address, whatever its form.
pub(super) async fn lock_by_email(tx: &Transaction, email: &Email) -> Result<Option<User>> {
    let select = present().filter(user::Column::EmailCanonical.eq(email.canonical()));
    Ok(select.lock_exclusive().one(tx).await?)
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

impl ParsedUser {
    /// A new account as a row, with its password hashed.
    async fn row(&self, services: &Services, role: Role) -> Result<user::ActiveModel> {
        let about = [self.name.as_str(), self.email.as_typed(), self.email.canonical()];
        let password_hash = choose(services, "password", &self.password, &about).await?;
        let now = stored(services.clock.now());
        Ok(user::ActiveModel {
            name: Set(self.name.clone()),
            email: Set(self.email.as_typed().to_owned()),
            email_canonical: Set(self.email.canonical().to_owned()),
            phone: Set(self.phone.clone()),
            password_hash: Set(password_hash),
            role: Set(role),
            created_at: Set(now),
            updated_at: Set(now),
            ..Default::default()
        })
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
