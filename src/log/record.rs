//! What is known about a request, a socket or one of its operations: for its log line and its numbers our
//! ids and names, never text of a client; and for the usage of an API key.

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::task::futures::TaskLocalFuture;

use super::observer::Observer;

tokio::task_local! {
    static CURRENT: Option<Record>;
}

/// The target of these lines in `LOG_LEVEL`.
pub(super) const TARGET: &str = "find_helper::requests";

/// Facts that are filled in wherever they become known; the first value of each wins.
#[derive(Debug, Clone)]
pub struct Record(Arc<Facts>);

#[derive(Debug)]
pub(super) struct Facts {
    began: Instant,
    /// Who sees it at its end.
    pub observer: Option<Arc<Observer>>,
    pub request_id: OnceLock<String>,
    pub route: OnceLock<String>,
    pub operation: OnceLock<String>,
    pub caller: OnceLock<Caller>,
    pub error_code: OnceLock<&'static str>,
    pub run: OnceLock<Run>,
    key_use: OnceLock<KeyUse>,
    /// Operations of a socket, or events of an operation or stream.
    count: AtomicU64,
}

/// The caller, unless anonymous.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caller {
    pub user_id: i64,
    pub api_key_id: Option<i64>,
}

/// The operation that ran.
#[derive(Debug)]
pub(super) struct Run {
    /// Its place among the numbers.
    pub place: Option<usize>,
    /// The SHA-256 of its document.
    pub document: [u8; 32],
    pub is_stream: bool,
}

/// What an API key is used for. Not logged: the client may have named the operation.
#[derive(Debug)]
pub struct KeyUse {
    pub key_id: i64,
    /// The REST route, or kind and first root field.
    pub route: String,
    pub operation: Option<String>,
}

impl Record {
    /// An empty record, and who sees it at its end.
    #[must_use]
    pub fn begin(observer: Option<Arc<Observer>>) -> Self {
        Self(Arc::new(Facts {
            began: Instant::now(),
            observer,
            request_id: OnceLock::new(),
            route: OnceLock::new(),
            operation: OnceLock::new(),
            caller: OnceLock::new(),
            error_code: OnceLock::new(),
            run: OnceLock::new(),
            key_use: OnceLock::new(),
            count: AtomicU64::new(0),
        }))
    }

    /// The record of the request, socket or operation that this task works on.
    #[must_use]
    pub fn current() -> Option<Self> {
        CURRENT.try_with(Clone::clone).ok().flatten()
    }

    /// A new record for an operation within the current request.
    #[must_use]
    pub fn of_same_request() -> Option<Self> {
        let request = Self::current()?;
        let record = Self::begin(request.0.observer.clone());
        if let Some(id) = request.0.request_id.get() {
            record.0.request_id.set(id.clone()).ok();
        }
        Some(record)
    }

    /// Names the request and the template of its route.
    pub fn name(&self, id: &str, route: &str) {
        self.0.request_id.set(id.to_owned()).ok();
        self.0.route.set(route.to_owned()).ok();
    }

    /// What an API key is used for; None if there is none, or before the request was charged.
    #[must_use]
    pub fn key_use(&self) -> Option<&KeyUse> {
        self.0.key_use.get()
    }

    /// The id of the request, also for operations of a socket.
    #[must_use]
    pub fn request_id(&self) -> &str {
        self.0.request_id.get().map_or("", String::as_str)
    }

    /// Why it failed.
    #[must_use]
    pub fn error_code(&self) -> Option<&'static str> {
        self.0.error_code.get().copied()
    }

    /// The time since it began.
    #[must_use]
    pub fn duration_ms(&self) -> u64 {
        self.0.duration_ms()
    }

    /// Counts an operation of a socket, or an event of an operation.
    pub fn count(&self) {
        self.0.count.fetch_add(1, Ordering::Relaxed);
    }

    /// Records why it failed.
    pub fn fail(&self, code: &'static str) {
        self.0.error_code.set(code).ok();
    }

    pub(super) fn facts(&self) -> &Facts {
        &self.0
    }
}

impl Facts {
    pub(super) fn duration_ms(&self) -> u64 {
        u64::try_from(self.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    pub(super) fn counted(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }
}

/// Runs work with this record as the current one; not `async`, which would hold the work twice.
pub fn scope<F: Future>(record: Option<Record>, work: F) -> TaskLocalFuture<Option<Record>, F> {
    CURRENT.scope(record, work)
}

/// Records the caller; both are None for anonymous callers.
pub fn note_caller(user_id: Option<i64>, api_key_id: Option<i64>) {
    if let Some(user_id) = user_id {
        note(|facts| facts.caller.set(Caller { user_id, api_key_id }).is_ok());
    }
}

/// Records the kind and the root fields of the operation.
pub fn note_operation(name: impl FnOnce() -> String) {
    note(|facts| !facts.operation.get_or_init(name).is_empty());
}

/// Records which operation runs: its name as [`crate::metrics::Traffic::operation`] takes it, and the
/// SHA-256 of its document.
pub fn note_run(name: [&str; 2], document: [u8; 32], is_stream: bool) {
    note(|facts| {
        let Some(observer) = &facts.observer else { return false };
        let place = observer.traffic.as_ref().and_then(|traffic| traffic.operation(name));
        facts.run.set(Run { place, document, is_stream }).is_ok()
    });
}

/// Records what an API key is used for.
pub fn note_key_use(used: impl FnOnce() -> KeyUse) {
    note(|facts| facts.key_use.set(used()).is_ok());
}

/// Records why the current request or operation failed.
pub fn note_error(code: &'static str) {
    note(|facts| facts.error_code.set(code).is_ok());
}

/// Ignores whether the fact was known already and whether there is a record.
fn note(what: impl FnOnce(&Facts) -> bool) {
    CURRENT.try_with(|record| record.as_ref().map(|record| what(&record.0))).ok();
}
