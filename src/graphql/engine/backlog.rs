//! Limits the bytes of answers that wait for their client.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    config::Config,
    error::{Error, Result},
};

/// The byte limit of one connection's answers; cheap to clone.
#[derive(Debug, Clone)]
pub struct Backlog {
    free: Arc<Semaphore>,
    /// Size of the largest answer, at most the whole limit.
    largest: u32,
}

/// A permit for bytes, released when dropped.
#[derive(Debug)]
pub struct AnswerPermit(OwnedSemaphorePermit);

impl Backlog {
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let bytes = config.realtime.limit_socket_bytes;
        let largest = u32::try_from(config.limits.limit_response_bytes).unwrap_or(u32::MAX);
        Self { free: Arc::new(Semaphore::new(bytes as usize)), largest: largest.min(bytes) }
    }

    /// Waits until the largest answer would fit; answers are only computed afterwards.
    pub async fn room(&self) -> Result<AnswerPermit> {
        let room = self.free.clone().acquire_many_owned(self.largest).await;
        room.map(AnswerPermit).map_err(Error::internal)
    }
}

impl AnswerPermit {
    /// Releases what an answer of this size does not need.
    pub fn shrink(&mut self, bytes: usize) {
        drop(self.0.split(self.0.num_permits().saturating_sub(bytes)));
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    fn backlog(bytes: usize, largest: u32) -> Backlog {
        Backlog { free: Arc::new(Semaphore::new(bytes)), largest }
    }

    #[test]
    fn nothing_is_computed_that_might_not_fit() {
        let backlog = backlog(25, 10);
        let room = || backlog.room().now_or_never();
        let (mut first, second) = (room().unwrap().unwrap(), room().unwrap().unwrap());
        assert!(room().is_none());
        first.shrink(5);
        let third = room().unwrap().unwrap();
        assert!(room().is_none(), "5, 10 and 10 of 25 bytes");
        drop((second, third));
        assert!(room().is_some());
    }

    #[test]
    fn an_answer_that_is_larger_than_promised_keeps_what_it_has() {
        let backlog = backlog(10, 10);
        let mut room = backlog.room().now_or_never().unwrap().unwrap();
        room.shrink(11);
        assert_eq!(backlog.free.available_permits(), 0);
    }
}
