//! A fair queue for connections: an asker that holds some may take another only while many times as
//! many are free. A single asker gets a fifth of them, each of many gets less, and an asker that
//! holds none finds one free, unless there are nearly as many askers as connections.

#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use sea_orm::{ConnAcquireErr, DbErr};

use super::slot::Slot;
use crate::{
    domain::store::asker::Asker,
    fair_queue::{FairQueue, Permit, Refused, Rules, Usage},
};

/// Connections that must be free for each one held by an asker who wants another.
const FREE_FOR_EACH_HELD: usize = 4;
/// Waiting statements per asker …
const MOST_WAITING: usize = 256;
/// … and in total.
const MOST_WAITING_IN_ALL: usize = 4_096;

/// Connections that are shared fairly; cheap to clone.
#[derive(Clone)]
pub(super) struct FairPool {
    queue: Arc<FairQueue<Asker, Arc<Slot>>>,
    patience: Duration,
}

/// A connection in use, returned when dropped.
pub(super) type ConnectionPermit = Permit<Asker, Arc<Slot>>;

impl FairPool {
    pub fn new(slots: impl IntoIterator<Item = Slot>, patience: Duration) -> Self {
        let rules = Rules {
            // The gateway's own concurrency is limited elsewhere.
            may_take: |asker, held, free| {
                asker == Asker::Gateway || held * FREE_FOR_EACH_HELD < free
            },
            most_waiting: MOST_WAITING,
            most_waiting_in_all: MOST_WAITING_IN_ALL,
            longest_makes_way: false,
        };
        Self { queue: FairQueue::new(slots.into_iter().map(Arc::new), rules), patience }
    }

    /// Waits for the current asker's turn and takes a connection.
    pub async fn acquire(&self) -> Result<ConnectionPermit, DbErr> {
        let permit = self.queue.take(Asker::current(), self.patience).await;
        permit.map_err(|refused| {
            DbErr::ConnectionAcquire(match refused {
                Refused::Busy => ConnAcquireErr::Timeout,
                Refused::Closed => ConnAcquireErr::ConnectionClosed,
            })
        })
    }

    /// How many connections are used and waited for.
    pub fn usage(&self) -> Usage {
        self.queue.usage()
    }

    /// The idle connections.
    pub fn rest(&self) -> Vec<Arc<Slot>> {
        self.queue.free()
    }

    /// Grants no more permits; returns the idle connections.
    pub fn close(&self) -> Vec<Arc<Slot>> {
        self.queue.close()
    }
}
