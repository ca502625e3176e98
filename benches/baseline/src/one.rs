//! One job with its owner.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Json,
    extract::{ConnectInfo, Path, State},
    http::StatusCode,
};
use serde::Serialize;
use sqlx::FromRow;

use crate::{
    App, Data, Failure, Success,
    key::Key,
    select::Select,
    text::{JobId, Millis, Status, UserId},
    visible,
};

#[derive(FromRow, Serialize)]
pub struct Owner {
    #[sqlx(rename = "owner_id")]
    id: UserId,
    #[sqlx(rename = "owner_name")]
    name: String,
}

#[derive(Serialize)]
pub struct One {
    job: Job,
}

#[derive(FromRow, Serialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    id: JobId,
    title: String,
    description: String,
    job_type: String,
    city: String,
    status: Status,
    estimated_amount: i64,
    created_at: Millis,
    #[sqlx(flatten)]
    owner: Owner,
}

/// A job with all that the REST API shows.
#[derive(FromRow, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FullJob {
    pub id: i64,
    title: String,
    job_type: String,
    city: String,
    status: String,
    pub created_at: Millis,
    description: String,
    address: Option<String>,
    estimated_amount: i64,
    agreed_amount: Option<i64>,
    scheduled_at: Option<Millis>,
    expires_at: Option<Millis>,
    version: i64,
    updated_at: Millis,
    #[serde(skip)]
    assignee_id: Option<i64>,
    #[sqlx(flatten)]
    owner: Owner,
}

impl FullJob {
    pub const COLUMNS: &str = "SELECT j.id, j.title, j.job_type, j.city, j.status, j.created_at, \
        j.description, j.address, j.estimated_amount, j.agreed_amount, j.scheduled_at, j.expires_at, \
        j.version, j.updated_at, j.assignee_id, j.owner_id, u.name AS owner_name";

    /// Without the street address and the agreed price, unless the person owns or does the job.
    pub fn shown_to(mut self, user_id: i64) -> Self {
        if self.owner.id.0 != user_id && self.assignee_id != Some(user_id) {
            self.address = None;
            self.agreed_amount = None;
        }
        self
    }
}

/// A published job by its global id.
pub async fn public(
    State(app): State<Arc<App>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Path(id): Path<String>,
) -> Result<Json<Data<One>>, Failure> {
    app.limits.visit(from.ip())?;
    let missing = Failure(StatusCode::NOT_FOUND);
    let Some(id) = id.strip_prefix("job_").and_then(|id| id.parse::<i64>().ok()) else {
        return Err(missing);
    };
    let mut select = Select::new(
        "SELECT j.id, j.title, j.description, j.job_type, j.city, j.status, j.estimated_amount, \
         j.created_at, j.owner_id, u.name AS owner_name \
         FROM jobs j JOIN users u ON u.id = j.owner_id WHERE j.status = 'published' AND j.id = ",
    );
    select.value(id);
    let job = select.all(&app.db).await?.pop().ok_or(missing)?;
    Ok(Json(Data { data: One { job } }))
}

/// A job that the key's owner may see, by its number.
pub async fn rest(
    State(app): State<Arc<App>>,
    Path(id): Path<i64>,
    key: Key,
) -> Result<Json<Success<FullJob>>, Failure> {
    key.admit(&app, "GET /api/jobs/{id}", "jobs:read")?;
    let user_id = key.user_id;
    let job: Option<FullJob> = visible::by_id(user_id, id).all(&app.db).await?.pop();
    let data = job.ok_or(Failure(StatusCode::NOT_FOUND))?.shown_to(user_id);
    Ok(Json(Success { success: true, data }))
}
