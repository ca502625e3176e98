//! Mails that should have been sent, for those who watch the gateway.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};

use crate::{
    clock::Timestamp,
    domain::{Services, to_millis},
    entity::outbox::{Column, Entity},
    error::Result,
};

/// How many mails are due or were tried in vain, and since when the oldest of them is queued.
pub(in crate::domain) async fn waiting(services: &Services) -> Result<(u64, Option<Timestamp>)> {
    let was_tried_or_is_due = Condition::any()
        .add(Column::Attempts.gt(0))
        .add(Column::NextAttemptAt.lte(to_millis(services.clock.now())));
    let found = Entity::find()
        .select_only()
        .column_as(Column::Id.count(), "count")
        .column_as(Column::CreatedAt.min(), "oldest")
        .filter(Column::DoneAt.is_null())
        .filter(was_tried_or_is_due)
        .into_tuple::<(i64, Option<i64>)>()
        .one(services.db.read())
        .await?;
    let (count, oldest) = found.unwrap_or_default();
    Ok((
        u64::try_from(count).unwrap_or_default(),
        oldest.and_then(Timestamp::from_timestamp_millis),
    ))
}
