//! A queue that shares something scarce, such as connections, fairly: callers take turns (round
//! robin), and each caller's requests are served in order, however many one caller has waiting.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    ops::Deref,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tokio::{sync::oneshot, time::timeout};

/// The unit of fairness.
pub trait Caller: Copy + Eq + Hash {}

impl<T: Copy + Eq + Hash> Caller for T {}

/// How many permits a caller may hold, and how many requests may wait.
#[derive(Debug)]
pub struct Rules<C> {
    /// Whether a caller may take one more, given how many they hold and how many are free.
    pub may_take: fn(C, usize, usize) -> bool,
    /// How many requests may wait per caller …
    pub most_waiting: usize,
    /// … and in total.
    pub most_waiting_in_all: usize,
    /// Whether a full queue drops the last request of the longest line in favour of a shorter line.
    pub longest_makes_way: bool,
}

/// A pool of items, each held by one permit at a time.
#[derive(Debug)]
pub struct FairQueue<C: Caller, T: Clone>(Mutex<State<C, T>>);

#[derive(Debug)]
struct State<C: Caller, T: Clone> {
    rules: Rules<C>,
    /// The item that was used last comes last, and is used next: it is the warmest.
    free: Vec<T>,
    held: HashMap<C, usize>,
    /// The callers with waiting requests, in the order of their turns; no line is empty.
    waiting: VecDeque<(C, VecDeque<Waiter<C, T>>)>,
    waiters: usize,
    next_id: u64,
    is_closed: bool,
    waits: u64,
    waited: Duration,
    refusals: u64,
}

/// How a queue is used at the moment, and what waiting there was since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    pub held: usize,
    pub free: usize,
    pub waiting: usize,
    /// How many had to wait, and how long together; those who never wait are not counted.
    pub waits: u64,
    pub waited: Duration,
    /// How many got nothing because too many waited, or the wait took too long.
    pub refusals: u64,
}

#[derive(Debug)]
struct Waiter<C: Caller, T: Clone> {
    id: u64,
    turn: oneshot::Sender<Permit<C, T>>,
}

/// An item in use, returned when dropped.
#[derive(Debug)]
pub struct Permit<C: Caller, T: Clone> {
    pub caller: C,
    item: T,
    queue: Arc<FairQueue<C, T>>,
}

/// Why no permit was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Too many requests wait, or the wait took too long.
    Busy,
    Closed,
}

impl<C: Caller, T: Clone> FairQueue<C, T> {
    pub fn new(items: impl IntoIterator<Item = T>, rules: Rules<C>) -> Arc<Self> {
        Arc::new(Self(Mutex::new(State {
            rules,
            free: items.into_iter().collect(),
            held: HashMap::new(),
            waiting: VecDeque::new(),
            waiters: 0,
            next_id: 0,
            is_closed: false,
            waits: 0,
            waited: Duration::ZERO,
            refusals: 0,
        })))
    }

    /// Waits for the caller's turn and takes an item.
    pub async fn take(
        self: &Arc<Self>,
        caller: C,
        max_wait: Duration,
    ) -> Result<Permit<C, T>, Refused> {
        let (id, turn) = {
            let mut state = self.lock();
            if state.is_closed {
                return Err(Refused::Closed);
            }
            // The free items are not available to any of the waiting callers.
            if let Some(item) = state.take(caller) {
                return Ok(Permit { caller, item, queue: Arc::clone(self) });
            }
            match state.enter(caller) {
                Some(place) => place,
                None => return Err(state.refuse()),
            }
        };
        let _place = Place { queue: self, caller, id, since: Instant::now() };
        match timeout(max_wait, turn).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) if self.lock().is_closed => Err(Refused::Closed),
            _ => Err(self.lock().refuse()),
        }
    }

    /// How the queue is used.
    pub fn usage(&self) -> Usage {
        let state = self.lock();
        Usage {
            held: state.held.values().sum(),
            free: state.free.len(),
            waiting: state.waiters,
            waits: state.waits,
            waited: state.waited,
            refusals: state.refusals,
        }
    }

    /// The items that nobody holds.
    pub fn free(&self) -> Vec<T> {
        self.lock().free.clone()
    }

    /// Closes the queue: no more permits are granted. Returns the free items.
    pub fn close(&self) -> Vec<T> {
        let mut state = self.lock();
        state.is_closed = true;
        state.waiting.clear();
        state.waiters = 0;
        state.free.drain(..).collect()
    }

    fn lock(&self) -> MutexGuard<'_, State<C, T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands free items to waiting callers that may take one.
    fn serve(self: &Arc<Self>) {
        loop {
            let mut state = self.lock();
            let Some((caller, waiter)) = state.next() else { return };
            let Some(item) = state.take(caller) else { return };
            drop(state);
            // If the waiter is gone, the dropped permit returns the item at once.
            drop(waiter.turn.send(Permit { caller, item, queue: Arc::clone(self) }));
        }
    }
}

