//! How much one client may say in a minute, so that what is cheap to say cannot become dear to hear.

use chrono::TimeDelta;

use super::CloseReason;
use crate::{clock::Timestamp, domain::Services};

const WINDOW: TimeDelta = TimeDelta::minutes(1);
/// Each operation may be begun and completed.
const MESSAGES_PER_OPERATION: u32 = 2;

/// What a client has said since a moment less than a minute ago.
pub(super) struct Pace<'a> {
    services: &'a Services,
    since: Timestamp,
    messages: u32,
    operations: u32,
}

impl<'a> Pace<'a> {
    pub(super) fn new(services: &'a Services) -> Self {
        Self { services, since: services.clock.now(), messages: 0, operations: 0 }
    }

    /// Counts a message of any kind, pings and frames without one too.
    pub(super) fn hears(&mut self) -> Result<(), CloseReason> {
        // A clock may be set back as well.
        if (self.services.clock.now() - self.since).abs() >= WINDOW {
            *self = Self::new(self.services);
        }
        self.messages += 1;
        if self.messages > MESSAGES_PER_OPERATION * self.most() {
            return Err(CloseReason::close(4429, "Too many messages in a minute"));
        }
        Ok(())
    }

    /// Counts an operation that is to begin.
    pub(super) fn begins(&mut self) -> Result<(), CloseReason> {
        self.operations += 1;
        if self.operations > self.most() {
            return Err(CloseReason::close(4429, "Too many operations in a minute"));
        }
        Ok(())
    }

    fn most(&self) -> u32 {
        self.services.config.realtime.limit_socket_operations_per_minute
    }
}
