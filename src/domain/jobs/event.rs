//! The log of job events, in a total order that readers can follow without a gap.

mod current;
mod departure;
mod feed;
mod interest;
mod reason;
mod tail;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;

pub(in crate::domain) use self::reason::forget as forget_reasons;
pub use self::{
    feed::{CHANGE, Feed, Told, Visibility},
    interest::Interest,
    reason::{release_reasons, with_reasons_of},
    tail::{Logged, TASK, Tail, follow},
};
pub use crate::entity::job_event::{Kind, Model as JobEvent};
use crate::{
    domain::{
        Services,
        change::last_position,
        store::page::{PageArgs, Position},
    },
    entity::job_event,
    error::Result,
};

/// The cursor of the last event, for a listener that starts now; it also says where notices are.
pub async fn here(services: &Services, last_notice: i64) -> Result<String> {
    let last = last_position(services.db.read()).await?;
    Ok(Position { key: last_notice, id: last }.seal(&services.keys, LIST))
}

/// The facts of an event besides its kind.
#[must_use]
pub fn about(event: &JobEvent) -> Value {
    serde_json::from_str(&event.data).unwrap_or_default()
}

/// The cursor of an event, in lists and subscriptions alike.
#[must_use]
pub fn cursor(services: &Services, position: i64) -> String {
    Position { key: 0, id: position }.seal(&services.keys, LIST)
}

/// Name of the list that its cursors are bound to.
pub const LIST: &str = "job-events:oldest";

/// The events of one job, oldest first.
pub async fn of_job(services: &Services, job_id: i64, args: &PageArgs) -> Result<Vec<JobEvent>> {
    let mut select = job_event::Entity::find().filter(job_event::Column::JobId.eq(job_id));
    if let Some(after) = args.after {
        select = select.filter(job_event::Column::Position.gt(after.id));
    }
    if let Some(before) = args.before {
        select = select.filter(job_event::Column::Position.lt(before.id));
    }
    let order = if args.backward { sea_orm::Order::Desc } else { sea_orm::Order::Asc };
    Ok(select
        .order_by(job_event::Column::Position, order)
        .limit(args.fetch_size())
        .all(services.db.read())
        .await?)
}
