//! The audit log: who did what to an account, when and from where. Rows are only ever added.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait};
use serde_json::Value;

pub use crate::entity::audit_event::{Kind, Model as AuditEvent};
use crate::{
    domain::{Services, session::Client, stored, viewer::Viewer},
    entity::audit_event,
    error::Result,
};

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

    /// Where it came from, for notices.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        self.client.as_ref().map(|client| client.address.to_string())
    }
}

/// Notes what is done to an account, in the transaction that does it.
pub(super) async fn record(
    services: &Services,
    tx: &impl ConnectionTrait,
    origin: &Origin,
    kind: Kind,
    user_id: Option<i64>,
    detail: Option<Value>,
) -> Result<()> {
    let client = origin.client.as_ref();
    audit_event::ActiveModel {
        at: Set(stored(services.clock.now())),
        kind: Set(kind),
        user_id: Set(user_id),
        actor_id: Set(origin.user_id),
        api_key_id: Set(origin.api_key_id),
        session_id: Set(origin.session_id),
        address: Set(origin.address()),
        user_agent: Set(client.and_then(|client| client.user_agent.clone())),
        detail: Set(detail.map(|detail| detail.to_string())),
        ..Default::default()
    }
    .insert(tx)
    .await?;
    Ok(())
}
