//! A forgotten password: whoever reads the mail of an account may choose a new one.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use crate::{
    auth::MailPurpose,
    cluster::Topic,
    domain::{
        Services,
        audit::{self, Kind, Origin},
        change::Change,
        input::{Email, password},
        login,
        mail_token::{self, Purpose},
        outbox,
        password::choose,
        session, stored, user,
    },
    error::{Error, Result},
    mail::Occasion,
};

/// Promises a mail with a link, if the address has an account; answer and work never tell.
pub async fn request(services: &Services, origin: &Origin, email: &str) -> Result<()> {
    let email = Email::parse(email).map_err(|problem| Error::field("email", problem))?;
    let tx = Change::of_the_gateway(services).await?;
    let user = user::lock_by_email(&tx, &email).await?;
    mail_token::offer(services, &tx, user.as_ref(), Purpose::ResetPassword).await?;
    let user_id = user.map(|user| user.id);
    audit::record(services, &tx, origin, Kind::PasswordResetRequested, user_id, None).await?;
    tx.commit().await?;
    services.cluster.publish(Topic::Outbox);
    Ok(())
}

/// Sets a new password with the token from the mail: once, and for nobody who was signed in before.
/// Confirms the address as well, since its mail was read.
pub async fn reset(services: &Services, origin: &Origin, token: &str, new: &str) -> Result<()> {
    let new = password(new).map_err(|problem| Error::field("password", problem))?;
    // A token that is not worth it does not get as far as the costly hash.
    let read = services.db.read();
    let link = mail_token::open(services, read, token, MailPurpose::ResetPassword).await?;
    let owner = user::find(services, link.user_id).await?.ok_or_else(mail_token::invalid)?;
    let hash = choose(services, origin, "password", &new, &[&owner.name, &owner.email]).await?;
    let tx = Change::of_the_gateway(services).await?;
    let (link, user) = mail_token::take(services, &tx, token, MailPurpose::ResetPassword).await?;
    if user.email != link.email {
        return Err(mail_token::invalid());
    }
    let now = stored(services.clock.now());
    let verified_at = user.verified_at.unwrap_or(now);
    let mut model = user.into_active_model();
    model.password_hash = Set(hash);
    model.wrong_codes = Set(0);
    model.verified_at = Set(Some(verified_at));
    model.updated_at = Set(now);
    let user = model.update(&tx).await?;
    session::revoke_all(services, &tx, user.id).await?;
    mail_token::end(services, &tx, user.id, mail_token::ALL).await?;
    let origin = origin.as_user(user.id);
    audit::record(services, &tx, &origin, Kind::PasswordReset, Some(user.id), None).await?;
    outbox::notify(services, &tx, &user, Occasion::PasswordReset, &origin).await?;
    tx.commit().await?;
    login::forgive(services, &user, &origin).await;
    services.cluster.publish(Topic::AccessRevoked(user.id));
    services.cluster.publish(Topic::Outbox);
    Ok(())
}
