//! How many connections stay open: in all, and for each client address.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::watch;

use crate::{
    config::Realtime,
    domain::limit,
    error::{Error, Result},
};

/// When somebody with too many connections may try again.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// The sockets and event streams of this process.
pub(super) struct Sockets {
    most: usize,
    most_per_address: usize,
    by_network: Mutex<HashMap<IpAddr, usize>>,
    open: watch::Sender<usize>,
}

/// The right to stay open; it ends when dropped.
pub(super) struct Seat {
    sockets: Arc<Sockets>,
    network: IpAddr,
}

impl Sockets {
    pub(super) fn new(settings: &Realtime) -> Arc<Self> {
        Arc::new(Self {
            most: settings.limit_sockets,
            most_per_address: settings.limit_sockets_per_address,
            by_network: Mutex::default(),
            open: watch::Sender::new(0),
        })
    }

    /// A seat for a client at this address.
    pub(super) fn admit(self: &Arc<Self>, address: IpAddr) -> Result<Seat> {
        let network = limit::network(address);
        let mut by_network = self.by_network();
        if *self.open.borrow() >= self.most {
            return Err(Error::unavailable("too many sockets are open"));
        }
        let own = by_network.entry(network).or_default();
        if *own >= self.most_per_address {
            return Err(Error::RateLimited { retry_after: RETRY_AFTER });
        }
        *own += 1;
        self.open.send_modify(|open| *open += 1);
        Ok(Seat { sockets: Arc::clone(self), network })
    }

    /// Waits until nothing is open.
    pub(super) async fn closed(&self) {
        // The sender lives as long as this borrow.
        self.open.subscribe().wait_for(|open| *open == 0).await.map(drop).ok();
    }

    fn by_network(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.by_network.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut by_network = self.sockets.by_network();
        if let Some(own) = by_network.get_mut(&self.network) {
            *own -= 1;
            if *own == 0 {
                by_network.remove(&self.network);
            }
        }
        self.sockets.open.send_modify(|open| *open -= 1);
    }
}
