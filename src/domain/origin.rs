//! Where a request comes from, and who makes it.

use std::net::{IpAddr, Ipv4Addr};

use crate::{domain::viewer::Viewer, language::Language};

/// Where a request comes from, according to the connection or a trusted proxy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    pub address: IpAddr,
    pub user_agent: Option<String>,
    /// The preferred one of ours, if the client names any.
    pub language: Option<Language>,
}

impl Client {
    /// Stands for clients that a trusted proxy does not name: they share the limits of one address,
    /// match no network, and the address is never recorded.
    pub const UNKNOWN: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
}

/// Who does something, and from where; empty for the gateway itself and its operator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    pub user_id: Option<i64>,
    pub api_key_id: Option<i64>,
    pub session_id: Option<i64>,
    pub client: Option<Client>,
}

impl Origin {
    /// The origin of a request.
    #[must_use]
    pub fn of(viewer: &Viewer, client: &Client) -> Self {
        let (api_key_id, session_id) = match viewer {
            Viewer::Anonymous => (None, None),
            Viewer::Member(member) => (None, Some(member.session_id)),
            Viewer::Machine(machine) => (Some(machine.key_id), None),
        };
        Self { user_id: viewer.user_id(), api_key_id, session_id, client: Some(client.clone()) }
    }

    /// The same place, with a person who has just proven their identity.
    #[must_use]
    pub fn as_user(&self, user_id: i64) -> Self {
        Self { user_id: Some(user_id), ..self.clone() }
    }

    /// The address for rate limits and fair queues.
    #[must_use]
    pub fn ip(&self) -> Option<IpAddr> {
        self.client.as_ref().map(|client| client.address)
    }

    /// The address to record, if it is known.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        let address = self.client.as_ref().map(|client| client.address);
        address.filter(|address| *address != Client::UNKNOWN).map(|address| address.to_string())
    }
}
