//! What is read at the scrape: queues, backlogs, limits and the process. No request reads or writes any of it for
//! this page.

use std::{sync::atomic::Ordering::Relaxed, time::Duration};

use crate::{
    clock::Timestamp,
    config::Backend,
    domain::{
        Services,
        health::{Backlog, backlog},
        store::database::Database,
    },
    fair_queue::Usage,
    http::{
        Gateway,
        health::{Status, look},
    },
    log,
    metrics::{Family, Kind, process},
};

pub(super) async fn families(gateway: &Gateway) -> Vec<Family> {
    let services = gateway.engine.services();
    let mut families = ready(gateway).await;
    families.push(build(services));
    families.extend(queue("database_connections", "Database connections", &services.db.usage()));
    families.extend(queue(
        "password_hashes",
        "Password hashes",
        &[("argon2", services.passwords.usage())],
    ));
    if let Some(backlog) = backlog(services).await {
        families.extend(behind(services, &backlog));
    }
    families.extend(beside(gateway));
    families.extend(process::families(started(gateway)));
    families
}

/// 1 for each check of `/readyz` that is well, and for all together.
async fn ready(gateway: &Gateway) -> Vec<Family> {
    let readiness = look(gateway).await;
    let mut checks = gauge("check_ready", "1 if a check of /readyz is well.");
    for (name, check) in &readiness.checks {
        checks.number(&[("check", name)], f64::from(u8::from(check.status == Status::Ready)));
    }
    let serves = matches!(readiness.status, Status::Ready | Status::Degraded);
    let help = "1 if /readyz answers 200.";
    vec![checks, one("ready", Kind::Gauge, help, f64::from(u8::from(serves)))]
}

fn build(services: &Services) -> Family {
    let mut build = gauge("build_info", "The version that runs, and its database.");
    let database = match services.config.backend() {
        Ok(Backend::Postgres) => "postgresql",
        _ => "sqlite",
    };
    build.count(&[("version", env!("CARGO_PKG_VERSION")), ("database", database)], 1);
    build
}

/// Who uses something scarce, and who waits for it.
fn queue(name: &str, what: &str, usages: &[(&'static str, Usage)]) -> Vec<Family> {
    let family = |suffix: &str, kind, help: &str, value: fn(&Usage) -> f64| {
        let name = format!("find_helper_{name}_{suffix}");
        let mut family = Family::new(&name, kind, &format!("{what} {help}"));
        for (pool, usage) in usages {
            family.number(&[("pool", pool)], value(usage));
        }
        family
    };
    vec![
        family("in_use", Kind::Gauge, "in use.", |it| number(it.held)),
        family("free", Kind::Gauge, "that nobody uses.", |it| number(it.free)),
        family("waiting", Kind::Gauge, "that are waited for.", |it| number(it.waiting)),
        family("waits", Kind::Counter, "that were waited for.", |it| large(it.waits)),
        family("wait_seconds", Kind::Counter, "and the time that was waited for them.", |it| {
            it.waited.as_secs_f64()
        }),
        family("refusals", Kind::Counter, "that were refused since too many waited.", |it| {
            large(it.refusals)
        }),
    ]
}

/// What waits to be done behind the scenes.
fn behind(services: &Services, backlog: &Backlog) -> Vec<Family> {
    let age = |oldest: Option<Timestamp>| {
        let age = oldest.and_then(|oldest| (services.clock.now() - oldest).to_std().ok());
        age.as_ref().map_or(0.0, Duration::as_secs_f64)
    };
    let gauge = |name, help, value| one(name, Kind::Gauge, help, value);
    vec![
        gauge("mails_waiting", "Mails that are due or were tried in vain.", large(backlog.mails)),
        gauge("mails_oldest_seconds", "Age of the oldest of them.", age(backlog.oldest_mail)),
        gauge(
            "events_unnumbered_seconds",
            "Age of the oldest event without a position.",
            age(backlog.oldest_unnumbered),
        ),
        gauge(
            "notices_lag_seconds",
            "Age of the oldest event of which notices are still to be made.",
            age(backlog.oldest_untold),
        ),
    ]
}

fn beside(gateway: &Gateway) -> Vec<Family> {
    let services = gateway.engine.services();
    let mut refusals =
        Family::new("find_helper_limit_refusals", Kind::Counter, "Refusals of rate limits.");
    for ([limit, _], count) in services.refusals.iter() {
        refusals.count(&[("limit", limit)], count.load(Relaxed));
    }
    let streams = "Open WebSockets and event streams.";
    let lost = "Log lines that could not be written.";
    let mut families = vec![
        refusals,
        one("streams_open", Kind::Gauge, streams, large(gateway.sockets.held())),
        one("log_lines_dropped", Kind::Counter, lost, large(log::dropped())),
    ];
    families.extend(Database::log_bytes(&services.config).map(|bytes| {
        one("sqlite_wal_bytes", Kind::Gauge, "Size of the write-ahead log.", large(bytes))
    }));
    families
}

fn started(gateway: &Gateway) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 are far below 2^53")]
    let millis = gateway.started.timestamp_millis() as f64;
    millis / 1_000.0
}

fn gauge(name: &str, help: &str) -> Family {
    Family::new(&format!("find_helper_{name}"), Kind::Gauge, help)
}

fn one(name: &str, kind: Kind, help: &str, value: f64) -> Family {
    Family::one(&format!("find_helper_{name}"), kind, help, value)
}

fn number(count: usize) -> f64 {
    large(u64::try_from(count).unwrap_or(u64::MAX))
}

#[expect(clippy::cast_precision_loss, reason = "Prometheus knows no other numbers")]
fn large(count: u64) -> f64 {
    count as f64
}
