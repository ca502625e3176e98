//! Another e-mail address: it becomes the account's own once whoever reads its mail says so.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, SqlErr};

use crate::{
    auth::MailPurpose,
    cluster::Topic,
    domain::{
        Services, account,
        audit::{self, Kind, Origin},
        change::Change,
        erasure,
        input::{Email, presented_password},
        login,
        mail_token::{self, Purpose},
        outbox, session, stored,
        user::{self, User},
        viewer::{Member, Viewer},
    },
    error::{Error, FieldErrors, Result},
    mail::Occasion,
};

/// Promises a link to the new address. A taken address gets none, and the caller does not learn it.
pub async fn request(
    services: &Services,
    member: &Member,
    origin: &Origin,
    new_email: &str,
    password: &str,
) -> Result<()> {
    let mut errors = FieldErrors::default();
    let email = errors.check("newEmail", Email::parse(new_email));
    let password = errors.check("currentPassword", presented_password(password));
    let (Some(email), Some(password)) = (email, password) else { return Err(errors.into()) };
    let user = login::check_password(services, member, password, origin).await?;
    let other = user::by_email(services, &email).await?;
    let is_taken = other.is_some_and(|other| other.id != user.id && other.verified_at.is_some());
    let (tx, user) = account::change_proven(services, member, &user).await?;
    if let Some(retry_after) =
        mail_token::wait(services, &tx, user.id, Purpose::ChangeEmail).await?
    {
        return Err(Error::RateLimited { retry_after });
    }
    let (id, purpose, to) = (user.id, Purpose::ChangeEmail, email.as_typed());
    if is_taken {
        mail_token::withhold(services, &tx, id, purpose, to).await?;
    } else {
        mail_token::promise(services, &tx, id, purpose, to).await?;
    }
    audit::record(services, &tx, origin, Kind::EmailChangeRequested, Some(user.id), None).await?;
    tx.commit().await?;
    services.cluster.publish(Topic::Outbox);
    Ok(())
}

/// Makes the address that the token was mailed to the account's own. All sessions end but the
/// caller's, if the caller is signed in to that very account.
pub async fn confirm(
    services: &Services,
    viewer: &Viewer,
    origin: &Origin,
    token: &str,
) -> Result<()> {
    make_room(services, origin, token).await?;
    let tx = Change::of_the_gateway(services).await?;
    let (link, user) = mail_token::take(services, &tx, token, MailPurpose::ChangeEmail).await?;
    let email = Email::parse(&link.email).map_err(|_| mail_token::invalid())?;
    if user.suspended_at.is_some() {
        return Err(mail_token::invalid());
    }
    let own = viewer.member().ok().filter(|member| member.user_id == user.id);
    let own = own.map(|member| member.session_id);
    let origin = Origin { session_id: own, ..origin.as_user(user.id) };
    // To the old address: whoever reads it must learn that it is the old one now.
    outbox::notify(services, &tx, &user, Occasion::EmailChanged, &origin).await?;
    let now = stored(services.clock.now());
    let mut model = user.into_active_model();
    model.email = Set(email.as_typed().to_owned());
    model.email_canonical = Set(email.canonical().to_owned());
    model.updated_at = Set(now);
    let user = model.update(&tx).await.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Error::EmailExists,
        _ => error.into(),
    })?;
    session::revoke_others(services, &tx, user.id, own).await?;
    mail_token::end(services, &tx, user.id, mail_token::POWERS).await?;
    audit::record(services, &tx, &origin, Kind::EmailChanged, Some(user.id), None).await?;
    tx.commit().await?;
    services.cluster.publish(Topic::AccessRevoked(user.id));
    services.cluster.publish(Topic::Outbox);
    Ok(())
}

/// An unconfirmed account with the address was made by somebody who cannot read its mail: it yields
/// to whoever can.
async fn make_room(services: &Services, origin: &Origin, token: &str) -> Result<()> {
    let tx = Change::of_the_gateway(services).await?;
    let link = mail_token::open(services, &tx, token, MailPurpose::ChangeEmail).await?;
    let email = Email::parse(&link.email).map_err(|_| mail_token::invalid())?;
    let other = user::lock_by_email(&tx, &email).await?;
    let is_nobodys = |other: &User| other.verified_at.is_none() && other.suspended_at.is_none();
    let squatter = other.filter(|other| other.id != link.user_id && is_nobodys(other));
    let Some(squatter) = squatter.filter(|_| link.used_at.is_none()) else { return Ok(()) };
    let kind = Kind::RegistrationRejected;
    audit::record(services, &tx, origin, kind, Some(squatter.id), None).await?;
    erasure::erase(services, tx, squatter).await
}
