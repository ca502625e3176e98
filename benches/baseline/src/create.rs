//! Posting a job: the row, what it is found by and its two events in one transaction.
//!
//! Events have the positions that follow the last one. On PostgreSQL a lock from before the last one
//! is read until the commit keeps writers in the order of positions: whoever has read a position has
//! read all before it. SQLite has one writer at a time.

use std::sync::Arc;

use axum::{Json, extract::State};
use chrono::Utc;
use serde::{Deserialize, Serialize};
use sqlx::Executor;

use crate::{
    App, Data, Failure,
    database::{Database, write},
    key::Key,
    text::{JobId, Millis},
    words::indexed,
};

/// The gateway's advisory lock that orders the writers of events.
const POSITION_LOCK: &str = "SELECT pg_advisory_xact_lock(112603009646594)";

const INSERT_JOB: &str = "INSERT INTO jobs (owner_id, title, description, job_type, city, \
     city_folded, address, estimated_amount, status, version, created_at, updated_at, indexed) \
     VALUES ($1, $2, '', $3, $4, $5, $6, $7, 'published', 1, $8, $8, 1) RETURNING id";

const INSERT_TEXT_AND_WORDS: &str = "WITH texts AS (INSERT INTO job_texts (job_id, text) VALUES ($1, $2)) \
     INSERT INTO job_words (job_id, words) VALUES ($1, $3::tsvector)";
const INSERT_TEXT: &str = "INSERT INTO job_texts (job_id, text) VALUES ($1, $2)";
const INSERT_WORDS: &str = "INSERT INTO job_words (rowid, words) VALUES ($1, $2)";

const INSERT_EVENTS: &str = "INSERT INTO job_events \
     (position, job_id, actor_id, api_key_id, kind, data, created_at) \
     SELECT (SELECT COALESCE(MAX(position), 0) FROM job_events) + e.n, $1, $2, $3, e.kind, '{}', $4 \
     FROM (SELECT 1 AS n, 'created' AS kind UNION ALL SELECT 2, 'published') e";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewJob {
    title: String,
    job_type: String,
    city: String,
    address: String,
    estimated_amount: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateJob {
    create_job: Payload,
}

#[derive(Serialize)]
struct Payload {
    job: Created,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Created {
    id: JobId,
    title: String,
    job_type: String,
    city: String,
    status: &'static str,
    created_at: Millis,
}

pub async fn create(
    State(app): State<Arc<App>>,
    key: Key,
    Json(new): Json<NewJob>,
) -> Result<Json<Data<CreateJob>>, Failure> {
    key.admit(&app, "POST /jobs", "jobs:write")?;
    let created_at = Utc::now().timestamp_millis();
    let city_folded = new.city.trim().to_lowercase().replace('臺', "台");
    let (text, words) = indexed(&new.title, &city_folded, &new.job_type);
    let is_postgres = matches!(app.db, Database::Postgres(_));
    let id: i64 = write!(&app.db, |tx| {
        let (id,): (i64,) = sqlx::query_as(INSERT_JOB)
            .bind(key.user_id)
            .bind(&new.title)
            .bind(&new.job_type)
            .bind(&new.city)
            .bind(&city_folded)
            .bind(&new.address)
            .bind(new.estimated_amount)
            .bind(created_at)
            .fetch_one(&mut *tx)
            .await?;
        if is_postgres {
            let both = sqlx::query(INSERT_TEXT_AND_WORDS).bind(id).bind(&text).bind(&words);
            both.execute(&mut *tx).await?;
            (&mut *tx).execute(POSITION_LOCK).await?;
        } else {
            sqlx::query(INSERT_TEXT).bind(id).bind(&text).execute(&mut *tx).await?;
            sqlx::query(INSERT_WORDS).bind(id).bind(&words).execute(&mut *tx).await?;
        }
        sqlx::query(INSERT_EVENTS)
            .bind(id)
            .bind(key.user_id)
            .bind(key.id)
            .bind(created_at)
            .execute(&mut *tx)
            .await?;
        id
    });
    let NewJob { title, job_type, city, .. } = new;
    let (id, created_at) = (JobId(id), Millis(created_at));
    let job = Created { id, title, job_type, city, status: "PUBLISHED", created_at };
    Ok(Json(Data { data: CreateJob { create_job: Payload { job } } }))
}
