//! For whom statements run: connections to the database are shared fairly between askers.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::{
    domain::viewer::{Machine, Member, Viewer},
    network::widest,
};

tokio::task_local! {
    static ASKER: Asker;
}

/// Whoever a statement runs for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asker {
    /// The gateway itself, behind the scenes or at the command line.
    Gateway,
    User(i64),
    Key(i64),
    /// Where somebody is who is not known, or not yet.
    Network(IpNet),
}

impl Asker {
    /// Somebody of whom the address alone is known.
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

    /// Whoever the statements of this task run for.
    pub(in crate::domain) fn current() -> Self {
        ASKER.try_with(|asker| *asker).unwrap_or(Self::Gateway)
    }

    /// Does work whose statements run for this asker.
    pub async fn scope<T>(self, work: impl Future<Output = T>) -> T {
        ASKER.scope(self, work).await
    }
}
