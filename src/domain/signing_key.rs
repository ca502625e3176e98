//! The ring of keys that sign access tokens: rotated by the operator without a restart.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter,
    QueryOrder, sea_query::Expr,
};

pub use crate::entity::signing_key::Model as SigningKey;
use crate::{
    auth::{AccessTokens, RingKey},
    clock::Timestamp,
    cluster::Topic,
    domain::{Services, background, change::Change, origin::Origin, to_millis},
    entity::audit_event::Kind,
    entity::signing_key,
    error::Result,
};

/// Name of the task that follows the ring.
pub const TASK: &str = "signing keys";
/// How often a replica looks for new keys …
const ROUND: Duration = Duration::from_secs(2);
/// … so that after this time all replicas accept a new one, and it may sign.
pub const SETTLING: TimeDelta = TimeDelta::seconds(10);

/// Creates a key that signs from then on. Tokens of older keys stay valid for their lifetime, or
/// are refused immediately.
pub async fn rotate(services: &Services, at_once: bool) -> Result<SigningKey> {
    let now = services.clock.now();
    let settling = if at_once { TimeDelta::zero() } else { SETTLING };
    let retires_at = if at_once { now } else { now + SETTLING + AccessTokens::believed_for() };
    let change = Change::of_the_gateway(services, &Origin::default()).await?;
    if signing_key::Entity::find().one(&change).await?.is_none() {
        insert(&change, services.access_tokens.first_kid(), now - SETTLING).await?;
    }
    signing_key::Entity::update_many()
        .col_expr(signing_key::Column::RetiresAt, Expr::val(to_millis(retires_at)))
        .filter(
            Condition::any()
                .add(signing_key::Column::RetiresAt.is_null())
                .add(signing_key::Column::RetiresAt.gt(to_millis(retires_at))),
        )
        .exec(&change)
        .await?;
    let kid = services.access_tokens.new_kid();
    let key = insert(&change, &kid, now + settling - SETTLING).await?;
    let detail = serde_json::json!({ "kid": key.kid, "atOnce": at_once });
    change.record(Kind::SigningKeyRotated, None, Some(detail)).await?;
    change.wake(Topic::SigningKeys);
    change.commit().await?;
    load(services).await?;
    Ok(key)
}

/// All keys ever created, newest first; empty if the first one was never replaced.
pub async fn list(services: &Services) -> Result<Vec<SigningKey>> {
    let select = signing_key::Entity::find().order_by_desc(signing_key::Column::Id);
    Ok(select.all(services.db.read()).await?)
}

/// Loads the keys from the database.
pub async fn load(services: &Services) -> Result<()> {
    let keys = list(services).await?.into_iter().map(|key| RingKey {
        kid: key.kid,
        signs_from: key.created_at.0 + SETTLING,
        retires_at: key.retires_at.map(|at| at.0),
    });
    services.access_tokens.set_ring(&keys.collect::<Vec<_>>());
    Ok(())
}

/// Follows changes of the ring by other processes, until this one ends.
pub async fn follow(services: Arc<Services>) {
    let wants = |topic| topic == Topic::SigningKeys;
    background::repeat(&services, (TASK, ROUND), wants, |_| load(&services)).await;
}

async fn insert(change: &Change<'_>, kid: &str, created_at: Timestamp) -> Result<SigningKey> {
    let key = signing_key::ActiveModel {
        kid: Set(kid.to_owned()),
        created_at: Set(to_millis(created_at)),
        ..Default::default()
    };
    Ok(key.insert(change).await?)
}
