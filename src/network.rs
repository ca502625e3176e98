//! Who is one caller: the networks that limits, caps and queues count by.
//!
//! One household has an IPv4 address or an IPv6 network of 64 bits, and the whole of each limit. Whoever
//! has many of those at hand has them next to each other: wider networks have limits of their own, which
//! are larger by a factor. An IPv4 address has none: behind one, and behind its neighbours, a carrier
//! may have thousands of people.

mod ledger;
mod unread;

use std::net::IpAddr;

use ipnet::IpNet;

pub use self::{
    ledger::{Full, Ledger, Share},
    unread::{Holding, SMALL, Unread},
};

/// Bits of a network that counts as one, and how many times a household's part it has.
type Tier = (u8, u32);

/// A household first.
const V4: [Tier; 1] = [(32, 1)];
/// A household, a line with several networks, and what a provider gives to a company or one may rent.
const V6: [Tier; 3] = [(64, 1), (56, 4), (48, 16)];

/// Bits of a network whose members take turns as one; that costs nobody anything but the turn.
const NEIGHBOURHOOD: (u8, u8) = (24, 48);

/// The network that has the whole of a limit: what an address is known by.
#[must_use]
pub fn household(address: IpAddr) -> IpAddr {
    let (bits, _) = tiers(address.to_canonical())[0];
    network(address, bits).network()
}

/// The networks that an address counts in, and how many times a household's part each has.
pub fn networks(address: IpAddr) -> impl Iterator<Item = (IpNet, u32)> {
    let tiers = tiers(address.to_canonical());
    tiers.iter().map(move |(bits, factor)| (network(address, *bits), *factor))
}

/// The widest network that an address counts in: all that one provider gives to one customer.
#[must_use]
pub fn widest(address: IpAddr) -> IpNet {
    networks(address).last().map_or(address.to_canonical().into(), |(network, _)| network)
}

/// The network that an address takes turns with.
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
    // No tier has more bits than its address.
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
