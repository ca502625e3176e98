//! The HTTP layer: identifies the caller, reads requests and writes responses.

mod accept;
mod body;
mod common;
mod credentials;
mod graphql;
mod health;
mod json;
mod key_use;
pub mod metrics;
pub mod pages;
mod reply;
mod rest;
pub mod server;

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header, request::Parts},
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::{any, get},
};
use tokio::sync::watch;
use tower_http::{
    catch_panic::CatchPanicLayer,
    cors::{AllowOrigin, Any, CorsLayer},
};

pub use self::credentials::client::Peer;
use self::{
    body::Received,
    pages::{page::Reader, portal::Pages, public},
};

use crate::{
    clock::Timestamp,
    config::{Config, Realtime},
    domain::origin::Client,
    error::Result,
    graphql::Engine,
    language::Language,
    log::observer::Observer,
    network::Ledger,
    pages::Documents,
    rest::{Endpoint, Envelope, openapi, trusted::Queries},
};

/// State shared by all handlers.
pub struct Gateway {
    pub engine: Engine,
    endpoints: Vec<Endpoint>,
    queries: Queries,
    openapi: Bytes,
    pages: Pages,
    /// Those of the public pages.
    documents: Documents,
    /// Open sockets and event streams.
    sockets: Arc<Ledger>,
    stage: watch::Sender<Stage>,
    observer: Option<Arc<Observer>>,
    started: Timestamp,
}

/// Stages of the shutdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Serving,
    Draining,
    Closing,
}

impl Gateway {
    /// Validates the documents of the REST table and of the manifest.
    pub fn new(engine: Engine) -> Result<Arc<Self>> {
        let endpoints = Endpoint::all(engine.gate())?;
        let queries = Queries::all(&engine)?;
        let openapi = openapi::document(&engine)?.into();
        let Realtime { limit_sockets, limit_sockets_per_address, .. } =
            engine.services().config.realtime;
        let (total, per_address) = (limit_sockets.into(), limit_sockets_per_address.into());
        let sockets = Ledger::new("sockets", total, per_address);
        let documents = Documents::new(engine.gate())?;
        let pages = Pages::new(engine.services().config.prefix());
        let stage = watch::Sender::new(Stage::Serving);
        let started = engine.services().clock.now();
        let observer = Observer::new(&engine.services().config);
        Ok(Arc::new(Self {
            engine,
            endpoints,
            queries,
            openapi,
            pages,
            documents,
            sockets,
            stage,
            observer,
            started,
        }))
    }

    /// Makes `/readyz` fail from now on; requests are still served.
    pub fn drain(&self) {
        self.stage.send_replace(Stage::Draining);
    }

    fn is_draining(&self) -> bool {
        *self.stage.borrow() > Stage::Serving
    }

    /// Accepts no new requests from now on, and ends streams.
    fn close(&self) {
        self.stage.send_replace(Stage::Closing);
    }

    /// Resolves when the gateway closes: open-ended handlers must end then.
    pub async fn closing(&self) {
        // Cannot fail: the channel lives as long as the gateway.
        drop(self.stage.subscribe().wait_for(|stage| *stage == Stage::Closing).await);
    }

    /// Reads a request body within the limits of size, time and memory. Callers whose rate limit is
    /// used up must be refused before.
    async fn read(&self, headers: &HeaderMap, client: &Client, body: Body) -> Result<Received> {
        let services = self.engine.services();
        let Config { limits, http, .. } = &services.config;
        let head = headers.iter().map(|(name, value)| name.as_str().len() + value.len());
        let share = services.requests.take(client.address, head.sum::<usize>() as u64)?;
        body::read(body, share, limits.limit_body_bytes, http.http_body_timeout_ms).await
    }

    /// The reader of a page; strangers read Chinese, as on all pages.
    fn reader(&self, headers: &HeaderMap) -> Reader<'_> {
        let language = accept::asked_language(headers).unwrap_or(Language::ZhTw);
        Reader { language, prefix: self.engine.services().config.prefix() }
    }

    fn client(&self, parts: &Parts) -> Client {
        let unknown = Peer((Client::UNKNOWN, 0).into());
        let peer = parts.extensions.get::<Peer>().copied().unwrap_or(unknown);
        credentials::client::client(
            peer,
            &parts.headers,
            &self.engine.services().config.trusted_proxies,
        )
    }
}

