//! Turns at the connections, shared fairly: whoever holds some may take one more only while many
//! times as many are free. One asker alone gets a fifth of them, each of many gets less, and those who
//! hold none find one free, unless there are nearly as many askers as connections. Those who must wait
//! are served in a circle of askers, each in the order of their asking.

#[cfg(test)]
mod tests;

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use sea_orm::{ConnAcquireErr, DbErr};
use tokio::{sync::oneshot, time::timeout};

use super::slot::Slot;
use crate::domain::store::asker::Asker;

/// So many connections must be free for each that an asker holds who wants another.
const FREE_FOR_EACH_HELD: usize = 4;
/// Statements that may wait for one asker …
const MOST_WAITING: usize = 256;
/// … and for all.
const MOST_WAITING_IN_ALL: usize = 4_096;

/// Connections that are shared fairly; cheap to clone.
#[derive(Clone)]
pub(super) struct FairPool {
    state: Arc<Mutex<State>>,
    patience: Duration,
}

#[derive(Default)]
struct State {
    /// The one that has rested longest comes first.
    free: VecDeque<Arc<Slot>>,
    held: HashMap<Asker, usize>,
    /// The circle of those who wait; nobody in it has an empty queue.
    waiting: VecDeque<(Asker, VecDeque<Waiter>)>,
    waiters: usize,
    next_id: u64,
    is_closed: bool,
}

struct Waiter {
    id: u64,
    acquire: oneshot::Sender<ConnectionPermit>,
}

/// What comes of asking.
enum Acquired {
    ConnectionPermit(ConnectionPermit),
    /// A place in the queue, by its number.
    QueuePlace(u64, oneshot::Receiver<ConnectionPermit>),
}

/// A connection in use, given back when dropped.
pub(super) struct ConnectionPermit {
    pub slot: Arc<Slot>,
    pub asker: Asker,
    pool: FairPool,
}

impl FairPool {
    pub fn new(slots: impl IntoIterator<Item = Slot>, patience: Duration) -> Self {
        let free = slots.into_iter().map(Arc::new).collect();
        let state = State { free, ..State::default() };
        Self { state: Arc::new(Mutex::new(state)), patience }
    }

    /// A connection for the current asker, as soon as it is their turn.
    pub async fn acquire(&self) -> Result<ConnectionPermit, DbErr> {
        let asker = Asker::current();
        let (id, receiver) = match self.take_or_queue(asker).map_err(DbErr::ConnectionAcquire)? {
            Acquired::ConnectionPermit(acquire) => return Ok(acquire),
            Acquired::QueuePlace(id, receiver) => (id, receiver),
        };
        let _place = QueuePlace { pool: self, asker, id };
        match timeout(self.patience, receiver).await {
            Ok(Ok(acquire)) => Ok(acquire),
            Ok(Err(_)) => Err(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed)),
            Err(_) => Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)),
        }
    }

    /// The connections that nobody uses.
    pub fn rest(&self) -> Vec<Arc<Slot>> {
        self.lock().free.iter().cloned().collect()
    }

    /// Nobody gets a turn any more; the connections that nobody uses.
    pub fn close(&self) -> Vec<Arc<Slot>> {
        let mut state = self.lock();
        state.is_closed = true;
        state.waiting.clear();
        state.waiters = 0;
        state.free.drain(..).collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection, or else a place in the queue.
    fn take_or_queue(&self, asker: Asker) -> Result<Acquired, ConnAcquireErr> {
        let mut state = self.lock();
        if state.is_closed {
            return Err(ConnAcquireErr::ConnectionClosed);
        }
        // Free connections are none that those who wait could have.
        if state.may_take(asker)
            && let Some(slot) = state.free.pop_front()
        {
            *state.held.entry(asker).or_default() += 1;
            return Ok(Acquired::ConnectionPermit(ConnectionPermit {
                slot,
                asker,
                pool: self.clone(),
            }));
        }
        state.queue(asker).ok_or(ConnAcquireErr::Timeout)
    }

    /// Gives free connections to those who wait and may have one.
    fn serve(&self) {
        loop {
            let mut state = self.lock();
            let Some((asker, waiter)) = state.next() else { return };
            let Some(slot) = state.free.pop_front() else { return };
            *state.held.entry(asker).or_default() += 1;
            drop(state);
            let acquire = ConnectionPermit { slot, asker, pool: self.clone() };
            // Whoever has left in the meantime gives the turn back at once.
            drop(waiter.acquire.send(acquire));
        }
    }

    fn give_back(&self, slot: Arc<Slot>, asker: Asker) {
        let mut state = self.lock();
        if !state.is_closed {
            state.free.push_back(slot);
        }
        if let Some(held) = state.held.get_mut(&asker) {
            *held -= 1;
            if *held == 0 {
                state.held.remove(&asker);
            }
        }
        drop(state);
        self.serve();
    }
}

impl State {
    /// The gateway's own work is bounded where it is done.
    fn may_take(&self, asker: Asker) -> bool {
        let held = self.held.get(&asker).copied().unwrap_or_default();
        !self.free.is_empty()
            && (asker == Asker::Gateway || held * FREE_FOR_EACH_HELD < self.free.len())
    }

    fn queue(&mut self, asker: Asker) -> Option<Acquired> {
        if self.waiters >= MOST_WAITING_IN_ALL {
            return None;
        }
        let (acquire, receiver) = oneshot::channel();
        self.next_id += 1;
        let waiter = Waiter { id: self.next_id, acquire };
        match self.waiting.iter_mut().find(|(other, _)| *other == asker) {
            Some((_, queue)) if queue.len() >= MOST_WAITING => return None,
            Some((_, queue)) => queue.push_back(waiter),
            None => self.waiting.push_back((asker, VecDeque::from([waiter]))),
        }
        self.waiters += 1;
        Some(Acquired::QueuePlace(self.next_id, receiver))
    }

    /// The next in the circle who may have a connection; their asker goes to its end.
    fn next(&mut self) -> Option<(Asker, Waiter)> {
        let place = self.waiting.iter().position(|(asker, _)| self.may_take(*asker))?;
        let (asker, mut queue) = self.waiting.remove(place)?;
        let waiter = queue.pop_front()?;
        self.waiters -= 1;
        if !queue.is_empty() {
            self.waiting.push_back((asker, queue));
        }
        Some((asker, waiter))
    }

    fn leave(&mut self, asker: Asker, id: u64) {
        let Some(place) = self.waiting.iter().position(|(other, _)| *other == asker) else {
            return;
        };
        let queue = &mut self.waiting[place].1;
        let before = queue.len();
        queue.retain(|waiter| waiter.id != id);
        self.waiters -= before - queue.len();
        if queue.is_empty() {
            self.waiting.remove(place);
        }
    }
}

/// A place in the queue, left when dropped.
struct QueuePlace<'a> {
    pool: &'a FairPool,
    asker: Asker,
    id: u64,
}

impl Drop for QueuePlace<'_> {
    fn drop(&mut self) {
        self.pool.lock().leave(self.asker, self.id);
    }
}

impl Drop for ConnectionPermit {
    fn drop(&mut self) {
        self.pool.give_back(self.slot.clone(), self.asker);
    }
}
