//! The one way to write: a transaction on a ground that is asked for again under a lock, and whose commit
//! appends the events, writes the audit log and the mails, and wakes who waits for them.
//!
//! Between the moment a request is authenticated and the moment it writes, its session may be ended,
//! its key revoked, its account suspended or deleted, its administrator made a user. A change therefore
//! begins with reading all of that once more, in rows that stay locked until it ends: whoever takes the
//! ground away waits for the change, or the change waits for them and is refused. SQLite has one writer
//! at a time; there it is enough to read inside the transaction.
//!
//! Whoever locks rows of several tables does so in this order, so that nobody waits in a circle:
//! users (several by their ids), then the session or the API key, refresh tokens and links, jobs,
//! applications, and last the advisory lock of `events::append`. A row that is going to be updated is
//! locked for that from the beginning.

mod audit;
mod connection;
mod events;
mod mails;

use std::{
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
};

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::LockType,
};

pub(crate) use self::events::lock_log;
pub use self::events::{NewEvent, about_application, about_change};
pub(in crate::domain) use self::{audit::record, events::last_position};
use crate::{
    clock::Timestamp,
    cluster::Topic,
    domain::{
        Services,
        origin::Origin,
        store::database::Transaction,
        viewer::{Actor, Admin, Member},
    },
    entity::user::{self, Model as User, Role},
    error::{Error, Noun, Result},
};

/// Others may hold the same row in this way, and nobody may change it.
const SHARED: LockType = LockType::Share;
/// Nobody else holds the row; a row that refers to it may still be inserted.
pub(super) const OWN: LockType = LockType::NoKeyUpdate;

/// A transaction that writes; dropped without a commit, it has done nothing.
pub struct Change<'s> {
    tx: Transaction,
    pub(super) services: &'s Services,
    /// Who does it, and from where: what the audit log and mails say.
    pub(super) origin: Origin,
    /// Who acts on jobs.
    actor: Option<Actor>,
    pending: Mutex<Pending>,
}

/// What the commit is going to do besides.
#[derive(Default)]
struct Pending {
    events: Vec<NewEvent>,
    wake_ups: Vec<Topic>,
}

/// What somebody's change stands on: an account in good standing, a credential that is taken, and the
/// right that the caller has shown.
pub(super) trait Ground {
    /// Locks what the ground is made of and looks whether it still carries; the account.
    fn hold(
        &self,
        change: &Change<'_>,
        lock: LockType,
    ) -> impl Future<Output = Result<User>> + Send;
}

impl<'s> Change<'s> {
    /// Begins a change for somebody who does not change their own account, session or key: the ground is
    /// shared with the other changes of the same person.
    pub(super) async fn begin(
        services: &'s Services,
        ground: &impl Ground,
        origin: &Origin,
    ) -> Result<Self> {
        let change = Self::of_the_gateway(services, origin).await?;
        ground.hold(&change, SHARED).await?;
        Ok(change)
    }

    /// Begins a change of jobs for somebody; who they are now. Whoever is not an administrator any more
    /// goes on as the person that they are.
    pub(super) async fn acting(services: &'s Services, actor: &Actor) -> Result<(Self, Actor)> {
        let mut change = Self::of_the_gateway(services, &Origin::default()).await?;
        let user = actor.hold(&change, SHARED).await?;
        let is_admin = actor.is_admin && user.role == Role::Admin;
        let actor = Actor { is_admin, ..actor.clone() };
        change.actor = Some(actor.clone());
        Ok((change, actor))
    }

    /// Begins a change of somebody's own account, sessions or number of keys: one after the other.
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

    /// Begins a change of the account of somebody else.
    pub(super) async fn of_other(
        services: &'s Services,
        admin: &Admin,
        origin: &Origin,
        id: i64,
    ) -> Result<(Self, User)> {
        let change = Self::of_the_gateway(services, origin).await?;
        // Both, in the order of their ids: of two who act on each other one comes too late.
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

    /// Begins work that nobody's standing carries: what the gateway does by itself, at the operator's
    /// command, or for a stranger, whose proof (a password, a mailed link, a refresh token) the
    /// operation compares again under a lock of its own.
    pub(crate) async fn of_the_gateway(services: &'s Services, origin: &Origin) -> Result<Self> {
        let tx = services.db.begin().await?;
        let (origin, pending) = (origin.clone(), Mutex::default());
        Ok(Self { tx, services, origin, actor: None, pending })
    }

    /// The moment of the change.
    pub(super) fn now(&self) -> Timestamp {
        self.services.clock.now()
    }

    /// Something has happened to a job: it is told when the change is committed.
    pub(super) fn happened(&self, event: NewEvent) {
        self.pending().events.push(event);
    }

    /// Wakes those who wait for this, once the change is committed.
    pub(crate) fn wake(&self, topic: Topic) {
        let mut pending = self.pending();
        if !pending.wake_ups.contains(&topic) {
            pending.wake_ups.push(topic);
        }
    }

    /// Appends the events, makes everything last and wakes who waits for it.
    pub(crate) async fn commit(self) -> Result<()> {
        let Pending { events, mut wake_ups } = mem::take(&mut *self.pending());
        if !events.is_empty() {
            events::append(&self.tx, self.actor.as_ref(), self.now(), &events).await?;
            wake_ups.push(Topic::Events);
        }
        self.tx.commit().await?;
        for topic in wake_ups {
            self.services.cluster.publish(topic);
        }
        Ok(())
    }

    fn pending(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The locked account, if its password is the one that was proven.
pub(super) fn unchanged(user: User, proven: &User) -> Result<User> {
    if user.password_hash == proven.password_hash {
        Ok(user)
    } else {
        Err(Error::InvalidCredentials)
    }
}
