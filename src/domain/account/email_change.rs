//! Changing the e-mail address: takes effect when a link mailed to the new address is followed.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, SqlErr};

use crate::{
    auth::MailPurpose,
    domain::{
        Services,
        account::user::{self, User},
        change::Change,
        erasure,
        mail::link::{self, Purpose},
        origin::Origin,
        parse::{Email, presented_password},
        session,
        sign_in::reauthenticate::check_password,
        to_millis,
        viewer::{Member, Viewer},
    },
    entity::audit_event::Kind,
    error::{Error, FieldErrors, Result},
    mail::NoticeKind,
};

/// Queues a mail with a link to the new address; if it is taken, none, without telling the caller.
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
    let user = check_password(services, member, password, origin).await?;
    let other = user::by_email(services, &email).await?;
    let is_taken = other.is_some_and(|other| other.id != user.id && other.verified_at.is_some());
    let (change, user) = Change::of_proven(services, member, origin, &user).await?;
    if let Some(retry_after) = link::wait(services, &change, user.id, Purpose::ChangeEmail).await? {
        return Err(Error::RateLimited { retry_after });
    }
    let (id, purpose, to) = (user.id, Purpose::ChangeEmail, email.as_typed());
    if is_taken {
        link::record_only(&change, id, purpose, to).await?;
    } else {
        link::enqueue(&change, id, purpose, to).await?;
    }
    change.record(Kind::EmailChangeRequested, Some(user.id), None).await?;
    change.commit().await
}

/// Makes the address that the token was mailed to the account's address. Ends all sessions, except
/// the caller's if it is one of this account.
pub async fn confirm(
    services: &Services,
    viewer: &Viewer,
    origin: &Origin,
    token: &str,
) -> Result<()> {
    make_room(services, origin, token).await?;
    let mut change = Change::of_the_gateway(services, origin).await?;
    let (link, user) = link::consume(&change, token, MailPurpose::ChangeEmail).await?;
    let email = Email::parse(&link.email).map_err(|_| link::invalid())?;
    if user.suspended_at.is_some() {
        return Err(link::invalid());
    }
    let own = viewer.member().ok().filter(|member| member.user_id == user.id);
    let own = own.map(|member| member.session_id);
    change.origin = Origin { session_id: own, ..origin.as_user(user.id) };
    // To the old address, whose reader must learn that it is no longer used.
    change.notify(&user, NoticeKind::EmailChanged).await?;
    let now = to_millis(services.clock.now());
    let mut model = user.into_active_model();
    model.email = Set(email.as_typed().to_owned());
    model.email_canonical = Set(email.canonical().to_owned());
    model.updated_at = Set(now);
    let user = model.update(&change).await.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Error::EmailExists,
        _ => error.into(),
    })?;
    session::revoke_others(&change, user.id, own).await?;
    link::end(&change, user.id, link::ACCOUNT_CONTROL_PURPOSES).await?;
    change.record(Kind::EmailChanged, Some(user.id), None).await?;
    change.commit().await
}

/// An unconfirmed account with the address was created by somebody who cannot read its mail: it is
/// removed in favour of somebody who can.
async fn make_room(services: &Services, origin: &Origin, token: &str) -> Result<()> {
    let change = Change::of_the_gateway(services, origin).await?;
    let link = link::open(services, &change, token, MailPurpose::ChangeEmail).await?;
    let email = Email::parse(&link.email).map_err(|_| link::invalid())?;
    let other = user::lock_by_email(&change, &email).await?;
    let is_nobodys = |other: &User| other.verified_at.is_none() && other.suspended_at.is_none();
    let squatter = other.filter(|other| other.id != link.user_id && is_nobodys(other));
    let Some(squatter) = squatter.filter(|_| link.used_at.is_none()) else { return Ok(()) };
    let kind = Kind::RegistrationRejected;
    change.record(kind, Some(squatter.id), None).await?;
    erasure::erase(change, squatter).await
}
