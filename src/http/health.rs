//! Health checks for load balancers and operators: liveness and readiness.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use serde::Serialize;

use super::Gateway;
use crate::{
    clock::Timestamp,
    domain::{
        Services,
        health::{Backlog, backlog},
    },
};

/// How long a mail may wait that is due or was tried in vain.
const MAILS: TimeDelta = TimeDelta::minutes(15);
/// How long an event may wait for its position, and for its notices.
const EVENTS: TimeDelta = TimeDelta::minutes(1);
const NOTICES: TimeDelta = TimeDelta::minutes(5);

/// Whether the gateway can serve, with what was looked at.
#[derive(Debug, Serialize)]
pub(super) struct Readiness {
    pub status: Status,
    pub checks: BTreeMap<&'static str, Check>,
}

/// Whether requests should come here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    Ready,
    /// It serves, but something behind the scenes needs an operator.
    Degraded,
    /// It is about to end.
    Draining,
    Unavailable,
}

/// What was found: the worst of all decides.
#[derive(Debug, Serialize)]
pub(super) struct Check {
    pub status: Status,
    /// What is wrong, in words of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

/// The process responds.
pub(super) async fn alive() -> impl IntoResponse {
    (StatusCode::OK, "ok\n")
}

/// 503 if requests should go elsewhere: the database is gone, a task is silent, or the process shuts down.
pub(super) async fn ready(State(gateway): State<Arc<Gateway>>) -> Response {
    let readiness = look(&gateway).await;
    let status = match readiness.status {
        Status::Ready | Status::Degraded => StatusCode::OK,
        Status::Draining | Status::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    };
    (status, Json(readiness)).into_response()
}

/// Looks at everything that the gateway needs.
pub(super) async fn look(gateway: &Gateway) -> Readiness {
    let services = gateway.engine.services();
    let database = match services.db.ping().await {
        Ok(()) => Check::fine(),
        Err(_) => Check::new(Status::Unavailable, "it does not answer"),
    };
    let is_there = database.status == Status::Ready;
    let mut checks = BTreeMap::from([("database", database), ("tasks", tasks(services))]);
    if is_there {
        checks.extend(behind(services, backlog(services).await));
    }
    if let Some(is_connected) = services.cluster.is_connected() {
        let away =
            || Check::new(Status::Degraded, "it does not answer; each process counts by itself");
        checks.insert("redis", if is_connected { Check::fine() } else { away() });
    }
    if gateway.is_draining() {
        checks.insert("process", Check::new(Status::Draining, "it shuts down"));
    }
    let worst = checks.values().map(|check| check.status).max();
    Readiness { status: worst.unwrap_or(Status::Ready), checks }
}

fn tasks(services: &Services) -> Check {
    match services.heartbeats.silent() {
        silent if silent.is_empty() => Check::fine(),
        silent => {
            let detail = format!("no sign of life: {}", silent.join(", "));
            Check::new(Status::Unavailable, &detail)
        }
    }
}

/// What may be late without a request noticing.
fn behind(services: &Services, backlog: Option<Backlog>) -> [(&'static str, Check); 3] {
    let check = |oldest: fn(&Backlog) -> Option<Timestamp>, most: TimeDelta, what: &str| {
        let Some(backlog) = &backlog else {
            return Check::new(Status::Degraded, "unknown: the database is slow");
        };
        let age = oldest(backlog).map(|oldest| services.clock.now() - oldest);
        match age.filter(|age| *age > most) {
            None => Check::fine(),
            Some(age) => {
                let detail = format!("{what} for {} s", age.num_seconds());
                Check::new(Status::Degraded, &detail)
            }
        }
    };
    [
        ("mail", check(|it| it.oldest_mail, MAILS, "a mail has waited")),
        ("events", check(|it| it.oldest_unnumbered, EVENTS, "an event has had no position")),
        ("notices", check(|it| it.oldest_untold, NOTICES, "nobody was told of an event")),
    ]
}

impl Check {
    fn fine() -> Self {
        Self { status: Status::Ready, detail: None }
    }

    fn new(status: Status, detail: &str) -> Self {
        Self { status, detail: Some(detail.to_owned()) }
    }
}
