//! What is held at once, in total and per network: connections, sockets, bytes.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use ipnet::IpNet;

use super::networks;
use crate::error::Error;

/// Delay after which a network over its limit may try again.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Amounts held at the moment, with their limits.
#[derive(Debug)]
pub struct Ledger {
    /// Name of the resource for the log.
    what: &'static str,
    most: u64,
    most_per_household: u64,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    total: u64,
    by_network: HashMap<IpNet, u64>,
}

/// The amount of one holder; released when dropped.
#[derive(Debug)]
pub struct Share {
    ledger: Arc<Ledger>,
    address: IpAddr,
    amount: u64,
}

/// Which limit is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// The limit of this network.
    Network(IpNet),
    /// The total limit.
    All(&'static str),
}

impl Ledger {
    #[must_use]
    pub fn new(what: &'static str, most: u64, most_per_household: u64) -> Arc<Self> {
        Arc::new(Self { what, most, most_per_household, held: Mutex::default() })
    }

    /// Acquires a share for an address, if both limits allow it.
    pub fn take(self: &Arc<Self>, address: IpAddr, amount: u64) -> Result<Share, Full> {
        let mut share = Share { ledger: Arc::clone(self), address, amount: 0 };
        share.grow(amount)?;
        Ok(share)
    }

    /// The total amount held.
    #[must_use]
    pub fn held(&self) -> u64 {
        self.lock().total
    }

    fn add(&self, address: IpAddr, amount: u64) -> Result<(), Full> {
        let mut held = self.lock();
        if held.total + amount > self.most {
            return Err(Full::All(self.what));
        }
        for (network, factor) in networks(address) {
            let most = self.most_per_household.saturating_mul(factor.into());
            let own = held.by_network.get(&network).copied().unwrap_or_default();
            if own + amount > most {
                return Err(Full::Network(network));
            }
        }
        held.total += amount;
        for (network, _) in networks(address) {
            *held.by_network.entry(network).or_default() += amount;
        }
        Ok(())
    }

    fn give_back(&self, address: IpAddr, amount: u64) {
        let mut held = self.lock();
        held.total -= amount;
        for (network, _) in networks(address) {
            if let Some(own) = held.by_network.get_mut(&network) {
                *own -= amount;
                if *own == 0 {
                    held.by_network.remove(&network);
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Share {
    #[must_use]
    pub fn amount(&self) -> u64 {
        self.amount
    }

    #[must_use]
    pub fn address(&self) -> IpAddr {
        self.address
    }

    /// Acquires more, or keeps the amount unchanged.
    pub fn grow(&mut self, by: u64) -> Result<(), Full> {
        self.ledger.add(self.address, by)?;
        self.amount += by;
        Ok(())
    }

    /// Releases everything above this amount.
    pub fn shrink_to(&mut self, amount: u64) {
        let surplus = self.amount.saturating_sub(amount);
        self.ledger.give_back(self.address, surplus);
        self.amount -= surplus;
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.shrink_to(0);
    }
}

impl From<Full> for Error {
    fn from(full: Full) -> Self {
        match full {
            Full::Network(_) => Self::RateLimited { retry_after: RETRY_AFTER },
            Full::All(what) => Self::unavailable(format!("too many {what} are held")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(ledger: &Arc<Ledger>, address: &str, amount: u64) -> Result<Share, Full> {
        ledger.take(address.parse().unwrap(), amount)
    }

    fn network(text: &str) -> Full {
        Full::Network(text.parse().unwrap())
    }

    #[test]
    fn an_address_has_its_part_and_gets_it_back() {
        let ledger = Ledger::new("places", 100, 2);
        let first = take(&ledger, "203.0.113.7", 1).unwrap();
        let _second = take(&ledger, "::ffff:203.0.113.7", 1).unwrap();
        let refused = take(&ledger, "203.0.113.7", 1).unwrap_err();
        assert_eq!(refused, network("203.0.113.7/32"));
        assert!(take(&ledger, "203.0.113.8", 2).is_ok());
        drop(first);
        assert!(take(&ledger, "203.0.113.7", 1).is_ok());
    }

    #[test]
    fn s07_wider_networks_have_larger_parts_of_what_is_held() {
        let ledger = Ledger::new("places", 100, 1);
        let of_line = |number: u16| format!("2001:db8:0:{number:x}::1");
        let mut held: Vec<Share> =
            (0..4).map(|number| take(&ledger, &of_line(number), 1).unwrap()).collect();
        assert_eq!(take(&ledger, &of_line(0), 1).unwrap_err(), network("2001:db8::/64"));
        assert_eq!(take(&ledger, &of_line(4), 1).unwrap_err(), network("2001:db8::/56"));
        held.extend((4..16).map(|number| take(&ledger, &of_line(number << 8), 1).unwrap()));
        assert_eq!(take(&ledger, &of_line(16 << 8), 1).unwrap_err(), network("2001:db8::/48"));
        assert!(take(&ledger, "2001:db8:1::1", 1).is_ok());
    }

    #[test]
    fn all_together_hold_no_more_than_there_is() {
        let ledger = Ledger::new("bytes", 3, 2);
        let mut share = take(&ledger, "203.0.113.7", 2).unwrap();
        assert_eq!(take(&ledger, "203.0.113.8", 2).unwrap_err(), Full::All("bytes"));
        share.shrink_to(1);
        let mut other = take(&ledger, "203.0.113.8", 1).unwrap();
        assert_eq!((other.grow(1), other.amount()), (Ok(()), 2));
        assert_eq!((other.grow(1), other.amount()), (Err(Full::All("bytes")), 2));
    }

    #[test]
    fn nothing_is_kept_of_networks_that_left() {
        let ledger = Ledger::new("places", 100, 1);
        drop(take(&ledger, "2001:db8::1", 1));
        assert_eq!(ledger.held(), 0);
        assert!(ledger.lock().by_network.is_empty());
    }
}
