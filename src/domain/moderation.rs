//! What administrators do to accounts; every act is in the audit log.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use serde_json::{Value, json};

use crate::{
    cluster::Topic,
    domain::{
        Services,
        audit::{self, Kind, Origin},
        database::Transaction,
        event::NewEvent,
        input::line,
        job,
        mail_token::{self, Purpose},
        outbox,
        page::{self, Page, PageArgs, Position},
        session::{self, Proof},
        stored,
        user::{Role, User},
        viewer::Admin,
    },
    entity::user,
    error::{Conflict, Error, FieldErrors, Noun, Result},
    mail::Occasion,
};

pub const REASON_MAX: usize = 200;
const SEARCH_MAX: usize = 100;
/// The list that cursors of people belong to.
pub const LIST: &str = "users:newest";

/// What a list of people is narrowed to; unset parts do not narrow.
#[derive(Debug, Clone, Default)]
pub struct UserFilter {
    /// A part of the name or the address.
    pub search: Option<String>,
    pub role: Option<Role>,
    pub is_verified: Option<bool>,
    pub is_suspended: Option<bool>,
}

/// One page of all accounts but the deleted ones, newest first.
pub async fn list(
    services: &Services,
    _: &Admin,
    filter: &UserFilter,
    args: &PageArgs,
) -> Result<Page<User>> {
    let place = (user::Column::CreatedAt, user::Column::Id);
    page::newest(services, filter.select()?, place, args).await
}

/// How many accounts the filter leaves.
pub async fn count(services: &Services, _: &Admin, filter: &UserFilter) -> Result<u64> {
    Ok(filter.select()?.count(services.db.read()).await?)
}

/// The place of an account in its list.
#[must_use]
pub fn position(user: &User) -> Position {
    Position { key: user.created_at.0.timestamp_millis(), id: user.id }
}

/// Locks an account out: its sessions and keys stop at once, and its published jobs are paused.
pub async fn suspend(
    services: &Services,
    admin: &Admin,
    origin: &Origin,
    id: i64,
    reason: &str,
) -> Result<User> {
    let mut act = Act::new(services, admin, origin, id, Some(reason)).await?;
    let now = services.clock.now();
    let mut model = act.user.clone().into_active_model();
    model.suspended_at = Set(Some(stored(now)));
    model.suspended_reason = Set(act.reason.clone());
    model.updated_at = Set(stored(now));
    let user = model.update(&act.tx).await?;
    session::revoke_all(services, &act.tx, id).await?;
    mail_token::end(services, &act.tx, id, mail_token::POWERS).await?;
    act.events = job::pause(services, &act.tx, id).await?;
    act.commit(Kind::UserSuspended, Some(Occasion::AccountSuspended), json!({})).await?;
    Ok(user)
}

/// Lets a suspended account sign in again; its paused jobs are back on the board.
pub async fn reinstate(
    services: &Services,
    admin: &Admin,
    origin: &Origin,
    id: i64,
) -> Result<User> {
    let mut act = Act::new(services, admin, origin, id, None).await?;
    let mut model = act.user.clone().into_active_model();
    model.suspended_at = Set(None);
    model.suspended_reason = Set(None);
    model.updated_at = Set(stored(services.clock.now()));
    let user = model.update(&act.tx).await?;
    act.events = job::resume(services, &act.tx, &user).await?;
    act.commit(Kind::UserReinstated, Some(Occasion::AccountReinstated), json!({})).await?;
    Ok(user)
}

/// Ends all sessions of an account; API keys go on.
pub async fn sign_out(
    services: &Services,
    admin: &Admin,
    origin: &Origin,
    id: i64,
    reason: &str,
) -> Result<User> {
    let act = Act::new(services, admin, origin, id, Some(reason)).await?;
    let user = act.user.clone();
    session::revoke_all(services, &act.tx, id).await?;
    mail_token::end(services, &act.tx, id, mail_token::POWERS).await?;
    act.commit(Kind::SignedOutByAdmin, Some(Occasion::SignedOutByAdmin), json!({})).await?;
    Ok(user)
}

