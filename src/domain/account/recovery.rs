//! A forgotten password: whoever can read the account's mail may set a new one.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use crate::{
    auth::MailPurpose,
    domain::{
        Services,
        account::{password::choose, user},
        change::Change,
        mail::link::{self, Purpose},
        origin::Origin,
        parse::{Email, password},
        session, sign_in, to_millis,
    },
    entity::audit_event::Kind,
    error::{Error, Result},
    mail::NoticeKind,
};

/// Queues a mail with a link if the address has an account; response and timing do not tell.
pub async fn request(services: &Services, origin: &Origin, email: &str) -> Result<()> {
    let email = Email::parse(email).map_err(|problem| Error::field("email", problem))?;
    let change = Change::of_the_gateway(services, origin).await?;
    let user = user::lock_by_email(&change, &email).await?;
    link::request(&change, user.as_ref(), Purpose::ResetPassword).await?;
    let user_id = user.map(|user| user.id);
    change.record(Kind::PasswordResetRequested, user_id, None).await?;
    change.commit().await
}

/// Sets a new password with the token from the mail, once, and ends all sessions. Also confirms the
/// address, since its mail was read.
pub async fn reset(services: &Services, origin: &Origin, token: &str, new: &str) -> Result<()> {
    let new = password(new).map_err(|problem| Error::field("password", problem))?;
    // Invalid tokens are refused before the expensive hash.
    let read = services.db.read();
    let link = link::open(services, read, token, MailPurpose::ResetPassword).await?;
    let owner = user::find(services, link.user_id).await?.ok_or_else(link::invalid)?;
    let hash = choose(services, origin, "password", &new, &[&owner.name, &owner.email]).await?;
    let mut change = Change::of_the_gateway(services, origin).await?;
    let (link, user) = link::consume(&change, token, MailPurpose::ResetPassword).await?;
    if user.email != link.email {
        return Err(link::invalid());
    }
    let now = to_millis(services.clock.now());
    let verified_at = user.verified_at.unwrap_or(now);
    let mut model = user.into_active_model();
    model.password_hash = Set(hash);
    model.wrong_codes = Set(0);
    model.verified_at = Set(Some(verified_at));
    model.updated_at = Set(now);
    let user = model.update(&change).await?;
    session::revoke_all(&change, user.id).await?;
    link::end(&change, user.id, link::ALL).await?;
    change.origin = origin.as_user(user.id);
    change.record(Kind::PasswordReset, Some(user.id), None).await?;
    change.notify(&user, NoticeKind::PasswordReset).await?;
    change.commit().await?;
    sign_in::reset_attempts(services, &user, origin).await;
    Ok(())
}
