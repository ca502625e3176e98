//! Registration: a new account, and its confirmation mail.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, SqlErr};

use super::{
    password::choose,
    user::{self, NAME, Role, User},
};
use crate::{
    domain::{
        Services,
        change::Change,
        mail::link::{self, Purpose},
        origin::Origin,
        parse::{Email, line, password, phone},
        to_millis,
    },
    entity::audit_event::Kind,
    entity::user as user_entity,
    error::{Error, FieldErrors, Result},
    language::Language,
};

/// A registration as sent.
#[derive(Debug, Clone)]
pub struct NewUser {
    pub name: String,
    pub email: String,
    pub password: String,
    pub phone: Option<String>,
    /// Of mails; None for that of the request.
    pub language: Option<Language>,
}

struct ParsedUser {
    name: String,
    email: Email,
    password: String,
    phone: Option<String>,
    language: Option<Language>,
}

/// Creates an account and queues its confirmation mail, in one transaction. An unconfirmed address
/// can be registered again, so that nobody can block another person's address: only the newest
/// registration can be confirmed.
pub async fn register(services: &Services, origin: &Origin, new: NewUser) -> Result<User> {
    let new = new.parse()?;
    // Refused before the expensive hash; the lock and the unique column handle races.
    let taken = user::by_email(services, &new.email).await?;
    if let Some(user) = &taken {
        may_replace(services, services.db.read(), user).await?;
    }
    let row = new.row(services, origin, Role::User).await?;
    let change = Change::of_the_gateway(services, origin).await?;
    let before =
        if taken.is_some() { user::lock_by_email(&change, &new.email).await? } else { None };
    let user = match before {
        None => insert(&change, row).await?,
        Some(before) => {
            may_replace(services, &change, &before).await?;
            link::end(&change, before.id, link::ALL).await?;
            user_entity::ActiveModel { id: Set(before.id), ..row }.update(&change).await?
        }
    };
    link::enqueue(&change, user.id, Purpose::VerifyEmail, &user.email).await?;
    change.record(Kind::Registered, Some(user.id), None).await?;
    change.commit().await?;
    Ok(user)
}

/// Refuses to replace an account that is confirmed, suspended, or was mailed a minute ago or less.
async fn may_replace(services: &Services, db: &impl ConnectionTrait, user: &User) -> Result<()> {
    let free = user.verified_at.is_none() && user.suspended_at.is_none();
    let due = link::wait(services, db, user.id, Purpose::VerifyEmail).await?.is_none();
    if free && due { Ok(()) } else { Err(Error::EmailExists) }
}

/// Creates a confirmed account for the operator; no mail is sent.
pub async fn create_confirmed(services: &Services, new: NewUser, role: Role) -> Result<User> {
    let new = new.parse()?;
    let mut row = new.row(services, &Origin::default(), role).await?;
    row.verified_at = Set(Some(to_millis(services.clock.now())));
    insert(services.db.write(), row).await
}

async fn insert(db: &impl ConnectionTrait, row: user_entity::ActiveModel) -> Result<User> {
    row.insert(db).await.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Error::EmailExists,
        _ => error.into(),
    })
}

impl ParsedUser {
    /// The row of a new account, with its password hashed.
    async fn row(
        &self,
        services: &Services,
        origin: &Origin,
        role: Role,
    ) -> Result<user_entity::ActiveModel> {
        let about = [self.name.as_str(), self.email.as_typed(), self.email.canonical()];
        let password_hash = choose(services, origin, "password", &self.password, &about).await?;
        let asked = origin.client.as_ref().and_then(|client| client.language);
        let language = self.language.or(asked).unwrap_or(Language::ZhTw);
        let now = to_millis(services.clock.now());
        Ok(user_entity::ActiveModel {
            name: Set(self.name.clone()),
            email: Set(self.email.as_typed().to_owned()),
            email_canonical: Set(self.email.canonical().to_owned()),
            phone: Set(self.phone.clone()),
            language: Set(language),
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
        let name = errors.check("name", line(&self.name, NAME));
        let email = errors.check("email", Email::parse(&self.email));
        let password = errors.check("password", password(&self.password));
        let phone = errors.check("phone", phone(self.phone.as_deref()));
        match (name, email, password, phone) {
            (Some(name), Some(email), Some(password), Some(phone)) => {
                Ok(ParsedUser { name, email, password, phone, language: self.language })
            }
            _ => Err(errors.into()),
        }
    }
}
