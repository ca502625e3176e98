//! Limits the messages of one client per minute, since each costs more to handle than to send.

use chrono::TimeDelta;

use super::CloseReason;
use crate::{clock::Timestamp, domain::Services};

const WINDOW: TimeDelta = TimeDelta::minutes(1);
/// One to start each operation and one to complete it.
const MESSAGES_PER_OPERATION: u32 = 2;

/// Messages of a client within the current minute.
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

    /// Counts a message of any kind, including pings and unsolicited pongs.
    pub(super) fn hears(&mut self) -> Result<(), CloseReason> {
        // The clock may also have been set back.
        if (self.services.clock.now() - self.since).abs() >= WINDOW {
            *self = Self::new(self.services);
        }
        self.messages += 1;
        if self.messages > MESSAGES_PER_OPERATION * self.most() {
            return Err(CloseReason::close(4429, "Too many messages in a minute"));
        }
        Ok(())
    }

    /// Counts the start of an operation.
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
