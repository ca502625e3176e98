//! What becomes of a finished request besides its line: numbers, and a line of its own if it was slow.

use std::{fmt::Write, sync::Arc, time::Duration};

use super::record::Facts;
use crate::{
    config::Config,
    metrics::{Ending, Traffic},
};

/// The target of lines about slow operations in `LOG_LEVEL`.
const TARGET: &str = "find_helper::slow";

/// Sees each request, and each operation of a socket, at its end.
#[derive(Debug)]
pub struct Observer {
    /// None if nobody reads the numbers.
    pub traffic: Option<Traffic>,
    /// None if no operation is logged for being slow.
    slow: Option<Duration>,
}

impl Observer {
    /// None if there is nothing to observe.
    #[must_use]
    pub fn new(config: &Config) -> Option<Arc<Self>> {
        let traffic = config.observing.metrics_addr.map(|_| Traffic::default());
        let slow = Some(config.observing.log_slow_ms).filter(|limit| !limit.is_zero());
        (traffic.is_some() || slow.is_some()).then(|| Arc::new(Self { traffic, slow }))
    }

    /// A request over HTTP has ended, and with it the operation that it ran, if any.
    pub(super) fn see_request(&self, facts: &Facts, route: Option<&str>, status: Option<u16>) {
        let ending = ending(facts, status);
        if let Some(traffic) = &self.traffic {
            traffic.count_request(route, ending);
            if let Some(run) = facts.run.get() {
                traffic.count_operation(run.place, ending);
            }
        }
        self.tell(facts, ending);
    }

    /// An operation of a socket has ended.
    pub(super) fn see_operation(&self, facts: &Facts) {
        let ending = ending(facts, None);
        if let Some(traffic) = &self.traffic {
            traffic.count_operation(facts.run.get().and_then(|run| run.place), ending);
        }
        self.tell(facts, ending);
    }

    /// Names the document by its hash: its text and its variables may hold secrets.
    fn tell(&self, facts: &Facts, ending: Ending) {
        let is_slow = |took: &Duration| self.slow.is_some_and(|limit| *took >= limit);
        let Some(run) = facts.run.get().filter(|_| ending.took.as_ref().is_some_and(is_slow))
        else {
            return;
        };
        tracing::warn!(
            target: TARGET,
            parent: None,
            request_id = facts.request_id.get().map(String::as_str),
            document = hex(&run.document),
            route = facts.route.get().map(String::as_str),
            operation = facts.operation.get().map(String::as_str),
            error_code = ending.code,
            duration_ms = facts.duration_ms(),
            "slow operation"
        );
    }
}

/// How it ended; streams and upgrades to a socket last as long as their client wants.
fn ending(facts: &Facts, status: Option<u16>) -> Ending {
    const SWITCHING: u16 = 101;
    let lasts = status == Some(SWITCHING) || facts.run.get().is_some_and(|run| run.is_stream);
    Ending {
        status,
        code: facts.error_code.get().copied(),
        took: (!lasts).then(|| facts.elapsed()),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}
