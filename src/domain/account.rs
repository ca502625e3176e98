//! What people do with their own account.

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde_json::json;

use crate::{
    clock::Timestamp,
    cluster::Topic,
    domain::{
        Services,
        audit::{self, Kind, Origin},
        database::Transaction,
        event::NewEvent,
        input::{line, password, phone, presented_password},
        job, login, mail_token, outbox,
        password::choose,
        session, stored,
        user::{self, NAME_MAX, NAME_MIN, Role, User},
        viewer::Member,
    },
    error::{Conflict, Error, FieldErrors, Result},
    mail::Occasion,
};

/// Between the wish to delete an account and its erasure.
pub const GRACE: TimeDelta = TimeDelta::days(14);

/// Changes as sent: what is unset stays as it is; `Some(None)` takes the phone number away.
#[derive(Debug, Clone, Default)]
pub struct ProfileChange {
    pub name: Option<String>,
    pub phone: Option<Option<String>>,
}

/// Locks an account whose password was proven, unless the password has changed since.
pub(super) async fn unchanged(tx: &Transaction, proven: User) -> Result<User> {
    let user = user::lock(tx, proven.id).await?;
    user.filter(|user| user.password_hash == proven.password_hash).ok_or(Error::InvalidCredentials)
}

/// Sets another password; all other sessions and all mailed links end, API keys stay.
pub async fn change_password(
    services: &Services,
    member: &Member,
    origin: &Origin,
    current: &str,
    new: &str,
) -> Result<()> {
    let mut errors = FieldErrors::default();
    let current = errors.check("currentPassword", presented_password(current));
    let new = errors.check("newPassword", password(new));
    let (Some(current), Some(new)) = (current, new) else { return Err(errors.into()) };
    let user = login::check_password(services, member, current, origin).await?;
    let hash = choose(services, "newPassword", &new, &[&user.name, &user.email]).await?;
    let tx = services.db.begin().await?;
    let mut model = unchanged(&tx, user).await?.into_active_model();
    model.password_hash = Set(hash);
    model.wrong_codes = Set(0);
    model.updated_at = Set(stored(services.clock.now()));
    let user = model.update(&tx).await?;
    session::revoke_others(services, &tx, user.id, Some(member.session_id)).await?;
    mail_token::end(services, &tx, user.id, mail_token::POWERS).await?;
    audit::record(services, &tx, origin, Kind::PasswordChanged, Some(user.id), None).await?;
    outbox::notify(services, &tx, &user, Occasion::PasswordChanged, origin).await?;
    tx.commit().await?;
    services.cluster.publish(Topic::AccessRevoked(user.id));
    services.cluster.publish(Topic::Outbox);
    Ok(())
}

/// Changes what a person shows of themselves.
pub async fn update_profile(
    services: &Services,
    member: &Member,
    origin: &Origin,
    change: ProfileChange,
) -> Result<User> {
    let change = change.parse()?;
    let tx = services.db.begin().await?;
    let user = user::lock(&tx, member.user_id).await?.ok_or(Error::Unauthenticated)?;
    let mut model = user.into_active_model();
    let mut fields = Vec::new();
    if let Some(name) = change.name {
        model.name = Set(name);
        fields.push("name");
    }
    if let Some(phone) = change.phone {
        model.phone = Set(phone);
        fields.push("phone");
    }
    model.updated_at = Set(stored(services.clock.now()));
    let user = model.update(&tx).await?;
    let detail = Some(json!({ "fields": fields }));
    audit::record(services, &tx, origin, Kind::ProfileUpdated, Some(user.id), detail).await?;
    tx.commit().await?;
    Ok(user)
}

/// Ends all access to the account at once, and its personal data after a time of grace.
pub async fn request_deletion(
    services: &Services,
    member: &Member,
    origin: &Origin,
    password: &str,
) -> Result<Timestamp> {
    let user = login::check_password(services, member, password, origin).await?;
    let now = services.clock.now();
    let erase_at = now + GRACE;
    let tx = services.db.begin().await?;
    if user.role == Role::Admin && user::other_admins(&tx, user.id).await? == 0 {
        return Err(Error::Conflict(Conflict::LastAdministrator));
    }
    let mut model = unchanged(&tx, user).await?.into_active_model();
    model.erase_at = Set(Some(stored(erase_at)));
    model.updated_at = Set(stored(now));
    let user = model.update(&tx).await?;
    session::revoke_all(services, &tx, user.id).await?;
    session::revoke_keys(services, &tx, user.id).await?;
    mail_token::end(services, &tx, user.id, mail_token::POWERS).await?;
    audit::record(services, &tx, origin, Kind::DeletionRequested, Some(user.id), None).await?;
    outbox::notify(services, &tx, &user, Occasion::DeletionRequested { erase_at }, origin).await?;
    let events = job::pause(services, &tx, user.id).await?;
    job::finish(services, tx, None, &events).await?;
    services.cluster.publish(Topic::AccessRevoked(user.id));
    services.cluster.publish(Topic::Outbox);
    Ok(erase_at)
}

/// Keeps the account of somebody who signs in during the time of grace; nothing to do for others. What
/// happens to jobs thereby is to be appended last.
pub(super) async fn cancel_deletion(
    services: &Services,
    tx: &Transaction,
    user: User,
    origin: &Origin,
) -> Result<(User, Vec<NewEvent>)> {
    if user.erase_at.is_none() {
        return Ok((user, Vec::new()));
    }
    let mut model = user.into_active_model();
    model.erase_at = Set(None);
    model.updated_at = Set(stored(services.clock.now()));
    let user = model.update(tx).await?;
    let origin = origin.as_user(user.id);
    audit::record(services, tx, &origin, Kind::DeletionCancelled, Some(user.id), None).await?;
    outbox::notify(services, tx, &user, Occasion::DeletionCancelled, &origin).await?;
    let events = job::resume(services, tx, &user).await?;
    Ok((user, events))
}

impl ProfileChange {
    fn parse(self) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let name = self.name.and_then(|name| errors.check("name", line(&name, NAME_MIN, NAME_MAX)));
        let phone = match self.phone.as_ref().map(|phone| phone.as_deref().map(str::trim)) {
            None => None,
            Some(None | Some("")) => Some(None),
            Some(Some(text)) => Some(errors.check("phone", phone(text))),
        };
        if errors.is_empty() { Ok(Self { name, phone }) } else { Err(errors.into()) }
    }
}
