//! Limits the open connections, in total and per client address.

use std::{net::IpAddr, sync::Arc};

use ipnet::IpNet;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::network::{Ledger, Share};

/// Counts open connections.
#[derive(Debug)]
pub(super) struct Admission {
    free: Arc<Semaphore>,
    total: u32,
    trusted: Vec<IpNet>,
    of_strangers: Arc<Ledger>,
}

/// Permit of one connection; released when dropped.
#[derive(Debug)]
pub(super) struct ConnectionPermit {
    /// None for a trusted proxy, which serves many clients.
    _share: Option<Share>,
    _free: OwnedSemaphorePermit,
}

impl Admission {
    pub(super) fn new(total: u32, per_network: u32, trusted: &[IpNet]) -> Arc<Self> {
        Arc::new(Self {
            free: Arc::new(Semaphore::new(total as usize)),
            total,
            trusted: trusted.to_vec(),
            of_strangers: Ledger::new("connections", total.into(), per_network.into()),
        })
    }

    /// A permit for a connection from this address, if the limits allow it.
    pub(super) fn admit(&self, address: IpAddr) -> Option<ConnectionPermit> {
        let free = self.free.clone().try_acquire_owned().ok()?;
        let address = address.to_canonical();
        let trusted = self.trusted.iter().any(|proxies| proxies.contains(&address));
        let share = if trusted { None } else { Some(self.of_strangers.take(address, 1).ok()?) };
        Some(ConnectionPermit { _share: share, _free: free })
    }

    /// Resolves when no connection is open.
    pub(super) async fn empty(&self) {
        drop(self.free.acquire_many(self.total).await);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admission(total: u32, per_network: u32) -> Arc<Admission> {
        Admission::new(total, per_network, &["10.0.0.0/8".parse().unwrap()])
    }

    fn admit(admission: &Arc<Admission>, address: &str) -> Option<ConnectionPermit> {
        admission.admit(address.parse().unwrap())
    }

    #[test]
    fn an_address_has_its_places_and_gets_them_back() {
        let admission = admission(100, 2);
        let first = admit(&admission, "203.0.113.7").unwrap();
        let _second = admit(&admission, "::ffff:203.0.113.7").unwrap();
        assert!(admit(&admission, "203.0.113.7").is_none());
        assert!(admit(&admission, "203.0.113.8").is_some());
        drop(first);
        assert!(admit(&admission, "203.0.113.7").is_some());
    }

    #[test]
    fn addresses_of_one_ipv6_network_share_their_places() {
        let admission = admission(100, 1);
        let _place = admit(&admission, "2001:db8:0:1::1").unwrap();
        assert!(admit(&admission, "2001:db8:0:1:ffff::2").is_none());
        assert!(admit(&admission, "2001:db8:0:2::1").is_some());
    }

    #[test]
    fn a_trusted_proxy_is_bounded_by_the_total_only() {
        let admission = admission(2, 1);
        let _places =
            [admit(&admission, "10.1.2.3").unwrap(), admit(&admission, "10.1.2.3").unwrap()];
        assert!(admit(&admission, "10.1.2.3").is_none());
    }

    #[test]
    fn nothing_is_kept_of_addresses_that_left() {
        let admission = admission(100, 1);
        drop(admit(&admission, "203.0.113.7"));
        assert_eq!(admission.of_strangers.held(), 0);
    }
}
