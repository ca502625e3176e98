//! The hand-written server that the gateway is measured against: axum, sqlx and nothing else.
//!
//! It reads the gateway's database, gives the same answers and does the same work for them: it checks
//! keys, counts requests against limits, notes the usage of keys and writes events. What it lacks is
//! GraphQL, CORS, request ids, logs and headers that report limits. Settings: `BIND_ADDR`,
//! `DATABASE_URL`, `JWT_SECRET`, `ARGON2_CONCURRENCY` and the gateway's `LIMIT_…`.

mod create;
mod database;
mod key;
mod limits;
mod list;
mod login;
mod nested;
mod one;
mod select;
mod text;
mod usage;
mod visible;
mod words;

use std::{env, error::Error, net::SocketAddr, sync::Arc};

use axum::{
    Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Serialize;
use tokio::{net::TcpListener, sync::Semaphore};

use crate::{database::Database, key::Keys, limits::Limits, usage::Uses};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

struct App {
    db: Database,
    keys: Keys,
    hashing: Semaphore,
    limits: Limits,
    uses: Uses,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let app = Arc::new(App {
        db: Database::connect(&env::var("DATABASE_URL")?).await?,
        keys: Keys::derive(env::var("JWT_SECRET")?.as_bytes()),
        hashing: Semaphore::new(env::var("ARGON2_CONCURRENCY")?.parse()?),
        limits: Limits::from_env()?,
        uses: Uses::default(),
    });
    tokio::spawn(usage::tick(app.clone()));
    let router = Router::new()
        .route("/jobs", get(list::page))
        .route("/jobs/nested", get(nested::page))
        .route("/jobs/{id}", get(one::public))
        .route("/jobs", post(create::create))
        .route("/api/jobs", get(list::rest))
        .route("/api/jobs/{id}", get(one::rest))
        .route("/login", post(login::login))
        .with_state(app);
    let listener = TcpListener::bind(env::var("BIND_ADDR")?).await?;
    eprintln!("http://{}", listener.local_addr()?);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    Ok(axum::serve(listener, service).await?)
}

/// An answer that is not what was asked for; the cause of a 500 goes to the log.
struct Failure(StatusCode);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (self.0, r#"{"success":false}"#).into_response()
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        eprintln!("{error}");
        Self(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// What a GraphQL answer is wrapped in.
#[derive(Serialize)]
struct Data<T> {
    data: T,
}

/// What a REST answer is wrapped in.
#[derive(Serialize)]
struct Success<T> {
    success: bool,
    data: T,
}

#[derive(Serialize)]
struct Jobs<T> {
    jobs: T,
}

/// The Relay form of a list.
#[derive(Serialize)]
struct Nodes<T> {
    nodes: Vec<T>,
}
