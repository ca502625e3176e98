//! Which addresses count as one caller, for rate limits, caps and queues.
//!
//! A household is an IPv4 address or an IPv6 /64 network, and has each limit to itself. Since a
//! customer often has many adjacent IPv6 networks, wider networks have limits of their own, larger
//! by a factor. IPv4 has no wider tiers: a carrier may put thousands of people behind neighbouring
//! addresses.

mod ledger;
mod unread;

use std::net::IpAddr;

use ipnet::IpNet;

pub use self::{
    ledger::{Full, Ledger, Share},
    unread::{Holding, SMALL, Unread},
};

/// Prefix length of a network, and its multiple of a household's limit.
type Tier = (u8, u32);

/// Only the household.
const V4: [Tier; 1] = [(32, 1)];
/// A household, a line with several networks, and what a provider assigns to a company or rents.
const V6: [Tier; 3] = [(64, 1), (56, 4), (48, 16)];

/// Prefix lengths (IPv4, IPv6) of networks whose members take turns as one; that only delays them.
const NEIGHBOURHOOD: (u8, u8) = (24, 48);

/// The household of an address, which identifies the caller.
#[must_use]
pub fn household(address: IpAddr) -> IpAddr {
    let (bits, _) = tiers(address.to_canonical())[0];
    network(address, bits).network()
}

/// The networks in which an address is counted, each with its multiple of a household's limit.
pub fn networks(address: IpAddr) -> impl Iterator<Item = (IpNet, u32)> {
    let tiers = tiers(address.to_canonical());
    tiers.iter().map(move |(bits, factor)| (network(address, *bits), *factor))
}

/// The widest network in which an address is counted: what a provider assigns to one customer.
#[must_use]
pub fn widest(address: IpAddr) -> IpNet {
    networks(address).last().map_or(address.to_canonical().into(), |(network, _)| network)
}

/// The network with which an address takes turns.
#[must_use]
pub fn neighbourhood(address: IpAddr) -> IpNet {
    let (v4, v6) = NEIGHBOURHOOD;
    network(address, if address.to_canonical().is_ipv4() { v4 } else { v6 })
}

fn tiers(address: IpAddr) -> &'static [Tier] {
    if address.is_ipv4() { &V4 } else { &V6 }
}

fn network(address: IpAddr, bits: u8) -> IpNet {
    let address = address.to_canonical();
    // Cannot fail: no tier is longer than its address.
    IpNet::new(address, bits).map_or(address.into(), |network| network.trunc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn networks_of(address: &str) -> Vec<String> {
        let networks = networks(address.parse().unwrap());
        networks.map(|(network, factor)| format!("{network} ×{factor}")).collect()
    }

    #[test]
    fn an_address_counts_in_its_household_and_in_wider_networks() {
        let v6 = ["2001:db8:1:203::/64 ×1", "2001:db8:1:200::/56 ×4", "2001:db8:1::/48 ×16"];
        assert_eq!(networks_of("2001:db8:1:203:4::5"), v6);
        assert_eq!(networks_of("203.0.113.7"), ["203.0.113.7/32 ×1"]);
        assert_eq!(networks_of("::ffff:203.0.113.7"), ["203.0.113.7/32 ×1"]);
    }

    #[test]
    fn a_household_is_known_by_its_first_address() {
        let household = |address: &str| household(address.parse().unwrap()).to_string();
        assert_eq!(household("2001:db8:1:203:4::5"), "2001:db8:1:203::");
        assert_eq!(household("203.0.113.7"), "203.0.113.7");
        assert_eq!(household("::ffff:203.0.113.7"), "203.0.113.7");
    }

    #[test]
    fn neighbours_take_turns_together() {
        let neighbourhood = |address: &str| neighbourhood(address.parse().unwrap()).to_string();
        assert_eq!(neighbourhood("2001:db8:1:203:4::5"), "2001:db8:1::/48");
        assert_eq!(neighbourhood("::ffff:203.0.113.7"), "203.0.113.0/24");
    }
}
