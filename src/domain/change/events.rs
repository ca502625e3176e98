//! Appending to the log of job events.

use sea_orm::{ActiveEnum, ConnectionTrait, DbBackend, DbErr, Statement, Value};
use serde_json::{Value as Json, json};

use super::sequencer::try_lock;
use crate::{
    clock::Timestamp,
    domain::viewer::Actor,
    entity::{job::Status, job_event::Kind},
    error::Result,
};

/// What is stored of an event besides its place.
const COLUMNS: &str = "job_id, actor_id, api_key_id, kind, data, created_at";

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

/// The facts of a transition and of what is proposed: whether the job was public before decides who is told that it
/// is gone.
#[must_use]
pub fn about_transition(from: Status, mut facts: Json) -> Json {
    facts["from"] = from.to_value().into();
    facts
}

/// Writes events at the end of a transaction: on SQLite to the end of the log, which is this transaction's
/// alone, on PostgreSQL for whoever gives positions next. A lone change on PostgreSQL asks for the lock of
/// the [`super::sequencer`] in the same statement; returns whether it was granted.
pub(super) async fn append(
    tx: &impl ConnectionTrait,
    actor: Option<&Actor>,
    at: Timestamp,
    events: &[NewEvent],
    is_alone: bool,
) -> Result<bool> {
    let (mut rows, mut values) = (Vec::new(), Vec::<Value>::new());
    for event in events {
        let places: Vec<_> = (1..=6).map(|place| format!("${}", values.len() + place)).collect();
        rows.push(places.join(", "));
        values.extend([
            event.job_id.into(),
            actor.map(|actor| actor.user_id).into(),
            actor.and_then(Actor::key_id).into(),
            ActiveEnum::to_value(&event.kind).into(),
            event.data.to_string().into(),
            at.timestamp_millis().into(),
        ]);
    }
    let backend = tx.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres if is_alone => format!("{} RETURNING {}", pending(&rows), try_lock()),
        DbBackend::Postgres => pending(&rows),
        _ => positioned(&rows),
    };
    let asked = tx.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    let granted: Vec<bool> =
        asked.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, DbErr>>()?;
    Ok(granted.contains(&true))
}

fn pending(rows: &[String]) -> String {
    format!("INSERT INTO pending_events ({COLUMNS}) VALUES ({})", rows.join("), ("))
}

fn positioned(rows: &[String]) -> String {
    let rows = rows.iter().zip(1..).map(|(row, n)| format!("SELECT last + {n}, {row} FROM log"));
    format!(
        "WITH log AS (SELECT COALESCE(MAX(position), 0) AS last FROM job_events) \
         INSERT INTO job_events (position, {COLUMNS}) {}",
        rows.collect::<Vec<_>>().join(" UNION ALL ")
    )
}
