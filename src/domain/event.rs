//! The log of what happened to jobs, in one order that readers can follow without a gap.

mod feed;
mod interest;
mod public;
mod tail;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Statement,
};
use serde_json::{Value, json};

pub use self::{
    feed::{CHANGE, Feed, Told},
    interest::Interest,
    tail::{Logged, TASK, Tail, follow},
};
pub use crate::entity::job_event::{Kind, Model as JobEvent};
use crate::{
    clock::Timestamp,
    domain::{
        Services,
        database::Transaction,
        job::Status,
        page::{PageArgs, Position},
        viewer::Actor,
    },
    entity::job_event,
    error::Result,
};

/// The PostgreSQL advisory lock that orders the writers of events.
const POSITION_LOCK: i64 = 0x6669_6e64_0002;

/// Something that happened to a job.
#[derive(Debug, Clone)]
pub struct NewEvent {
    pub job_id: i64,
    pub kind: Kind,
    pub data: Value,
}

/// Appends events as the last statement of a transaction, so that whoever has read position n has
/// read everything before it: the lock is held from here to the commit.
pub async fn append(
    tx: &Transaction,
    actor: Option<&Actor>,
    at: Timestamp,
    events: &[NewEvent],
) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    lock(tx).await?;
    for event in events {
        tx.execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            "INSERT INTO job_events (position, job_id, actor_id, api_key_id, kind, data, created_at) \
             SELECT COALESCE(MAX(position), 0) + 1, $1, $2, $3, $4, $5, $6 FROM job_events",
            [
                event.job_id.into(),
                actor.map(|actor| actor.user_id).into(),
                actor.and_then(Actor::key_id).into(),
                sea_orm::ActiveEnum::to_value(&event.kind).into(),
                event.data.to_string().into(),
                at.timestamp_millis().into(),
            ],
        ))
        .await?;
    }
    Ok(())
}

/// Locks the log until the commit, for whoever appends to it otherwise; its last position.
pub(super) async fn lock_last(tx: &Transaction) -> Result<i64> {
    lock(tx).await?;
    last(tx).await
}

/// The cursor of the last event, for somebody who listens from now on.
pub async fn here(services: &Services) -> Result<String> {
    Ok(cursor(services, last(services.db.read()).await?))
}

/// The position of the last event, 0 if there is none.
async fn last(db: &impl ConnectionTrait) -> Result<i64> {
    let last = job_event::Entity::find()
        .select_only()
        .column_as(job_event::Column::Position.max(), "last")
        .into_tuple::<Option<i64>>()
        .one(db)
        .await?;
    Ok(last.flatten().unwrap_or_default())
}

/// SQLite has one writer at a time anyway.
async fn lock(tx: &Transaction) -> Result<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({POSITION_LOCK})")).await?;
    }
    Ok(())
}

/// What an event about an application tells.
pub(super) fn about_application(id: i64, applicant_id: i64) -> Value {
    json!({ "applicationId": id, "applicantId": applicant_id })
}

/// What an event about a change of a job tells; only its people learn of changes to a draft.
pub(super) fn about_change(fields: &[Value], status: Status) -> Value {
    json!({ "fields": fields, "draft": status == Status::Draft })
}

/// What an event tells besides its kind.
#[must_use]
pub fn about(event: &JobEvent) -> Value {
    serde_json::from_str(&event.data).unwrap_or_default()
}

/// The cursor of an event, wherever it is listed or told.
#[must_use]
pub fn cursor(services: &Services, position: i64) -> String {
    Position { key: 0, id: position }.seal(&services.keys, LIST)
}

/// The list that cursors of events belong to.
pub const LIST: &str = "job-events:oldest";

/// What happened to one job, oldest first.
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
