//! Signing in with a password and, if it is on, a second factor.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{attempt::LoginAttempt, open::open};
use crate::{
    auth::Verdict,
    domain::{
        Services,
        account::user::{self, User},
        origin::Origin,
        parse::{Email, presented_password},
        session::{Grant, RefreshMode},
    },
    entity::user as user_entity,
    error::{Error, FieldErrors, Result},
};

/// A sign-in as sent.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub email: String,
    pub password: String,
    /// A code of the authenticator app, or a recovery code.
    pub code: Option<String>,
    pub refresh: RefreshMode,
}

/// Signs in. An unknown address, a wrong password, an erased account, too many attempts and an
/// exposed password look and cost the same; other errors are only shown to callers who know the
/// password.
pub async fn login(
    services: &Services,
    origin: &Origin,
    credentials: Credentials,
) -> Result<Grant> {
    let email = credentials.check()?;
    let user = user::by_email(services, &email).await?;
    let user_id = user.as_ref().map(|user| user.id);
    let mut guess = LoginAttempt::count(services, origin, email.canonical(), user_id).await?;
    let (user, verdict) = guess.at_password(user, &credentials.password).await?;
    if guess.is_barred(&user) {
        return Err(guess.refuse().await?);
    }
    if user.totp_confirmed_at.is_some() {
        let code = credentials.code.as_deref().ok_or(Error::SecondFactorRequired)?;
        guess.at_second_factor(&user, code).await?;
    }
    guess.succeed().await;
    if user.verified_at.is_none() {
        return Err(Error::EmailNotVerified);
    }
    if user.suspended_at.is_some() {
        return Err(Error::Forbidden);
    }
    let user = match verdict {
        Verdict::RightOutdated => rehash(services, origin, user, &credentials.password).await?,
        Verdict::Right | Verdict::Wrong => user,
    };
    open(services, origin, user, credentials.refresh).await
}

/// The account with its hash updated to the current cost. If another sign-in or a change of the
/// password came first, the password is compared with what is stored now.
async fn rehash(services: &Services, origin: &Origin, user: User, password: &str) -> Result<User> {
    let hash = services.passwords.hash(origin.ip(), password).await?;
    let raised = user_entity::Entity::update_many()
        .col_expr(user_entity::Column::PasswordHash, hash.as_str().into())
        .filter(user_entity::Column::Id.eq(user.id))
        .filter(user_entity::Column::PasswordHash.eq(user.password_hash.as_str()))
        .exec(services.db.write())
        .await?;
    if raised.rows_affected == 1 {
        return Ok(User { password_hash: hash, ..user });
    }
    let now = user::find(services, user.id).await?.ok_or(Error::InvalidCredentials)?;
    match services.passwords.verify(origin.ip(), password, Some(&now.password_hash)).await? {
        Verdict::Wrong => Err(Error::InvalidCredentials),
        // Only the password was proven, so nothing else is taken from the new row.
        Verdict::Right | Verdict::RightOutdated => {
            Ok(User { password_hash: now.password_hash, ..user })
        }
    }
}

impl Credentials {
    /// Checks lengths before any look-up, so that they reveal nothing about accounts.
    fn check(&self) -> Result<Email> {
        let mut errors = FieldErrors::default();
        let email = errors.check("email", Email::parse(&self.email));
        errors.check("password", presented_password(&self.password));
        match email {
            Some(email) if errors.is_empty() => Ok(email),
            _ => Err(errors.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

    use super::rehash;
    use crate::domain::{
        account::{
            registration::{self, NewUser},
            user::{self, Role},
        },
        origin::Origin,
        testing::databases,
    };

    #[tokio::test]
    async fn d8_a_raised_hash_does_not_bring_back_a_password_that_was_changed_meanwhile() {
        for fresh in databases().await {
            let (services, nobody) = (&fresh.services, &Origin::default());
            let new = NewUser {
                name: "Ann".into(),
                email: "ann@example.com".into(),
                password: "correct horse battery".into(),
                phone: None,
                language: None,
            };
            let read = registration::create_confirmed(services, new, Role::User).await.unwrap();
            let mut changed = read.clone().into_active_model();
            changed.password_hash = Set("changed".into());
            changed.update(services.db.write()).await.unwrap();
            assert!(rehash(services, nobody, read.clone(), "correct horse battery").await.is_err());
            let now = user::find(services, read.id).await.unwrap().unwrap();
            assert_eq!(now.password_hash, "changed");
            rehash(services, nobody, now, "correct horse battery").await.unwrap();
            let now = user::find(services, read.id).await.unwrap().unwrap();
            assert!(now.password_hash.starts_with("$argon2id$"), "{}", now.password_hash);
        }
    }
}
