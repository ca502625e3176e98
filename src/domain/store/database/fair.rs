//! Turns at the connections, shared fairly: whoever holds some may take one more only while many
//! times as many are free. One asker alone gets a fifth of them, each of many gets less, and those who
//! hold none find one free, unless there are nearly as many askers as connections.

#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use sea_orm::{ConnAcquireErr, DbErr};

use super::slot::Slot;
use crate::{
    domain::store::asker::Asker,
    fair_queue::{FairQueue, Permit, Refused, Rules},
};

/// So many connections must be free for each that an asker holds who wants another.
const FREE_FOR_EACH_HELD: usize = 4;
/// Statements that may wait for one asker …
const MOST_WAITING: usize = 256;
/// … and for all.
const MOST_WAITING_IN_ALL: usize = 4_096;

/// Connections that are shared fairly; cheap to clone.
#[derive(Clone)]
pub(super) struct FairPool {
    queue: Arc<FairQueue<Asker, Arc<Slot>>>,
    patience: Duration,
}

/// A connection in use, given back when dropped.
pub(super) type ConnectionPermit = Permit<Asker, Arc<Slot>>;

impl FairPool {
    pub fn new(slots: impl IntoIterator<Item = Slot>, patience: Duration) -> Self {
        let rules = Rules {
            // The gateway's own work is bounded where it is done.
            may_take: |asker, held, free| {
                asker == Asker::Gateway || held * FREE_FOR_EACH_HELD < free
            },
            most_waiting: MOST_WAITING,
            most_waiting_in_all: MOST_WAITING_IN_ALL,
            longest_makes_way: false,
        };
        Self { queue: FairQueue::new(slots.into_iter().map(Arc::new), rules), patience }
    }

    /// A connection for the current asker, as soon as it is their turn.
    pub async fn acquire(&self) -> Result<ConnectionPermit, DbErr> {
        let permit = self.queue.take(Asker::current(), self.patience).await;
        permit.map_err(|refused| {
            DbErr::ConnectionAcquire(match refused {
                Refused::Busy => ConnAcquireErr::Timeout,
                Refused::Closed => ConnAcquireErr::ConnectionClosed,
            })
        })
    }

    /// The connections that nobody uses.
    pub fn rest(&self) -> Vec<Arc<Slot>> {
        self.queue.free()
    }

    /// Nobody gets a turn any more; the connections that nobody uses.
    pub fn close(&self) -> Vec<Arc<Slot>> {
        self.queue.close()
    }
}
