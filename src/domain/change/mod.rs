//! The one way to write: a transaction whose ground is checked again under a lock, and whose commit
//! appends events, writes the audit log and mails, and wakes listeners.
//!
//! Between authentication and the write, the session may end, the key may be revoked, the account
//! may be suspended or erased, or an administrator may lose the role. A change therefore begins by
//! reading all of that again, in rows that stay locked until it ends: a concurrent change of the
//! ground waits for this one, or this one waits and is refused. SQLite has one writer at a time, so
//! reading inside the transaction is enough.
//!
//! To prevent deadlocks, rows of several tables are always locked in this order: users (several by
//! id), then the session or the API key, refresh tokens and links, jobs, applications, reviews, the
//! follower that makes notices, notices by id, and last the advisory lock of the `sequencer`, whose holder waits for
//! nobody. A row that will be updated is locked for
//! that from the start.

mod audit;
mod connection;
mod events;
mod mails;
mod sequencer;

use std::{
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
};

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::LockType,
};

pub(crate) use self::sequencer::lock_log;
pub(in crate::domain) use self::{
    audit::record,
    sequencer::{last_position, number_abandoned, oldest_unnumbered},
};
pub use self::{
    events::{NewEvent, about_application, about_change, about_transition},
    sequencer::Sequencer,
};
use crate::{
    clock::Timestamp,
    cluster::Topic,
    domain::{
        Services,
        origin::Origin,
        store::database::Transaction,
        viewer::{Actor, Admin, Credential, Member},
    },
    entity::user::{self, Model as User, Role},
    error::{Error, Noun, Result},
};

/// Others may also lock the row in this mode, but nobody may change it.
const SHARED: LockType = LockType::Share;
/// Nobody else may lock the row; rows that refer to it may still be inserted.
pub(super) const OWN: LockType = LockType::NoKeyUpdate;

/// A writing transaction; rolled back if it is dropped without a commit.
pub struct Change<'s> {
    tx: Transaction,
    pub(super) services: &'s Services,
    /// Who makes the change, and from where, for the audit log and mails.
    pub(super) origin: Origin,
    /// The actor on jobs.
    actor: Option<Actor>,
    pending: Mutex<Pending>,
}

/// What the commit does besides.
#[derive(Default)]
struct Pending {
    events: Vec<NewEvent>,
    wake_ups: Vec<Topic>,
}

/// What a change relies on: an account in good standing, a valid credential, and the right that the
/// caller has proven.
pub(super) trait Ground {
    /// Locks the rows of the ground and checks it again; returns the account.
    fn hold(
        &self,
        change: &Change<'_>,
        lock: LockType,
    ) -> impl Future<Output = Result<User>> + Send;
}

impl<'s> Change<'s> {
    /// Begins a change that does not touch the caller's own account, session or key: changes of one
    /// person may run concurrently.
    pub(super) async fn begin(
        services: &'s Services,
        ground: &impl Ground,
        origin: &Origin,
    ) -> Result<Self> {
        let change = Self::of_the_gateway(services, origin).await?;
        ground.hold(&change, SHARED).await?;
        Ok(change)
    }

    /// Begins a change of jobs and returns the current actor. A former administrator continues as
    /// an ordinary person.
    pub(super) async fn acting(services: &'s Services, actor: &Actor) -> Result<(Self, Actor)> {
        let mut change = Self::of_the_gateway(services, &Origin::default()).await?;
        let actor = change.hold_actor(actor).await?;
        Ok((change, actor))
    }

    async fn hold_actor(&mut self, actor: &Actor) -> Result<Actor> {
        let user = actor.hold(self, SHARED).await?;
        let is_admin = actor.is_admin && user.role == Role::Admin;
        let actor = Actor { is_admin, ..actor.clone() };
        self.actor = Some(actor.clone());
        Ok(actor)
    }

    /// The same where the change also relies on somebody else's account, which is returned: both are locked in
    /// the order of their ids.
    pub(super) async fn acting_beside(
        services: &'s Services,
        actor: &Actor,
        other: i64,
    ) -> Result<(Self, Actor, User)> {
        let mut change = Self::of_the_gateway(services, &Origin::default()).await?;
        let both = user::Entity::find()
            .filter(user::Column::Id.is_in([actor.user_id, other]))
            .order_by_asc(user::Column::Id)
            .lock(SHARED)
            .all(&change)
            .await?;
        let actor = change.hold_actor(actor).await?;
        let other = both.into_iter().find(|user| user.id == other);
        Ok((change, actor, other.ok_or(Error::NotFound(Noun::User))?))
    }

