//! Writing the audit log: rows are only ever added.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait};
use serde_json::Value;

use super::Change;
use crate::{
    domain::{Services, origin::Origin, to_millis},
    entity::audit_event::{self, Kind},
    error::Result,
};

impl Change<'_> {
    /// Records in the audit log what is done to an account.
    pub(in crate::domain) async fn record(
        &self,
        kind: Kind,
        user_id: Option<i64>,
        detail: Option<Value>,
    ) -> Result<()> {
        record(self.services, &self.tx, &self.origin, kind, user_id, detail).await
    }
}

/// Records a failed attempt, which changes nothing else.
pub(in crate::domain) async fn record(
    services: &Services,
    db: &impl ConnectionTrait,
    origin: &Origin,
    kind: Kind,
    user_id: Option<i64>,
    detail: Option<Value>,
) -> Result<()> {
    let client = origin.client.as_ref();
    audit_event::ActiveModel {
        at: Set(to_millis(services.clock.now())),
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
    .insert(db)
    .await?;
    Ok(())
}
