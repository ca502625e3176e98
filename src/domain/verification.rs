//! Confirming that an e-mail address belongs to who registered it.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use crate::{
    auth::MailPurpose,
    cluster::Topic,
    domain::{
        Services,
        audit::{self, Kind, Origin},
        change::Change,
        erasure,
        input::Email,
        mail_token::{self, Purpose},
        stored,
        user::{self, User},
    },
    error::{Error, Noun, Result},
};

/// Confirms the address that the token was mailed to; may be repeated while the token lives.
pub async fn confirm(services: &Services, origin: &Origin, token: &str) -> Result<User> {
    mail_token::open(services, services.db.read(), token, MailPurpose::VerifyEmail).await?;
    let tx = Change::of_the_gateway(services).await?;
    let link = mail_token::open(services, &tx, token, MailPurpose::VerifyEmail).await?;
    let user = user::lock(&tx, link.user_id).await?.ok_or(Error::NotFound(Noun::User))?;
    if user.verified_at.is_some() {
        return Ok(user);
    }
    // Once more: a registration that came in between has ended this link.
    let link = mail_token::open(services, &tx, token, MailPurpose::VerifyEmail).await?;
    let now = stored(services.clock.now());
    let mut model = user.into_active_model();
    model.verified_at = Set(Some(now));
    model.updated_at = Set(now);
    let user = model.update(&tx).await?;
    mail_token::spend(services, &tx, link).await?;
    audit::record(services, &tx, origin, Kind::EmailVerified, Some(user.id), None).await?;
    tx.commit().await?;
    Ok(user)
}

/// Takes an account back that somebody made with an address that is not theirs: who reads the
/// address's mail decides, even after a mail scanner has followed the confirmation link.
pub async fn reject(services: &Services, origin: &Origin, token: &str) -> Result<()> {
    let tx = Change::of_the_gateway(services).await?;
    let link = mail_token::open(services, &tx, token, MailPurpose::RejectRegistration).await?;
    let Some(user) = user::lock(&tx, link.user_id).await? else { return Ok(()) };
    let link = mail_token::open(services, &tx, token, MailPurpose::RejectRegistration).await?;
    // An account that has gone on to another address is no longer this reader's to judge, and a
    // suspension does not end by itself.
    if user.email != link.email || user.suspended_at.is_some() {
        return Ok(());
    }
    user::may_go(&tx, &user).await?;
    audit::record(services, &tx, origin, Kind::RegistrationRejected, Some(user.id), None).await?;
    erasure::erase(services, tx, user).await
}

/// Promises a further mail, if the address belongs to an unconfirmed account; the answer never tells.
pub async fn resend(services: &Services, origin: &Origin, email: &str) -> Result<()> {
    let email = Email::parse(email).map_err(|problem| Error::field("email", problem))?;
    let tx = Change::of_the_gateway(services).await?;
    let user = user::lock_by_email(&tx, &email).await?.filter(|user| user.verified_at.is_none());
    mail_token::offer(services, &tx, user.as_ref(), Purpose::VerifyEmail).await?;
    let user_id = user.map(|user| user.id);
    audit::record(services, &tx, origin, Kind::MailResent, user_id, None).await?;
    tx.commit().await?;
    services.cluster.publish(Topic::Outbox);
    Ok(())
}
