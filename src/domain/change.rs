//! The one way to begin a transaction that writes: on a ground that is asked for again under a lock.
//!
//! Between the moment a request is authenticated and the moment it writes, its session may be ended,
//! its key revoked, its account suspended or deleted, its administrator made a user. A change therefore
//! begins with reading all of that once more, in rows that stay locked until it ends: whoever takes the
//! ground away waits for the change, or the change waits for them and is refused. SQLite has one writer
//! at a time; there it is enough to read inside the transaction.
//!
//! Whoever locks rows of several tables does so in this order, so that nobody waits in a circle:
//! users (several by their ids), then the session or the API key, refresh tokens and links, jobs,
//! applications, and last the advisory lock of `event::append`. A row that is going to be updated is
//! locked for that from the beginning.

use std::ops::Deref;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, ExecResult, QueryFilter,
    QueryOrder, QueryResult, QuerySelect, Statement, entity::prelude::async_trait::async_trait,
    sea_query::LockType,
};

use crate::{
    domain::{
        Services, api_key,
        database::Transaction,
        session,
        user::{Role, User},
        viewer::{Actor, Admin, Credential, Member, Scope},
    },
    entity::user,
    error::{Error, Noun, Result},
};

/// Others may hold the same row in this way, and nobody may change it.
const SHARED: LockType = LockType::Share;
/// Nobody else holds the row; a row that refers to it may still be inserted.
pub(super) const OWN: LockType = LockType::NoKeyUpdate;

/// A transaction that writes; dropped without a commit, it has done nothing.
pub struct Change(Transaction);

/// What somebody's change stands on: an account in good standing, a credential that is taken, and the
/// right that the caller has shown.
pub struct Ground {
    user_id: i64,
    credential: Credential,
    right: Right,
}

enum Right {
    /// What everybody may.
    Own,
    Administer,
    /// What a key may with this scope.
    Scoped(Scope),
}

impl Change {
    /// Begins a change for somebody who does not change their own account, session or key: the ground is
    /// shared with the other changes of the same person.
    pub(super) async fn begin(services: &Services, ground: impl Into<Ground>) -> Result<Self> {
        let change = Self::of_the_gateway(services).await?;
        change.hold(services, &ground.into(), SHARED).await?;
        Ok(change)
    }

    /// Begins a change of jobs for somebody; who they are now. Whoever is not an administrator any more
    /// goes on as the person that they are.
    pub(super) async fn acting(services: &Services, actor: &Actor) -> Result<(Self, Actor)> {
        let change = Self::of_the_gateway(services).await?;
        let user = change.hold(services, &actor.into(), SHARED).await?;
        let is_admin = actor.is_admin && user.role == Role::Admin;
        Ok((change, Actor { is_admin, ..actor.clone() }))
    }

    /// Begins a change of somebody's own account, sessions or number of keys: one after the other.
    pub(super) async fn of_account(services: &Services, member: &Member) -> Result<(Self, User)> {
        let change = Self::of_the_gateway(services).await?;
        let user = change.hold(services, &member.into(), OWN).await?;
        Ok((change, user))
    }

    /// Begins a change of the account of somebody else.
    pub(super) async fn of_other(
        services: &Services,
        admin: &Admin,
        id: i64,
    ) -> Result<(Self, User)> {
        let change = Self::of_the_gateway(services).await?;
        // Both, in the order of their ids: of two who act on each other one comes too late.
        let both = user::Entity::find()
            .filter(user::Column::Id.is_in([admin.user_id, id]))
            .order_by_asc(user::Column::Id)
            .lock(OWN)
            .all(&change)
            .await?;
        change.hold(services, &admin.into(), SHARED).await?;
        let other = both.into_iter().find(|user| user.id == id && user.deleted_at.is_none());
        Ok((change, other.ok_or(Error::NotFound(Noun::User))?))
    }

    /// Begins work that nobody's standing carries: what the gateway does by itself, at the operator's
    /// command, or for a stranger, whose proof (a password, a mailed link, a refresh token) the
    /// operation compares again under a lock of its own.
    pub(super) async fn of_the_gateway(services: &Services) -> Result<Self> {
        Ok(Self(services.db.begin().await?))
    }

    pub(super) async fn commit(self) -> Result<()> {
        Ok(self.0.commit().await?)
    }

    /// Locks what the ground is made of and looks whether it still carries; the account.
    async fn hold(&self, services: &Services, ground: &Ground, lock: LockType) -> Result<User> {
        let (user, scopes) = match &ground.credential {
            Credential::Session(id) => {
                (session::hold(services, self, (ground.user_id, *id), lock).await?, Vec::new())
            }
            Credential::Key(id, connected) => {
                let key = (ground.user_id, *id, &**connected);
                api_key::hold(services, self, key, lock).await?
            }
        };
        match ground.right {
            Right::Administer if user.role != Role::Admin => Err(Error::Forbidden),
            Right::Scoped(scope) if !scopes.contains(&scope) => {
                Err(Error::MissingScope(scope.name()))
            }
            _ => Ok(user),
        }
    }
}

impl From<&Member> for Ground {
    fn from(member: &Member) -> Self {
        let credential = Credential::Session(member.session_id);
        Self { user_id: member.user_id, credential, right: Right::Own }
    }
}

impl From<&Admin> for Ground {
    fn from(admin: &Admin) -> Self {
        let credential = Credential::Session(admin.session_id);
        Self { user_id: admin.user_id, credential, right: Right::Administer }
    }
}

impl From<&Actor> for Ground {
    fn from(actor: &Actor) -> Self {
        let right = match &actor.credential {
            Credential::Key(..) => Right::Scoped(Scope::JobsWrite),
            Credential::Session(_) => Right::Own,
        };
        Self { user_id: actor.user_id, credential: actor.credential.clone(), right }
    }
}

impl Deref for Change {
    type Target = Transaction;

    fn deref(&self) -> &Transaction {
        &self.0
    }
}

#[async_trait]
impl ConnectionTrait for Change {
    fn get_database_backend(&self) -> DbBackend {
        self.0.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.0.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.0.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.0.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.0.query_all_raw(statement).await
    }
}
