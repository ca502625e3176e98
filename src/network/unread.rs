//! Bytes of responses that clients have not read yet, limited per network and in total.
//!
//! At a limit, a slow reader may be evicted in favour of a new response: within one network, the
//! response that holds most for longest, if the new one is far smaller; at the total limit, one of
//! the neighbourhood that holds most, if the new one's neighbourhood holds less.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use ipnet::IpNet;
use tokio::sync::Notify;

use super::{Full, Ledger, Share, neighbourhood};

/// Size up to which a response is not counted: their number is bounded by rate limits.
pub const SMALL: usize = 16 * 1_024;
/// Minimum age before eviction in favour of the same network.
const PATIENCE: Duration = Duration::from_secs(2);
/// Minimum ratio of sizes for eviction in favour of the same network.
const FAR_LARGER: u64 = 8;

/// All unread responses.
#[derive(Debug)]
pub struct Unread {
    ledger: Arc<Ledger>,
    waiting: Mutex<Waiting>,
}

#[derive(Debug, Default)]
struct Waiting {
    answers: HashMap<u64, Answer>,
    next: u64,
}

#[derive(Debug)]
struct Answer {
    share: Share,
    /// When it was complete and began to wait for its client; None while it is written.
    since: Option<Instant>,
    evicted: Arc<Notify>,
}

/// The bytes of one response, held until it is dropped or evicted.
#[derive(Debug)]
pub struct Holding {
    unread: Arc<Unread>,
    number: u64,
    evicted: Arc<Notify>,
}

impl Unread {
    #[must_use]
    pub fn new(most: u64, most_per_household: u64) -> Arc<Self> {
        let ledger = Ledger::new("bytes of answers", most, most_per_household);
        Arc::new(Self { ledger, waiting: Mutex::default() })
    }

    /// Holds the first bytes of a response to this address; `evicted` is notified on eviction.
    pub fn hold(
        self: &Arc<Self>,
        address: IpAddr,
        bytes: usize,
        evicted: Arc<Notify>,
    ) -> Result<Holding, Full> {
        let holding = self.begin(address, evicted)?;
        holding.grow(bytes)?;
        Ok(holding)
    }

    fn begin(self: &Arc<Self>, address: IpAddr, evicted: Arc<Notify>) -> Result<Holding, Full> {
        let mut waiting = self.lock();
        let number = waiting.next;
        waiting.next += 1;
        let share = self.ledger.take(address, 0)?;
        waiting.answers.insert(number, Answer { share, since: None, evicted: evicted.clone() });
        Ok(Holding { unread: Arc::clone(self), number, evicted })
    }

    /// The total bytes held.
    #[must_use]
    pub fn held(&self) -> u64 {
        self.ledger.held()
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Holding {
    /// Holds more bytes.
    pub fn grow(&self, by: usize) -> Result<(), Full> {
        self.grow_at(Instant::now(), by)
    }

    fn grow_at(&self, now: Instant, by: usize) -> Result<(), Full> {
        let mut waiting = self.unread.lock();
        loop {
            let Some(answer) = waiting.answers.get_mut(&self.number) else {
                return Err(Full::All("bytes of answers"));
            };
            let Err(full) = answer.share.grow(by as u64) else { return Ok(()) };
            let wanted = answer.share.amount() + by as u64;
            let address = answer.share.address();
            if !waiting.make_room((address, wanted), full, now) {
                return Err(full);
            }
        }
    }

    /// The response is complete with this many bytes and waits for its client from now on.
    pub fn complete(&self, bytes: usize) {
        self.complete_at(Instant::now(), bytes);
    }

    fn complete_at(&self, now: Instant, bytes: usize) {
        if let Some(answer) = self.unread.lock().answers.get_mut(&self.number) {
            answer.share.shrink_to(bytes as u64);
            answer.since = Some(now);
        }
    }

    /// The bytes it holds; 0 after eviction.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.unread.lock().answers.get(&self.number).map_or(0, |answer| answer.share.amount())
    }

    /// Resolves once when the response is evicted.
    pub async fn evicted(&self) {
        self.evicted.notified().await;
    }

    /// The notification of an eviction.
    #[must_use]
    pub fn eviction(&self) -> Arc<Notify> {
        self.evicted.clone()
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        self.unread.lock().answers.remove(&self.number);
    }
}

impl Waiting {
    /// Evicts a response so that one to this address fits; returns whether it found one.
    fn make_room(&mut self, (address, wanted): (IpAddr, u64), full: Full, now: Instant) -> bool {
        let (network, is_own) = match full {
            Full::Network(network) => (network, true),
            Full::All(_) => self.largest_holder(neighbourhood(address)),
        };
        let candidates = self.answers.iter().filter_map(|(number, Answer { share, since, .. })| {
            let age = now.saturating_duration_since((*since)?);
            let is_there = network.contains(&share.address().to_canonical());
            let is_fair = !is_own || (age >= PATIENCE && share.amount() >= FAR_LARGER * wanted);
            let burden = u128::from(share.amount()) * age.as_nanos();
            (is_there && is_fair).then_some((burden, share.amount(), *number))
        });
        let slowest = candidates.max().map(|(_, _, number)| number);
        let Some(answer) = slowest.and_then(|other| self.answers.remove(&other)) else {
            return false;
        };
        answer.evicted.notify_one();
        true
    }

