//! Ten jobs, their owners, and five jobs of each owner: two statements.

use std::{
    collections::{BTreeSet, HashMap},
    net::SocketAddr,
    sync::Arc,
};

use axum::{
    Json,
    extract::{ConnectInfo, Query, State},
};
use serde::Serialize;
use sqlx::FromRow;

use crate::{
    App, Data, Failure, Jobs, Nodes,
    database::Database,
    list::{Filter, newest},
    select::Select,
    text::{JobId, Millis, Status, UserId},
};

const JOBS: usize = 10;

#[derive(FromRow)]
struct Row {
    id: JobId,
    title: String,
    city: String,
    owner_id: i64,
    owner_name: String,
}

#[derive(FromRow)]
struct OwnedRow {
    owner_id: i64,
    #[sqlx(flatten)]
    job: OwnedJob,
}

#[derive(Clone, FromRow, Serialize)]
#[serde(rename_all = "camelCase")]
struct OwnedJob {
    id: JobId,
    title: String,
    status: Status,
    created_at: Millis,
}

#[derive(Serialize)]
pub struct Job {
    id: JobId,
    title: String,
    city: String,
    owner: Owner,
}

#[derive(Serialize)]
struct Owner {
    id: UserId,
    name: String,
    jobs: Nodes<OwnedJob>,
}

pub async fn page(
    State(app): State<Arc<App>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Query(filter): Query<Filter>,
) -> Result<Json<Data<Jobs<Nodes<Job>>>>, Failure> {
    app.limits.visit(from.ip())?;
    let mut select = Select::new(
        "SELECT j.id, j.title, j.city, j.owner_id, u.name AS owner_name \
         FROM jobs j JOIN users u ON u.id = j.owner_id WHERE j.status = 'published'",
    );
    filter.narrow(&mut select)?;
    newest(&mut select, JOBS);
    let rows: Vec<Row> = select.all(&app.db).await?;
    let owners: BTreeSet<i64> = rows.iter().map(|row| row.owner_id).collect();
    let mut of: HashMap<i64, Vec<OwnedJob>> = HashMap::new();
    for OwnedRow { owner_id, job } in latest(&app.db, &owners).all(&app.db).await? {
        of.entry(owner_id).or_default().push(job);
    }
    let nodes = rows
        .into_iter()
        .map(|Row { id, title, city, owner_id, owner_name: name }| {
            let jobs = Nodes { nodes: of.get(&owner_id).cloned().unwrap_or_default() };
            Job { id, title, city, owner: Owner { id: UserId(owner_id), name, jobs } }
        })
        .collect();
    Ok(Json(Data { data: Jobs { jobs: Nodes { nodes } } }))
}

/// The five newest jobs of each owner. Owners are numbers, so they go as JSON or an array literal:
/// one statement text for any count of them.
fn latest(db: &Database, owners: &BTreeSet<i64>) -> Select {
    let list = owners.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
    match db {
        Database::Postgres(_) => {
            let mut select = Select::new("SELECT j.* FROM unnest(CAST(");
            select.value(format!("{{{list}}}")).text(
                " AS bigint[])) AS o (id) CROSS JOIN LATERAL (SELECT owner_id, id, title, status, \
                 created_at FROM jobs WHERE owner_id = o.id AND status = 'published' \
                 ORDER BY created_at DESC, id DESC LIMIT 5) j",
            );
            select
        }
        Database::Sqlite { .. } => {
            let mut select = Select::new(
                "SELECT j.owner_id, j.id, j.title, j.status, j.created_at FROM json_each(",
            );
            select.value(format!("[{list}]")).text(
                ") o CROSS JOIN jobs j ON j.id IN (SELECT id FROM jobs WHERE owner_id = o.value \
                 AND status = 'published' ORDER BY created_at DESC, id DESC LIMIT 5) \
                 ORDER BY j.created_at DESC, j.id DESC",
            );
            select
        }
    }
}
