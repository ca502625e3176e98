//! Requests and operations: how many, how they ended and how long they took.

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use super::{Family, Histogram, Kind, Names};

/// More than there are templates of routes …
const ROUTES: usize = 256;
/// … and more than there are root fields, routes of REST and documents of most manifests.
const OPERATIONS: usize = 2_048;
/// More than there are error codes.
const CODES: usize = 64;
/// By the first digit of the HTTP status; the first are those without one.
const STATUSES: [&str; 6] = ["none", "1xx", "2xx", "3xx", "4xx", "5xx"];

/// All that the gateway was asked for since it started.
#[derive(Debug)]
pub struct Traffic {
    routes: Names<Series>,
    operations: Names<Series>,
}

/// How a request or operation ended.
#[derive(Debug, Clone, Copy)]
pub struct Ending {
    /// None for operations of sockets, and for clients that left before the answer.
    pub status: Option<u16>,
    pub code: Option<&'static str>,
    /// None for what lasts as long as its client wants.
    pub took: Option<Duration>,
}

/// What is counted under one name.
#[derive(Debug)]
struct Series {
    statuses: [AtomicU64; STATUSES.len()],
    took: Histogram,
    errors: Names<AtomicU64>,
}

impl Default for Series {
    fn default() -> Self {
        Self { statuses: Default::default(), took: Histogram::default(), errors: Names::new(CODES) }
    }
}

impl Default for Traffic {
    fn default() -> Self {
        Self { routes: Names::new(ROUTES), operations: Names::new(OPERATIONS) }
    }
}

impl Traffic {
    /// The place of an operation: its kind and first root field, `trusted` and its name in the manifest, or `rest`
    /// and its route.
    #[must_use]
    pub fn operation(&self, name: [&str; 2]) -> Option<usize> {
        self.operations.place(name)
    }

    /// Counts a request by the template of its route; None if no route matched.
    pub fn count_request(&self, route: Option<&str>, ending: Ending) {
        self.routes.at(route.and_then(|route| self.routes.place([route, ""]))).count(ending);
    }

    /// Counts an operation by its place; None if it never became one.
    pub fn count_operation(&self, place: Option<usize>, ending: Ending) {
        self.operations.at(place).count(ending);
    }

    #[must_use]
    pub fn families(&self) -> Vec<Family> {
        let mut requests = Family::new(
            "find_helper_http_requests",
            Kind::Counter,
            "Requests by route and status.",
        );
        let mut routes = Shared::of("http", "requests by route");
        for ([route, _], series) in self.routes.iter() {
            for (status, count) in STATUSES.iter().zip(&series.statuses) {
                let count = count.load(Relaxed);
                if count > 0 {
                    requests.count(&[("route", route), ("status", status)], count);
                }
            }
            routes.add(&[("route", route)], series);
        }
        let mut operations = Family::new(
            "find_helper_operations",
            Kind::Counter,
            "Operations by kind and root field, name in the manifest or REST route.",
        );
        let mut named = Shared::of("operation", "operations by kind and name");
        for ([kind, name], series) in self.operations.iter() {
            let labels = [("kind", kind), ("name", name)];
            operations.count(&labels, series.statuses.iter().map(|it| it.load(Relaxed)).sum());
            named.add(&labels, series);
        }
        [vec![requests, operations], routes.0.into(), named.0.into()].concat()
    }
}

impl Series {
    fn count(&self, Ending { status, code, took }: Ending) {
        let class = status.map_or(0, |status| usize::from(status / 100)).min(STATUSES.len() - 1);
        self.statuses[class].fetch_add(1, Relaxed);
        if let Some(code) = code {
            self.errors.of([code, ""]).fetch_add(1, Relaxed);
        }
        if let Some(took) = took {
            self.took.observe(took);
        }
    }
}

/// The families that routes and operations have alike: durations and errors.
struct Shared([Family; 2]);

impl Shared {
    fn of(what: &str, help: &str) -> Self {
        let took = format!("find_helper_{what}_duration_seconds");
        let errors = format!("find_helper_{what}_errors");
        Self([
            Family::new(&took, Kind::Histogram, &format!("Time taken by {help}, without streams.")),
            Family::new(&errors, Kind::Counter, &format!("Errors of {help}, by code.")),
        ])
    }

    fn add(&mut self, labels: &[(&'static str, &str)], series: &Series) {
        let seen = series.took.seen();
        if seen.count > 0 {
            self.0[0].observed(labels, seen);
        }
        for ([code, _], count) in series.errors.iter() {
            let count = count.load(Relaxed);
            if count > 0 {
                self.0[1].count(&[labels, &[("code", code)]].concat(), count);
            }
        }
    }
}
