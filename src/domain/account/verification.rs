//! Confirming that an e-mail address belongs to the person who registered it.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use crate::{
    auth::MailPurpose,
    domain::{
        Services,
        account::{
            deletion,
            user::{self, User},
        },
        change::Change,
        erasure,
        mail::link::{self, Purpose},
        origin::Origin,
        parse::Email,
        to_millis,
    },
    entity::audit_event::Kind,
    error::{Error, Noun, Result},
};

/// Confirms the address that the token was mailed to; may be repeated while the token is valid.
pub async fn confirm(services: &Services, origin: &Origin, token: &str) -> Result<User> {
    link::open(services, services.db.read(), token, MailPurpose::VerifyEmail).await?;
    let change = Change::of_the_gateway(services, origin).await?;
    let link = link::open(services, &change, token, MailPurpose::VerifyEmail).await?;
    let user = user::lock(&change, link.user_id).await?.ok_or(Error::NotFound(Noun::User))?;
    if user.verified_at.is_some() {
        return Ok(user);
    }
    // Checked again under the lock: a new registration may have ended this link.
    let link = link::open(services, &change, token, MailPurpose::VerifyEmail).await?;
    let now = to_millis(services.clock.now());
    let mut model = user.into_active_model();
    model.verified_at = Set(Some(now));
    model.updated_at = Set(now);
    let user = model.update(&change).await?;
    link::spend(&change, link).await?;
    change.record(Kind::EmailVerified, Some(user.id), None).await?;
    change.commit().await?;
    Ok(user)
}

/// Rejects an account that somebody registered with another person's address. The reader of its
/// mail decides, even after a mail scanner has followed the confirmation link.
pub async fn reject(services: &Services, origin: &Origin, token: &str) -> Result<()> {
    let change = Change::of_the_gateway(services, origin).await?;
    let link = link::open(services, &change, token, MailPurpose::RejectRegistration).await?;
    let Some(user) = user::lock(&change, link.user_id).await? else { return Ok(()) };
    let link = link::open(services, &change, token, MailPurpose::RejectRegistration).await?;
    // Once the account has moved to another address, the link has no power over it; nor does it end
    // a suspension.
    if user.email != link.email || user.suspended_at.is_some() {
        return Ok(());
    }
    deletion::may_go(&change, &user).await?;
    change.record(Kind::RegistrationRejected, Some(user.id), None).await?;
    erasure::erase(change, user).await
}

/// Queues another mail if the address has an unconfirmed account; the answer does not tell.
pub async fn resend(services: &Services, origin: &Origin, email: &str) -> Result<()> {
    let email = Email::parse(email).map_err(|problem| Error::field("email", problem))?;
    let change = Change::of_the_gateway(services, origin).await?;
    let user =
        user::lock_by_email(&change, &email).await?.filter(|user| user.verified_at.is_none());
    link::request(&change, user.as_ref(), Purpose::VerifyEmail).await?;
    let user_id = user.map(|user| user.id);
    change.record(Kind::MailResent, user_id, None).await?;
    change.commit().await
}