    /// The neighbourhood that holds most, and whether it is this one.
    fn largest_holder(&self, own: IpNet) -> (IpNet, bool) {
        let mut held: HashMap<IpNet, u64> = HashMap::from([(own, 0)]);
        for Answer { share, .. } in self.answers.values() {
            *held.entry(neighbourhood(share.address())).or_default() += share.amount();
        }
        let largest = held.iter().max_by_key(|(network, bytes)| (**bytes, **network == own));
        let largest = largest.map_or(own, |(network, _)| *network);
        (largest, largest == own)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    struct World {
        unread: Arc<Unread>,
        now: Instant,
    }

    impl World {
        fn new(most: u64, most_per_household: u64) -> Self {
            Self { unread: Unread::new(most, most_per_household), now: Instant::now() }
        }

        fn hold(&self, address: &str, bytes: usize) -> Result<Holding, Full> {
            let holding = self.unread.begin(address.parse().unwrap(), Arc::default())?;
            holding.grow_at(self.now, bytes)?;
            holding.complete_at(self.now, bytes);
            Ok(holding)
        }

        fn passes(&mut self, time: Duration) {
            self.now += time;
        }
    }

    fn gave_way(holding: &Holding) -> bool {
        holding.evicted().now_or_never().is_some()
    }

    #[test]
    fn s02_the_slowest_reader_of_a_network_gives_way_to_who_comes_later() {
        let mut world = World::new(1_000, 100);
        let slow = world.hold("203.0.113.7", 80).unwrap();
        world.passes(PATIENCE);
        let fresh = world.hold("203.0.113.7", 20).unwrap();
        let other = world.hold("203.0.113.8", 100).unwrap();
        let later = world.hold("203.0.113.7", 10).unwrap();
        assert!(gave_way(&slow));
        assert!(!gave_way(&fresh) && !gave_way(&other));
        assert!(world.hold("203.0.113.7", 80).is_err(), "nobody else has waited long");
        assert_eq!(world.unread.held(), 130);
        drop((slow, fresh, later, other));
        assert_eq!(world.unread.held(), 0);
    }

    #[test]
    fn s02_whoever_holds_most_gives_way_to_those_who_hold_less() {
        let world = World::new(250, 100);
        let large = ["203.0.113.7", "203.0.113.8"].map(|it| world.hold(it, 100).unwrap());
        let innocent = world.hold("198.51.100.1", 40).unwrap();
        let small = world.hold("192.0.2.1", 30).unwrap();
        assert_eq!(large.iter().filter(|it| gave_way(it)).count(), 1, "of one neighbourhood");
        assert!(!gave_way(&innocent) && !gave_way(&small));
        assert!(world.hold("203.0.113.9", 90).is_err(), "who holds most takes from nobody");
    }

    #[test]
    fn nobody_gives_way_to_an_answer_of_about_the_same_size_or_while_it_is_written() {
        let mut world = World::new(1_000, 100);
        let slow = world.hold("203.0.113.7", 60).unwrap();
        world.passes(PATIENCE);
        assert!(world.hold("203.0.113.7", 41).is_err());
        let begun = world.unread.begin("203.0.113.7".parse().unwrap(), Arc::default()).unwrap();
        begun.grow_at(world.now, 40).unwrap();
        world.passes(PATIENCE);
        assert!(world.hold("203.0.113.7", 7).is_ok());
        assert!(gave_way(&slow) && !gave_way(&begun));
    }

    #[test]
    fn an_answer_that_gave_way_takes_no_more() {
        let mut world = World::new(1_000, 100);
        let slow = world.hold("203.0.113.7", 100).unwrap();
        world.passes(PATIENCE);
        let _later = world.hold("203.0.113.7", 12).unwrap();
        assert!(slow.grow_at(world.now, 1).is_err());
        slow.complete(10);
        assert_eq!(world.unread.held(), 12);
    }
}
