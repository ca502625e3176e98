//! Signing in with a password.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{
    auth::{MAX_PASSWORD_BYTES, Verdict},
    domain::{
        Services, account,
        audit::Origin,
        input::Email,
        session::{self, Grant, RefreshMode},
        user::{self, User},
    },
    entity::user as user_entity,
    error::{Error, FieldErrors, FieldProblem, Result},
};

/// A sign-in as sent.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub email: String,
    pub password: String,
    pub refresh: RefreshMode,
}

/// Signs in. Unknown address, wrong password and deleted account look and cost the same.
pub async fn login(
    services: &Services,
    origin: &Origin,
    credentials: Credentials,
) -> Result<Grant> {
    let email = credentials.check()?;
    let user = user::by_email(services, &email).await?;
    let hash = user.as_ref().map(|user| user.password_hash.as_str());
    let verdict = services.passwords.verify(&credentials.password, hash).await?;
    let user = user.filter(|_| verdict != Verdict::Wrong).ok_or(Error::InvalidCredentials)?;
    if user.verified_at.is_none() {
        return Err(Error::EmailNotVerified);
    }
    if user.suspended_at.is_some() {
        return Err(Error::Forbidden);
    }
    if verdict == Verdict::RightOutdated {
        rehash(services, &user, &credentials.password).await?;
    }
    let user = account::cancel_deletion(services, user, origin).await?;
    session::open(services, origin, user, credentials.refresh).await
}

async fn rehash(services: &Services, user: &User, password: &str) -> Result<()> {
    let hash = services.passwords.hash(password).await?;
    user_entity::Entity::update_many()
        .col_expr(user_entity::Column::PasswordHash, hash.into())
        .filter(user_entity::Column::Id.eq(user.id))
        .filter(user_entity::Column::PasswordHash.eq(user.password_hash.as_str()))
        .exec(services.db.write())
        .await?;
    Ok(())
}

impl Credentials {
    /// Checks lengths before anything is looked up, so that they tell nothing about accounts.
    fn check(&self) -> Result<Email> {
        let mut errors = FieldErrors::default();
        let email = errors.check("email", Email::parse(&self.email));
        match self.password.len() {
            0 => errors.add("password", FieldProblem::Required),
            length if length > MAX_PASSWORD_BYTES => {
                errors.add("password", FieldProblem::TooLong { max: 256 });
            }
            _ => {}
        }
        match email {
            Some(email) if errors.is_empty() => Ok(email),
            _ => Err(errors.into()),
        }
    }
}
