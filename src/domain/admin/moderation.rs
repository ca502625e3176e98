//! What administrators do to accounts; every action is in the audit log.

use sea_orm::{
    ActiveEnum, ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait,
    IntoActiveModel, QueryFilter, Select,
};
use serde_json::{Value, json};

use crate::{
    cluster::Topic,
    domain::{
        Services,
        account::user::{Role, User},
        admin::audit::Kind,
        change::Change,
        jobs::job,
        mail::link::{self, Purpose},
        origin::Origin,
        parse::{Length, line},
        session,
        sign_in::reauthenticate::{self, Proof},
        store::page::{self, Page, PageArgs, Position},
        to_millis,
        viewer::Admin,
    },
    entity::user,
    error::{Conflict, Error, FieldErrors, Result},
    mail::NoticeKind,
};

pub const REASON: Length = 1..=200;
pub const SEARCH: Length = 1..=100;
/// Name of the list that its cursors are bound to.
pub const LIST: &str = "users:newest";

/// A filter of people; None does not filter.
#[derive(Debug, Clone, Default)]
pub struct UserFilter {
    /// A part of the name or the address.
    pub search: Option<String>,
    pub role: Option<Role>,
    pub is_verified: Option<bool>,
    pub is_suspended: Option<bool>,
}

/// One page of all accounts except erased ones, newest first.
pub async fn list(
    services: &Services,
    _: &Admin,
    filter: &UserFilter,
    args: &PageArgs,
) -> Result<Page<User>> {
    let place = (user::Column::CreatedAt, user::Column::Id);
    page::newest(services, filter.select()?, place, args).await
}

/// The number of accounts that match the filter.
pub async fn count(services: &Services, _: &Admin, filter: &UserFilter) -> Result<i64> {
    page::count(services, filter.select()?).await
}

/// The position of an account in its list.
#[must_use]
pub fn position(user: &User) -> Position {
    Position { key: user.created_at.0.timestamp_millis(), id: user.id }
}

/// Locks an account out: its sessions and keys end immediately, and its published jobs are paused.
pub async fn suspend(
    services: &Services,
    admin: &Admin,
    origin: &Origin,
    id: i64,
    reason: &str,
) -> Result<User> {
    let act = Act::new(services, admin, origin, id, Some(reason)).await?;
    let now = services.clock.now();
    let mut model = act.user.clone().into_active_model();
    model.suspended_at = Set(Some(to_millis(now)));
    model.suspended_reason = Set(act.reason.clone());
    model.updated_at = Set(to_millis(now));
    let user = model.update(&act.change).await?;
    act.end_access().await?;
    job::pause(&act.change, id).await?;
    act.commit(Kind::UserSuspended, Some(NoticeKind::AccountSuspended), json!({})).await?;
    Ok(user)
}

/// Lets a suspended account sign in again and resumes its paused jobs.
pub async fn reinstate(
    services: &Services,
    admin: &Admin,
    origin: &Origin,
    id: i64,
) -> Result<User> {
    let act = Act::new(services, admin, origin, id, None).await?;
    let mut model = act.user.clone().into_active_model();
    model.suspended_at = Set(None);
    model.suspended_reason = Set(None);
    model.updated_at = Set(to_millis(services.clock.now()));
    let user = model.update(&act.change).await?;
    job::resume(&act.change, &user).await?;
    act.commit(Kind::UserReinstated, Some(NoticeKind::AccountReinstated), json!({})).await?;
    Ok(user)
}

/// Ends all sessions of an account; API keys stay.
pub async fn sign_out(
    services: &Services,
    admin: &Admin,
    origin: &Origin,
    id: i64,
    reason: &str,
) -> Result<User> {
    let act = Act::new(services, admin, origin, id, Some(reason)).await?;
    let user = act.user.clone();
    act.end_access().await?;
    act.commit(Kind::SignedOutByAdmin, Some(NoticeKind::SignedOutByAdmin), json!({})).await?;
    Ok(user)
}

