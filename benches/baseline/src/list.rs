//! Lists of jobs with their owners: one statement each.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Json,
    extract::{ConnectInfo, Query, State},
    http::StatusCode,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use crate::{
    App, Data, Failure, Jobs,
    key::Key,
    one::{FullJob, Owner},
    select::Select,
    text::{Cursor, JobId, Millis, Status},
    visible,
};

const PAGE: usize = 20;
const MAX_PAGE: usize = 100;

/// What a list is narrowed to, and the page of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Filter {
    city: Option<String>,
    job_type: Option<String>,
    pub status: Option<String>,
    limit: Option<usize>,
    cursor: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    nodes: Vec<Job>,
    page_info: PageInfo,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(FromRow, Serialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    id: JobId,
    title: String,
    job_type: String,
    city: String,
    status: Status,
    estimated_amount: i64,
    created_at: Millis,
    #[sqlx(flatten)]
    owner: Owner,
}

#[derive(Serialize)]
pub struct RestPage {
    success: bool,
    data: Vec<FullJob>,
    pagination: Pagination,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Pagination {
    next_cursor: Option<String>,
    has_more: bool,
}

/// The published jobs, twenty at a time.
pub async fn page(
    State(app): State<Arc<App>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Query(filter): Query<Filter>,
) -> Result<Json<Data<Jobs<Page>>>, Failure> {
    app.limits.visit(from.ip())?;
    let mut select = Select::new(
        "SELECT j.id, j.title, j.job_type, j.city, j.status, j.estimated_amount, j.created_at, \
         j.owner_id, u.name AS owner_name FROM jobs j JOIN users u ON u.id = j.owner_id \
         WHERE j.status = 'published'",
    );
    filter.narrow(&mut select)?;
    newest(&mut select, PAGE + 1);
    let mut nodes: Vec<Job> = select.all(&app.db).await?;
    let has_next_page = nodes.len() > PAGE;
    nodes.truncate(PAGE);
    let end_cursor = nodes.last().map(|job| cursor(job.created_at, job.id.0));
    let page_info = PageInfo { has_next_page, end_cursor };
    Ok(Json(Data { data: Jobs { jobs: Page { nodes, page_info } } }))
}

/// The jobs that the key's owner may see.
pub async fn rest(
    State(app): State<Arc<App>>,
    Query(filter): Query<Filter>,
    key: Key,
) -> Result<Json<RestPage>, Failure> {
    key.admit(&app, "GET /api/jobs", "jobs:read")?;
    let user_id = key.user_id;
    let size = filter.limit.unwrap_or(PAGE);
    if !(1..=MAX_PAGE).contains(&size) {
        return Err(Failure(StatusCode::BAD_REQUEST));
    }
    let select = visible::newest(&app.db, user_id, &filter, size + 1)?;
    let mut data: Vec<FullJob> = select.all(&app.db).await?;
    let has_more = data.len() > size;
    data.truncate(size);
    data = data.into_iter().map(|job| job.shown_to(user_id)).collect();
    let last = data.last().filter(|_| has_more);
    let next_cursor = last.map(|job| cursor(job.created_at, job.id));
    Ok(Json(RestPage { success: true, data, pagination: Pagination { next_cursor, has_more } }))
}

impl Filter {
    pub fn narrow(&self, select: &mut Select) -> Result<(), Failure> {
        if let Some(city) = &self.city {
            // As stored for comparison: 臺 and 台 are one.
            let folded = city.trim().to_lowercase().replace('臺', "台");
            select.text(" AND j.city_folded = ").value(folded);
        }
        if let Some(job_type) = &self.job_type {
            select.text(" AND j.job_type = ").value(job_type.clone());
        }
        if let Some(cursor) = &self.cursor {
            let Cursor { created_at, id } =
                Cursor::parse(cursor).ok_or(Failure(StatusCode::BAD_REQUEST))?;
            select.text(" AND (j.created_at, j.id) < (").value(created_at);
            select.text(", ").value(id).text(")");
        }
        Ok(())
    }
}

pub fn newest(select: &mut Select, count: usize) {
    select.text(" ORDER BY j.created_at DESC, j.id DESC LIMIT ").number(count);
}

fn cursor(Millis(created_at): Millis, id: i64) -> String {
    Cursor { created_at, id }.print()
}
