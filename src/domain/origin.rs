//! Where a request comes from, and who does something from there.

use std::net::{IpAddr, Ipv4Addr};

use crate::domain::viewer::Viewer;

/// Where a request comes from, as told by the connection or a trusted proxy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    pub address: IpAddr,
    pub user_agent: Option<String>,
}

impl Client {
    /// The address of everybody whom a trusted proxy does not name: they share the limits of one
    /// address, no network holds it, and it is never written down as where somebody was.
    pub const UNKNOWN: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
}

/// Who does something, and from where; nobody for the gateway itself and its operator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    pub user_id: Option<i64>,
    pub api_key_id: Option<i64>,
    pub session_id: Option<i64>,
    pub client: Option<Client>,
}

impl Origin {
    /// A caller, as far as the caller is known.
    #[must_use]
    pub fn of(viewer: &Viewer, client: &Client) -> Self {
        let (api_key_id, session_id) = match viewer {
            Viewer::Anonymous => (None, None),
            Viewer::Member(member) => (None, Some(member.session_id)),
            Viewer::Machine(machine) => (Some(machine.key_id), None),
        };
        Self { user_id: viewer.user_id(), api_key_id, session_id, client: Some(client.clone()) }
    }

    /// The same place, with somebody who has just proven who they are.
    #[must_use]
    pub fn as_user(&self, user_id: i64) -> Self {
        Self { user_id: Some(user_id), ..self.clone() }
    }

    /// The address that limits and turns count by.
    #[must_use]
    pub fn ip(&self) -> Option<IpAddr> {
        self.client.as_ref().map(|client| client.address)
    }

    /// Where it came from, if that is known.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        let address = self.client.as_ref().map(|client| client.address);
        address.filter(|address| *address != Client::UNKNOWN).map(|address| address.to_string())
    }
}
