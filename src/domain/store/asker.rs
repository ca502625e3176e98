//! For whom statements run: connections to the database are shared fairly between askers.

use std::net::IpAddr;

use ipnet::IpNet;
use tokio::task::futures::TaskLocalFuture;

use crate::{
    domain::viewer::{Machine, Member, Viewer},
    network::widest,
};

tokio::task_local! {
    static ASKER: Asker;
}

/// On whose behalf a statement runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asker {
    /// The gateway itself: background tasks or the command line.
    Gateway,
    User(i64),
    Key(i64),
    /// The network of a caller who is not authenticated.
    Network(IpNet),
}

impl Asker {
    /// A caller of whom only the address is known.
    #[must_use]
    pub fn at(address: IpAddr) -> Self {
        Self::Network(widest(address))
    }

    #[must_use]
    pub fn of(viewer: &Viewer, address: IpAddr) -> Self {
        match viewer {
            Viewer::Anonymous => Self::at(address),
            Viewer::Machine(Machine { key_id, .. }) => Self::Key(*key_id),
            Viewer::Member(Member { user_id, .. }) => Self::User(*user_id),
        }
    }

    /// The asker of the current task.
    pub(in crate::domain) fn current() -> Self {
        ASKER.try_with(|asker| *asker).unwrap_or(Self::Gateway)
    }

    /// Runs work on behalf of this asker; not `async`, which would hold the work twice.
    pub fn scope<F: Future>(self, work: F) -> TaskLocalFuture<Self, F> {
        ASKER.scope(self, work)
    }
}
