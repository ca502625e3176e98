//! Whose hash is next: neighbourhoods take turns, however many wait in each.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use ipnet::IpNet;
use tokio::{sync::oneshot, time::timeout};

/// A bounded number of turns at once, and a bounded number of places for those who wait.
#[derive(Debug)]
pub(super) struct Turns {
    places: usize,
    queue: Mutex<Queue>,
}

#[derive(Debug)]
struct Queue {
    free: usize,
    waiting: usize,
    next: u64,
    /// Of those who wait; the first one is next.
    lanes: VecDeque<Lane>,
}

/// The line of one neighbourhood; it is never empty.
#[derive(Debug)]
struct Lane {
    /// Nothing for the gateway itself.
    of: Option<IpNet>,
    line: VecDeque<(u64, oneshot::Sender<HashPermit>)>,
}

/// The right to work; the next one has it when this is dropped.
#[derive(Debug)]
pub(super) struct HashPermit(Arc<Turns>);

/// Somebody who waits, until this is dropped.
struct QueuePlace<'a> {
    turns: &'a Turns,
    number: u64,
}

impl Turns {
    pub(super) fn new(at_once: usize, places: usize) -> Arc<Self> {
        let queue = Queue { free: at_once, waiting: 0, next: 0, lanes: VecDeque::new() };
        Arc::new(Self { places, queue: Mutex::new(queue) })
    }

    /// Waits for a turn; nothing comes of it if too many wait, or for too long.
    pub(super) async fn take(
        self: &Arc<Self>,
        of: Option<IpNet>,
        max_wait: Duration,
    ) -> Option<HashPermit> {
        let (number, turn) = {
            let mut queue = self.lock();
            if queue.free > 0 {
                queue.free -= 1;
                return Some(HashPermit(Arc::clone(self)));
            }
            if queue.waiting >= self.places && !queue.displaces(of) {
                return None;
            }
            queue.enter(of)
        };
        let _place = QueuePlace { turns: self, number };
        timeout(max_wait, turn).await.ok()?.ok()
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn enter(&mut self, of: Option<IpNet>) -> (u64, oneshot::Receiver<HashPermit>) {
        let (sender, receiver) = oneshot::channel();
        let number = self.next;
        self.next += 1;
        self.waiting += 1;
        match self.lanes.iter_mut().find(|lane| lane.of == of) {
            Some(lane) => lane.line.push_back((number, sender)),
            None => self.lanes.push_back(Lane { of, line: VecDeque::from([(number, sender)]) }),
        }
        (number, receiver)
    }

    /// Who is next; their neighbours wait until all others had a turn.
    fn next(&mut self) -> Option<oneshot::Sender<HashPermit>> {
        let mut lane = self.lanes.pop_front()?;
        let next = lane.line.pop_front();
        self.waiting -= 1;
        if !lane.line.is_empty() {
            self.lanes.push_back(lane);
        }
        next.map(|(_, sender)| sender)
    }

    /// Sends the last one of the longest line away, for one who has fewer neighbours waiting.
    fn displaces(&mut self, of: Option<IpNet>) -> bool {
        let own = self.lanes.iter().find(|lane| lane.of == of).map_or(0, |lane| lane.line.len());
        let longest = self.lanes.iter_mut().max_by_key(|lane| lane.line.len());
        let Some(lane) = longest.filter(|lane| lane.line.len() > own + 1) else { return false };
        lane.line.pop_back();
        self.waiting -= 1;
        true
    }

    fn leave(&mut self, number: u64) {
        for lane in &mut self.lanes {
            if let Some(at) = lane.line.iter().position(|(waiting, _)| *waiting == number) {
                lane.line.remove(at);
                self.waiting -= 1;
                break;
            }
        }
        self.lanes.retain(|lane| !lane.line.is_empty());
    }
}

impl Drop for HashPermit {
    fn drop(&mut self) {
        let next = {
            let mut queue = self.0.lock();
            let next = queue.next();
            queue.free += usize::from(next.is_none());
            next
        };
        if let Some(next) = next {
            // Whoever has left gives it back, and it is dropped once more.
            drop(next.send(Self(Arc::clone(&self.0))));
        }
    }
}

impl Drop for QueuePlace<'_> {
    fn drop(&mut self) {
        self.turns.lock().leave(self.number);
    }
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;

    use futures_util::FutureExt;

    use super::*;

    const PATIENCE: Duration = Duration::from_mins(1);

    type Waiting = Pin<Box<dyn Future<Output = Option<HashPermit>>>>;

    fn network(text: &str) -> IpNet {
        text.parse().unwrap()
    }

    /// Somebody who waits, or does not.
    fn waits(turns: &Arc<Turns>, of: Option<IpNet>) -> Waiting {
        let turns = turns.clone();
        let mut waiting: Waiting = Box::pin(async move { turns.take(of, PATIENCE).await });
        match (&mut waiting).now_or_never() {
            None => waiting,
            Some(turn) => Box::pin(async { turn }),
        }
    }

    #[tokio::test]
    async fn s07_neighbourhoods_take_turns_however_many_wait_in_each() {
        let turns = Turns::new(1, 8);
        let (flood, innocent) =
            (Some(network("2001:db8:1::/48")), Some(network("198.51.100.0/24")));
        let mut running = turns.take(flood, PATIENCE).await;
        let mut crowd: Vec<Waiting> = (0..7).map(|_| waits(&turns, flood)).collect();
        let mut one = waits(&turns, innocent);
        drop(running.take());
        let first = crowd.remove(0).now_or_never().flatten();
        assert!(first.is_some(), "the line goes on");
        assert!((&mut one).now_or_never().is_none());
        drop(first);
        assert!(one.now_or_never().flatten().is_some(), "the second one is from elsewhere");
    }

    #[tokio::test]
    async fn s07_the_longest_line_makes_way_for_who_has_fewer_neighbours_waiting() {
        let turns = Turns::new(1, 3);
        let (flood, innocent) =
            (Some(network("2001:db8:1::/48")), Some(network("198.51.100.0/24")));
        let running = turns.take(flood, PATIENCE).await;
        let mut crowd: Vec<Waiting> = (0..3).map(|_| waits(&turns, flood)).collect();
        let more = waits(&turns, flood).now_or_never();
        assert!(matches!(more, Some(None)), "a flood has no more than there is");
        let mut one = waits(&turns, innocent);
        let mut another = waits(&turns, innocent);
        assert!((&mut one).now_or_never().is_none(), "there is a place");
        let sent_away = crowd.pop().unwrap().now_or_never();
        assert!(matches!(sent_away, Some(None)), "the last of the flood has none");
        let refused = (&mut another).now_or_never();
        assert!(matches!(refused, Some(None)), "two lines of about one length keep what they have");
        drop((running, crowd));
        assert!(one.now_or_never().flatten().is_some());
        assert_eq!(turns.lock().waiting, 0);
        assert_eq!(turns.lock().free, 1);
    }
}