/// All routes of the gateway.
pub fn router(gateway: Arc<Gateway>) -> Router {
    let config = &gateway.engine.services().config;
    let below = |path: &str| format!("{}{path}", config.prefix());
    // Before the layer, which answers preflights and would not cover the fallback below.
    let query = get(rest::trusted::handle).fallback(rest::trusted::method_not_allowed);
    let open = rest::router(&gateway)
        .route("/q/{name}", query)
        .route("/openapi.json", get(openapi_json))
        .method_not_allowed_fallback(rest::method_not_allowed)
        .layer(open_cors());
    let graphql = get(graphql::handle).post(graphql::handle).fallback(graphql::method_not_allowed);
    let graphql = Router::new().route("/graphql", graphql).layer(graphql_cors(config));
    Router::new()
        .merge(open)
        .merge(graphql)
        .route("/", get(public::home))
        .route("/jobs", get(public::jobs))
        .route("/jobs/{place}", get(public::jobs))
        .route("/jobs/{place}/{type}", get(public::jobs))
        .route("/sitemap.xml", get(public::sitemap))
        .route("/robots.txt", get(public::robots))
        .route("/pages/{name}", get(public::file))
        .route("/app", get(Redirect::permanent(&below("/app/"))))
        .route("/app/", get(app))
        .route("/app/{*path}", get(app))
        .route("/app/reject", pages::mailed::routes(&pages::mailed::REJECT))
        .route("/app/reset", pages::mailed::routes(&pages::mailed::RESET))
        .route("/app/confirm-email", pages::mailed::routes(&pages::mailed::CONFIRM_EMAIL))
        .route("/app/unsubscribe", pages::mailed::routes(&pages::mailed::UNSUBSCRIBE))
        .route("/app/assets/{*path}", get(asset))
        .route("/docs", get(docs))
        .route("/docs/", get(docs))
        .route("/docs/{*path}", get(docs))
        // The documented address of the API that this gateway replaces.
        .route("/docs.html", get(Redirect::permanent(&below("/docs"))))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .fallback_service(any(not_found).layer(open_cors()).with_state(gateway.clone()))
        .method_not_allowed_fallback(rest::method_not_allowed)
        .layer(middleware::from_fn_with_state(gateway.clone(), common::common_headers))
        .layer(CatchPanicLayer::new())
        .with_state(gateway)
}

/// Browsers get a page, programs the envelope of the API that was probably meant.
async fn not_found(State(gateway): State<Arc<Gateway>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if Envelope::of_path(parts.uri.path()).is_none() && public::opens_page(&parts) {
        return public::unknown(&gateway, &parts).await;
    }
    rest::not_found(State(gateway), Request::from_parts(parts, body)).await
}

async fn app(State(gateway): State<Arc<Gateway>>) -> Response {
    gateway.pages.app()
}

async fn docs(State(gateway): State<Arc<Gateway>>) -> Response {
    gateway.pages.docs()
}

async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    pages::portal::asset(&path, &headers)
}

async fn openapi_json(State(gateway): State<Arc<Gateway>>) -> Response {
    ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], gateway.openapi.clone())
        .into_response()
}

/// REST and its description may be called by scripts of every origin, without cookies.
fn open_cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::PATCH])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            HeaderName::from_static("x-api-key"),
            HeaderName::from_static("x-api-secret"),
        ])
        .expose_headers(reply::EXPOSED.map(HeaderName::from_static))
}

/// GraphQL may be called by scripts of the configured origins only, with cookies.
fn graphql_cors(config: &Config) -> CorsLayer {
    let origins =
        config.allowed_origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_credentials(true)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            HeaderName::from_static("last-event-id"),
            HeaderName::from_static("x-api-key"),
            HeaderName::from_static("x-api-secret"),
        ])
        .expose_headers(reply::EXPOSED.map(HeaderName::from_static))
}