/// Mails the link of a registration again, or one to set a new password, within the same limits as
/// for the account's owner.
pub async fn resend(
    services: &Services,
    admin: &Admin,
    origin: &Origin,
    id: i64,
    purpose: Purpose,
) -> Result<User> {
    let act = Act::new(services, admin, origin, id, None).await?;
    let user = act.user.clone();
    if purpose == Purpose::VerifyEmail && user.verified_at.is_some() {
        return Err(Error::Conflict(Conflict::AlreadyVerified));
    }
    if let Some(retry_after) = link::wait(services, &act.change, id, purpose).await? {
        return Err(Error::RateLimited { retry_after });
    }
    link::enqueue(&act.change, id, purpose, &user.email).await?;
    act.commit(Kind::MailResent, None, json!({})).await?;
    Ok(user)
}

/// Changes somebody's role, effective with their next request. Since it outlives the
/// administrator's session, it requires a fresh proof.
pub async fn change_role(
    services: &Services,
    admin: &Admin,
    origin: &Origin,
    id: i64,
    proof: &Proof,
    (role, reason): (Role, &str),
) -> Result<User> {
    reauthenticate::prove(services, &admin.member(), origin, proof).await?;
    let act = Act::new(services, admin, origin, id, Some(reason)).await?;
    let mut model = act.user.clone().into_active_model();
    model.role = Set(role);
    model.updated_at = Set(to_millis(services.clock.now()));
    let user = model.update(&act.change).await?;
    let detail = json!({ "from": act.user.role.to_value(), "to": role.to_value() });
    act.commit(Kind::RoleChanged, None, detail).await?;
    Ok(user)
}

/// An action on somebody's account, not yet committed.
struct Act<'s> {
    change: Change<'s>,
    /// The account before the action.
    user: User,
    reason: Option<String>,
}

impl<'s> Act<'s> {
    /// Nobody can act on their own account, and the actor is checked to be an administrator: so at
    /// least one always remains.
    async fn new(
        services: &'s Services,
        admin: &Admin,
        origin: &Origin,
        id: i64,
        reason: Option<&str>,
    ) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let parsed = reason.map(|text| errors.check("reason", line(text, REASON)));
        if id == admin.user_id {
            return Err(Error::Forbidden);
        }
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let (change, user) = Change::of_other(services, admin, origin, id).await?;
        Ok(Self { change, user, reason: parsed.flatten() })
    }

    /// Ends all sessions of the account, and the mailed links that give power over it.
    async fn end_access(&self) -> Result<()> {
        session::revoke_all(&self.change, self.user.id).await?;
        link::end(&self.change, self.user.id, link::ACCOUNT_CONTROL_PURPOSES).await
    }

    async fn commit(self, kind: Kind, told: Option<NoticeKind>, mut detail: Value) -> Result<()> {
        let Self { change, user, reason } = self;
        if let Some(reason) = reason {
            detail["reason"] = reason.into();
        }
        change.record(kind, Some(user.id), Some(detail)).await?;
        change.wake(Topic::AccessRevoked(user.id));
        // The mail does not say from where an administrator acted.
        change.notify_all(told.map(|occasion| (user, occasion))).await?;
        change.commit().await
    }
}

impl UserFilter {
    fn select(&self) -> Result<Select<user::Entity>> {
        let mut errors = FieldErrors::default();
        let text = self.search.as_deref();
        let search = text.and_then(|text| errors.check("filter.search", line(text, SEARCH)));
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let is_set = |column: user::Column, set: bool| {
            if set { column.is_not_null() } else { column.is_null() }
        };
        Ok(present().filter(
            Condition::all()
                .add_option(search.map(|text| {
                    Condition::any()
                        .add(page::contains(user::Column::Name, &text))
                        .add(page::contains(user::Column::Email, &text))
                }))
                .add_option(self.role.map(|role| user::Column::Role.eq(role)))
                .add_option(self.is_verified.map(|set| is_set(user::Column::VerifiedAt, set)))
                .add_option(self.is_suspended.map(|set| is_set(user::Column::SuspendedAt, set))),
        ))
    }
}

fn present() -> Select<user::Entity> {
    user::Entity::find().filter(user::Column::DeletedAt.is_null())
}
