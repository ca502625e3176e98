//! How many connections stay open: in all, and for each client address.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

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
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    total: usize,
    by_network: HashMap<IpAddr, usize>,
}

/// The right to stay open; it ends when dropped.
pub(super) struct Seat {
    sockets: Arc<Sockets>,
    network: IpAddr,
}

impl Sockets {
    pub(super) fn new(settings: &Realtime) -> Arc<Self> {
        Arc::new(Self {
            most: settings.limit_sockets as usize,
            most_per_address: settings.limit_sockets_per_address as usize,
            open: Mutex::default(),
        })
    }

    /// A seat for a client at this address.
    pub(super) fn admit(self: &Arc<Self>, address: IpAddr) -> Result<Seat> {
        let network = limit::network(address);
        let mut open = self.open();
        if open.total >= self.most {
            return Err(Error::unavailable("too many sockets are open"));
        }
        let own = open.by_network.get(&network).copied().unwrap_or_default();
        if own >= self.most_per_address {
            return Err(Error::RateLimited { retry_after: RETRY_AFTER });
        }
        open.by_network.insert(network, own + 1);
        open.total += 1;
        Ok(Seat { sockets: Arc::clone(self), network })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.sockets.open();
        open.total -= 1;
        if let Some(own) = open.by_network.get_mut(&self.network) {
            *own -= 1;
            if *own == 0 {
                open.by_network.remove(&self.network);
            }
        }
    }
}