    /// Begins a change of a job by an administrator, for the audit log as well as for the log of jobs.
    pub(super) async fn ruling(
        services: &'s Services,
        admin: &Admin,
        origin: &Origin,
    ) -> Result<(Self, Actor)> {
        let mut change = Self::begin(services, admin, origin).await?;
        let credential = Credential::Session(admin.session_id);
        let actor = Actor { user_id: admin.user_id, credential, is_admin: true };
        change.actor = Some(actor.clone());
        Ok((change, actor))
    }

    /// Begins a change of the caller's own account, sessions or keys, one at a time.
    pub(super) async fn of_account(
        services: &'s Services,
        member: &Member,
        origin: &Origin,
    ) -> Result<(Self, User)> {
        let change = Self::of_the_gateway(services, origin).await?;
        let user = member.hold(&change, OWN).await?;
        Ok((change, user))
    }

    /// The same for an account whose password was proven, unless it has changed since.
    pub(super) async fn of_proven(
        services: &'s Services,
        member: &Member,
        origin: &Origin,
        proven: &User,
    ) -> Result<(Self, User)> {
        let (change, user) = Self::of_account(services, member, origin).await?;
        Ok((change, unchanged(user, proven)?))
    }

    /// Begins a change of another person's account.
    pub(super) async fn of_other(
        services: &'s Services,
        admin: &Admin,
        origin: &Origin,
        id: i64,
    ) -> Result<(Self, User)> {
        let change = Self::of_the_gateway(services, origin).await?;
        // Locks both in order of id: if two act on each other, the second is refused.
        let both = user::Entity::find()
            .filter(user::Column::Id.is_in([admin.user_id, id]))
            .order_by_asc(user::Column::Id)
            .lock(OWN)
            .all(&change)
            .await?;
        admin.hold(&change, SHARED).await?;
        let other = both.into_iter().find(|user| user.id == id && user.deleted_at.is_none());
        Ok((change, other.ok_or(Error::NotFound(Noun::User))?))
    }

    /// Begins a change without a caller: background work, the operator's commands, or a stranger's
    /// request, whose proof (password, mailed link, refresh token) the operation checks again under
    /// its own lock.
    pub(crate) async fn of_the_gateway(services: &'s Services, origin: &Origin) -> Result<Self> {
        let tx = services.db.begin().await?;
        let (origin, pending) = (origin.clone(), Mutex::default());
        Ok(Self { tx, services, origin, actor: None, pending })
    }

    /// The time of the change.
    pub(super) fn now(&self) -> Timestamp {
        self.services.clock.now()
    }

    /// Something has happened to a job: it is told when the change is committed.
    pub(super) fn happened(&self, event: NewEvent) {
        self.pending().events.push(event);
    }

    /// Wakes listeners of the topic after the commit.
    pub(crate) fn wake(&self, topic: Topic) {
        let mut pending = self.pending();
        if !pending.wake_ups.contains(&topic) {
            pending.wake_ups.push(topic);
        }
    }

    /// Appends the events, commits the transaction and wakes listeners; those of the log once the
    /// events have positions.
    pub(crate) async fn commit(self) -> Result<()> {
        let Pending { events, wake_ups } = mem::take(&mut *self.pending());
        let services = self.services;
        if events.is_empty() {
            self.tx.commit().await?;
            publish(services, wake_ups);
            return Ok(());
        }
        let writer = services.sequencer.enter();
        let (actor, now) = (self.actor.as_ref(), self.now());
        let holds_log = events::append(&self.tx, actor, now, &events, writer.is_alone).await?;
        if holds_log {
            self.tx.commit_after(sequencer::MOVE).await?;
        } else {
            self.tx.commit().await?;
        }
        publish(services, wake_ups);
        if !holds_log {
            sequencer::number(services).await;
        }
        services.cluster.publish(Topic::Events);
        Ok(())
    }

    fn pending(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn publish(services: &Services, wake_ups: impl IntoIterator<Item = Topic>) {
    for topic in wake_ups {
        services.cluster.publish(topic);
    }
}

/// The locked account, if its password is still the one that was proven.
pub(super) fn unchanged(user: User, proven: &User) -> Result<User> {
    if user.password_hash == proven.password_hash {
        Ok(user)
    } else {
        Err(Error::InvalidCredentials)
    }
}
