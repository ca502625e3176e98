//! The caller of a request, and the capabilities that they can prove.

use std::{net::IpAddr, sync::Arc};

use async_graphql::Enum;
use chrono::TimeDelta;

use crate::{
    clock::Timestamp,
    entity::user::Role,
    error::{Error, Result},
};

/// How long before a key's expiry its answers report it.
const NOTICE: TimeDelta = TimeDelta::days(14);

/// The caller of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    Anonymous,
    Member(Member),
    Machine(Machine),
}

/// A person with a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub user_id: i64,
    pub session_id: i64,
    pub role: Role,
}

/// A program with an API key of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    pub key_id: i64,
    pub user_id: i64,
    pub scopes: Vec<Scope>,
    /// Whether only documents of the manifest may run with this key.
    pub trusted_documents_only: bool,
    /// When its key expires.
    pub expires_at: Timestamp,
    /// The secret and the address of its connection.
    pub connected: Arc<Connected>,
}

/// The secret and the address that a program uses a key with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Connected {
    pub secret_digest: String,
    pub address: IpAddr,
}

/// The credential of a person.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Credential {
    Session(i64),
    Key(i64, Arc<Connected>),
}

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(name = "ApiKeyScope")]
pub enum Scope {
    /// See the jobs that its owner sees.
    JobsRead,
    /// Post, change and apply to jobs as its owner.
    JobsWrite,
}

impl Scope {
    pub const ALL: &[Self] = &[Self::JobsRead, Self::JobsWrite];

    /// The name in requests and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::JobsRead => "jobs:read",
            Self::JobsWrite => "jobs:write",
        }
    }

    /// The scope with a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|scope| scope.name() == name)
    }
}

/// Proof that the caller is an administrator.
#[derive(Debug, Clone, Copy)]
pub struct Admin {
    pub user_id: i64,
    pub session_id: i64,
}

/// Proof that the caller may act on jobs for this person.
#[derive(Debug, Clone)]
pub struct Actor {
    pub user_id: i64,
    pub credential: Credential,
    pub is_admin: bool,
}

/// Which rows the caller may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    Public,
    Person(i64),
    Everything,
}

impl Audience {
    /// The same for all persons: statements for them differ in values only.
    pub(in crate::domain) fn kind(self) -> Self {
        match self {
            Self::Person(_) => Self::Person(0),
            Self::Public | Self::Everything => self,
        }
    }
}

impl Admin {
    /// The administrator as an ordinary member.
    #[must_use]
    pub fn member(&self) -> Member {
        let Self { user_id, session_id } = *self;
        Member { user_id, session_id, role: Role::Admin }
    }
}

impl Actor {
    /// Which jobs the person may see.
    #[must_use]
    pub fn audience(&self) -> Audience {
        if self.is_admin { Audience::Everything } else { Audience::Person(self.user_id) }
    }

    /// The API key that acts, if the person does not act directly.
    #[must_use]
    pub fn key_id(&self) -> Option<i64> {
        self.credential.key_id()
    }
}

impl Credential {
    /// The session, if it is one.
    #[must_use]
    pub fn session_id(&self) -> Option<i64> {
        if let Self::Session(id) = self { Some(*id) } else { None }
    }

    /// The API key, if it is one.
    #[must_use]
    pub fn key_id(&self) -> Option<i64> {
        if let Self::Key(id, _) = self { Some(*id) } else { None }
    }
}

impl Viewer {
    /// The signed-in person; API keys can only act on jobs.
    pub fn member(&self) -> Result<&Member> {
        match self {
            Self::Anonymous => Err(Error::Unauthenticated),
            Self::Member(member) => Ok(member),
            Self::Machine(_) => Err(Error::Forbidden),
        }
    }

    /// The signed-in administrator.
    pub fn admin(&self) -> Result<Admin> {
        match self.member()? {
            &Member { role: Role::Admin, user_id, session_id } => Ok(Admin { user_id, session_id }),
            Member { .. } => Err(Error::Forbidden),
        }
    }

    /// The actor on jobs: a member, or a key with `jobs:write`.
    pub fn actor(&self) -> Result<Actor> {
        match self {
            Self::Anonymous => Err(Error::Unauthenticated),
            Self::Member(member) => Ok(Actor {
                user_id: member.user_id,
                credential: Credential::Session(member.session_id),
                is_admin: member.role == Role::Admin,
            }),
            Self::Machine(machine) => {
                machine.require(Scope::JobsWrite)?;
                Ok(Actor {
                    user_id: machine.user_id,
                    credential: Credential::Key(machine.key_id, machine.connected.clone()),
                    is_admin: false,
                })
            }
        }
    }

    /// Which jobs the caller may see: a key needs `jobs:read`.
    pub fn audience(&self) -> Result<Audience> {
        match self {
            Self::Anonymous => Ok(Audience::Public),
            Self::Member(Member { role: Role::Admin, .. }) => Ok(Audience::Everything),
            Self::Member(member) => Ok(Audience::Person(member.user_id)),
            Self::Machine(machine) => {
                machine.require(Scope::JobsRead)?;
                Ok(Audience::Person(machine.user_id))
            }
        }
    }

    /// Checks that the caller is authenticated.
    pub fn known(&self) -> Result<()> {
        match self {
            Self::Anonymous => Err(Error::Unauthenticated),
            Self::Member(_) | Self::Machine(_) => Ok(()),
        }
    }

    /// The person behind the request, if there is one.
    #[must_use]
    pub fn user_id(&self) -> Option<i64> {
        match self {
            Self::Anonymous => None,
            Self::Member(member) => Some(member.user_id),
            Self::Machine(machine) => Some(machine.user_id),
        }
    }

    /// The API key of the request, if it has one.
    #[must_use]
    pub fn key_id(&self) -> Option<i64> {
        match self {
            Self::Machine(machine) => Some(machine.key_id),
            Self::Anonymous | Self::Member(_) => None,
        }
    }

    /// Whether the caller's key is restricted to documents of the manifest.
    #[must_use]
    pub fn runs_trusted_documents_only(&self) -> bool {
        matches!(self, Self::Machine(Machine { trusted_documents_only: true, .. }))
    }

    #[must_use]
    pub fn is_admin(&self) -> bool {
        matches!(self, Self::Member(Member { role: Role::Admin, .. }))
    }
}

impl Machine {
    /// Whether answers should report that the key expires soon.
    #[must_use]
    pub fn ends_soon(&self, now: Timestamp) -> bool {
        self.expires_at <= now + NOTICE
    }

    fn require(&self, scope: Scope) -> Result<()> {
        if self.scopes.contains(&scope) { Ok(()) } else { Err(Error::MissingScope(scope.name())) }
    }
}
