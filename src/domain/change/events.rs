//! Appending to the log of job events.

use sea_orm::{
    ActiveEnum, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QuerySelect, Statement, Value,
};
use serde_json::{Value as Json, json};

use crate::{
    clock::Timestamp,
    domain::viewer::Actor,
    entity::{
        job::Status,
        job_event::{self, Kind},
    },
    error::Result,
};

/// The PostgreSQL advisory lock that serialises writers of events.
const POSITION_LOCK: i64 = 0x6669_6e64_0002;

/// Something that happened to a job.
#[derive(Debug, Clone)]
pub struct NewEvent {
    pub job_id: i64,
    pub kind: Kind,
    pub data: Json,
}

impl NewEvent {
    /// An event without further facts.
    #[must_use]
    pub fn plain(job_id: i64, kind: Kind) -> Self {
        Self { job_id, kind, data: json!({}) }
    }
}

/// The facts of an event about an application.
#[must_use]
pub fn about_application(id: i64, applicant_id: i64) -> Json {
    json!({ "applicationId": id, "applicantId": applicant_id })
}

/// The facts of an event about a changed job; changes of a draft are only for its people.
#[must_use]
pub fn about_change(fields: &[&str], status: Status) -> Json {
    json!({ "fields": fields, "draft": status == Status::Draft })
}

/// Appends events as the last statement of a transaction. The lock is held until the commit, so
/// that a reader of position n has seen all lower positions.
pub(super) async fn append(
    tx: &impl ConnectionTrait,
    actor: Option<&Actor>,
    at: Timestamp,
    events: &[NewEvent],
) -> Result<()> {
    lock(tx).await?;
    let (mut rows, mut values) = (Vec::new(), Vec::<Value>::new());
    for (event, number) in events.iter().zip(1..) {
        let places: Vec<_> = (1..=6).map(|place| format!("${}", values.len() + place)).collect();
        rows.push(format!("SELECT last + {number}, {} FROM log", places.join(", ")));
        values.extend([
            event.job_id.into(),
            actor.map(|actor| actor.user_id).into(),
            actor.and_then(Actor::key_id).into(),
            ActiveEnum::to_value(&event.kind).into(),
            event.data.to_string().into(),
            at.timestamp_millis().into(),
        ]);
    }
    let sql = format!(
        "WITH log AS (SELECT COALESCE(MAX(position), 0) AS last FROM job_events) \
         INSERT INTO job_events (position, job_id, actor_id, api_key_id, kind, data, created_at) {}",
        rows.join(" UNION ALL ")
    );
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    Ok(())
}

/// Locks the log until the commit, for other writers; returns its last position.
pub(crate) async fn lock_log(tx: &impl ConnectionTrait) -> Result<i64> {
    lock(tx).await?;
    last_position(tx).await
}

/// The position of the last event, 0 if there is none.
pub(in crate::domain) async fn last_position(db: &impl ConnectionTrait) -> Result<i64> {
    let last = job_event::Entity::find()
        .select_only()
        .column_as(job_event::Column::Position.max(), "last")
        .into_tuple::<Option<i64>>()
        .one(db)
        .await?;
    Ok(last.flatten().unwrap_or_default())
}

/// SQLite only has one writer at a time.
async fn lock(tx: &impl ConnectionTrait) -> Result<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({POSITION_LOCK})")).await?;
    }
    Ok(())
}
