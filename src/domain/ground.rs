//! The ground of each kind of caller: account, session or key, and right.

use sea_orm::sea_query::LockType;

use super::{
    change::{Change, Ground},
    keys, session,
    viewer::{Actor, Admin, Credential, Member, Scope},
};
use crate::{
    entity::user::{Model as User, Role},
    error::{Error, Result},
};

impl Ground for Member {
    async fn hold(&self, change: &Change<'_>, lock: LockType) -> Result<User> {
        session::hold(change, (self.user_id, self.session_id), lock).await
    }
}

impl Ground for Admin {
    async fn hold(&self, change: &Change<'_>, lock: LockType) -> Result<User> {
        let user = session::hold(change, (self.user_id, self.session_id), lock).await?;
        if user.role == Role::Admin { Ok(user) } else { Err(Error::Forbidden) }
    }
}

impl Ground for Actor {
    async fn hold(&self, change: &Change<'_>, lock: LockType) -> Result<User> {
        let (key_id, connected) = match &self.credential {
            Credential::Session(id) => {
                return session::hold(change, (self.user_id, *id), lock).await;
            }
            Credential::Key(id, connected) => (*id, &**connected),
        };
        let (owner, scopes) = keys::hold(change, (self.user_id, key_id, connected), lock).await?;
        if scopes.contains(&Scope::JobsWrite) {
            Ok(owner)
        } else {
            Err(Error::MissingScope(Scope::JobsWrite.name()))
        }
    }
}