/// Mails somebody the link of their registration again, or one to choose a new password; as rarely
/// as they could ask for it themselves.
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
    if let Some(retry_after) = mail_token::wait(services, &act.tx, id, purpose).await? {
        return Err(Error::RateLimited { retry_after });
    }
    mail_token::promise(services, &act.tx, id, purpose, &user.email).await?;
    act.commit(Kind::MailResent, None, json!({})).await?;
    Ok(user)
}

/// Makes somebody an administrator, or an administrator a user; it counts from the next request on. It
/// outlives the session of who does it, so it takes a fresh proof.
pub async fn change_role(
    services: &Services,
    admin: &Admin,
    origin: &Origin,
    id: i64,
    proof: &Proof,
    (role, reason): (Role, &str),
) -> Result<User> {
    session::prove(services, &admin.member(), origin, proof).await?;
    let act = Act::new(services, admin, origin, id, Some(reason)).await?;
    let mut model = act.user.clone().into_active_model();
    model.role = Set(role);
    model.updated_at = Set(stored(services.clock.now()));
    let user = model.update(&act.tx).await?;
    let detail = json!({ "from": name(act.user.role), "to": name(role) });
    act.commit(Kind::RoleChanged, None, detail).await?;
    Ok(user)
}

/// An act on somebody's account, not yet committed.
struct Act<'a> {
    services: &'a Services,
    origin: &'a Origin,
    tx: Transaction,
    /// The account as it was.
    user: User,
    reason: Option<String>,
    /// What happens to jobs thereby.
    events: Vec<NewEvent>,
}

impl<'a> Act<'a> {
    /// Nobody acts on their own account, and who acts is an administrator still: so there is always
    /// one left.
    async fn new(
        services: &'a Services,
        admin: &Admin,
        origin: &'a Origin,
        id: i64,
        reason: Option<&str>,
    ) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let parsed = reason.map(|text| errors.check("reason", line(text, 1, REASON_MAX)));
        if id == admin.user_id {
            return Err(Error::Forbidden);
        }
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let tx = services.db.begin().await?;
        // Both, in the order of their keys: of two who act on each other one comes too late.
        let both = present().filter(user::Column::Id.is_in([admin.user_id, id]));
        let both = both.order_by_asc(user::Column::Id).lock_exclusive().all(&tx).await?;
        let may_act = |user: &User| user.role == Role::Admin && user.suspended_at.is_none();
        if !both.iter().any(|user| user.id == admin.user_id && may_act(user)) {
            return Err(Error::Forbidden);
        }
        let user = both.into_iter().find(|user| user.id == id);
        let user = user.ok_or(Error::NotFound(Noun::User))?;
        Ok(Self { services, origin, tx, user, reason: parsed.flatten(), events: Vec::new() })
    }

    async fn commit(self, kind: Kind, told: Option<Occasion>, mut detail: Value) -> Result<()> {
        let Self { services, origin, tx, user, reason, events } = self;
        if let Some(reason) = reason {
            detail["reason"] = reason.into();
        }
        audit::record(services, &tx, origin, kind, Some(user.id), Some(detail)).await?;
        if let Some(occasion) = told {
            // From where an administrator acts is none of the person's business.
            outbox::notify(services, &tx, &user, occasion, &Origin::default()).await?;
        }
        job::finish(services, tx, None, &events).await?;
        services.cluster.publish(Topic::AccessRevoked(user.id));
        services.cluster.publish(Topic::Outbox);
        Ok(())
    }
}

impl UserFilter {
    fn select(&self) -> Result<Select<user::Entity>> {
        let mut errors = FieldErrors::default();
        let text = self.search.as_deref();
        let search = text.and_then(|text| errors.check("filter.search", line(text, 1, SEARCH_MAX)));
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

fn name(role: Role) -> &'static str {
    match role {
        Role::User => "user",
        Role::Admin => "admin",
    }
}