impl<C: Caller, T: Clone> State<C, T> {
    fn may_take(&self, caller: C) -> bool {
        let held = self.held.get(&caller).copied().unwrap_or_default();
        !self.free.is_empty() && (self.rules.may_take)(caller, held, self.free.len())
    }

    fn take(&mut self, caller: C) -> Option<T> {
        if !self.may_take(caller) {
            return None;
        }
        *self.held.entry(caller).or_default() += 1;
        self.free.pop()
    }

    fn give_back(&mut self, caller: C, item: T) {
        if !self.is_closed {
            self.free.push(item);
        }
        if let Some(held) = self.held.get_mut(&caller) {
            *held -= 1;
            if *held == 0 {
                self.held.remove(&caller);
            }
        }
    }

    /// Adds a request to the caller's line and returns its number.
    fn enter(&mut self, caller: C) -> Option<(u64, oneshot::Receiver<Permit<C, T>>)> {
        let line = self.waiting.iter().position(|(other, _)| *other == caller);
        let own = line.map_or(0, |line| self.waiting[line].1.len());
        let is_full = self.waiters >= self.rules.most_waiting_in_all;
        if own >= self.rules.most_waiting || (is_full && !self.sends_away(own)) {
            return None;
        }
        let (turn, receiver) = oneshot::channel();
        self.next_id += 1;
        let waiter = Waiter { id: self.next_id, turn };
        match line {
            Some(line) => self.waiting[line].1.push_back(waiter),
            None => self.waiting.push_back((caller, VecDeque::from([waiter]))),
        }
        self.waiters += 1;
        Some((self.next_id, receiver))
    }

    /// Drops the last request of the longest line if the own line is shorter.
    fn sends_away(&mut self, own: usize) -> bool {
        let longest = self.waiting.iter_mut().map(|(_, line)| line).max_by_key(|line| line.len());
        let longest = longest.filter(|line| line.len() > own + 1);
        let Some(line) = longest.filter(|_| self.rules.longest_makes_way) else { return false };
        line.pop_back();
        self.waiters -= 1;
        true
    }

    /// The next request that may take an item; its caller moves to the end of the circle.
    fn next(&mut self) -> Option<(C, Waiter<C, T>)> {
        let place = self.waiting.iter().position(|(caller, _)| self.may_take(*caller))?;
        let (caller, mut line) = self.waiting.remove(place)?;
        let waiter = line.pop_front()?;
        self.waiters -= 1;
        if !line.is_empty() {
            self.waiting.push_back((caller, line));
        }
        Some((caller, waiter))
    }

    fn refuse(&mut self) -> Refused {
        self.refusals += 1;
        Refused::Busy
    }

    fn leave(&mut self, caller: C, id: u64, waited: Duration) {
        self.waits += 1;
        self.waited += waited;
        let place = self.waiting.iter().position(|(other, _)| *other == caller);
        let Some(place) = place else { return };
        let line = &mut self.waiting[place].1;
        let before = line.len();
        line.retain(|waiter| waiter.id != id);
        self.waiters -= before - line.len();
        if line.is_empty() {
            self.waiting.remove(place);
        }
    }
}

impl<C: Caller, T: Clone> Permit<C, T> {
    /// Whether somebody waits for what this holds.
    pub fn is_waited_for(&self) -> bool {
        self.queue.lock().waiters > 0
    }
}

impl<C: Caller, T: Clone> Deref for Permit<C, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.item
    }
}

impl<C: Caller, T: Clone> Drop for Permit<C, T> {
    fn drop(&mut self) {
        self.queue.lock().give_back(self.caller, self.item.clone());
        self.queue.serve();
    }
}

/// A place in the queue, given up when dropped.
struct Place<'a, C: Caller, T: Clone> {
    queue: &'a FairQueue<C, T>,
    caller: C,
    id: u64,
    since: Instant,
}

impl<C: Caller, T: Clone> Drop for Place<'_, C, T> {
    fn drop(&mut self) {
        self.queue.lock().leave(self.caller, self.id, self.since.elapsed());
    }
}

#[cfg(test)]
mod tests;
