//! The networks that may use a key.

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net};

use crate::{
    domain::{origin::Client, parse::Parsed},
    error::{FieldErrors, FieldProblem},
};

pub const NETWORKS_MAX: usize = 20;

/// The stored form: sorted, without duplicates, separated by spaces; None for all networks.
pub(super) fn parse(given: &[String], errors: &mut FieldErrors) -> Option<String> {
    if given.len() > NETWORKS_MAX {
        errors.add("networks", FieldProblem::TooMany { max: NETWORKS_MAX });
        return None;
    }
    let check = |(place, text): (usize, &String)| {
        errors.check(&format!("networks[{place}]"), network(text))
    };
    let mut networks: Vec<IpNet> = given.iter().enumerate().filter_map(check).collect();
    networks.sort_unstable();
    networks.dedup();
    let texts: Vec<String> = networks.iter().map(ToString::to_string).collect();
    (!texts.is_empty()).then(|| texts.join(" "))
}

/// Whether the address is in one of the stored networks; an unknown address is in none, not even in
/// that of all addresses.
pub(super) fn admit(stored: Option<&str>, address: IpAddr) -> bool {
    let Some(networks) = stored else { return true };
    let address = address.to_canonical();
    if address == Client::UNKNOWN {
        return false;
    }
    let contains = |network: IpNet| network.contains(&address);
    networks.split(' ').any(|network| network.parse().is_ok_and(contains))
}

/// Whether `inner` is contained in `outer`; both in stored form.
pub(super) fn cover(outer: Option<&str>, inner: Option<&str>) -> bool {
    let Some(outer) = outer else { return true };
    let parsed =
        |networks: &str| networks.split(' ').map(str::parse).collect::<Result<Vec<IpNet>, _>>();
    let (Ok(outer), Some(Ok(inner))) = (parsed(outer), inner.map(parsed)) else { return false };
    inner.iter().all(|network| outer.iter().any(|wide| wide.contains(network)))
}

/// Parses `203.0.113.0/24` or a single address; IPv4-mapped IPv6 counts as IPv4.
fn network(text: &str) -> Parsed<IpNet> {
    let text = text.trim();
    let address = || text.parse::<IpAddr>().map(IpNet::from);
    let network = text.parse::<IpNet>().ok().or_else(|| address().ok());
    Ok(canonical(network.ok_or(FieldProblem::NotANetwork)?).trunc())
}

/// Prefix length of `::ffff:0:0/96`, the IPv4-mapped addresses (RFC 4291 §2.5.5.2).
const MAPPED: u8 = 96;

fn canonical(network: IpNet) -> IpNet {
    let IpNet::V6(v6) = network else { return network };
    let length = v6.prefix_len().checked_sub(MAPPED);
    let mapped = v6.addr().to_ipv4_mapped().zip(length);
    let v4 = mapped.and_then(|(address, length)| Ipv4Net::new(address, length).ok());
    v4.map_or(network, IpNet::V4)
}

#[cfg(test)]
mod tests {
    use super::{admit, cover, parse};
    use crate::{domain::origin::Client, error::FieldErrors};

    fn stored(given: &[&str]) -> Option<String> {
        let mut errors = FieldErrors::default();
        let given: Vec<String> = given.iter().map(ToString::to_string).collect();
        let stored = parse(&given, &mut errors);
        assert!(errors.is_empty(), "{errors:?}");
        stored
    }

    #[test]
    fn networks_of_the_same_addresses_are_one() {
        let given =
            ["2001:DB8:0::1/32", " 203.0.113.9/24", "203.0.113.0/24", "::ffff:203.0.113.7/120"];
        assert_eq!(stored(&given).as_deref(), Some("203.0.113.0/24 2001:db8::/32"));
        assert_eq!(stored(&["::ffff:203.0.113.7"]).as_deref(), Some("203.0.113.7/32"));
        assert_eq!(stored(&[]), None);
    }

    #[test]
    fn what_is_no_network_is_told_by_its_place() {
        let mut errors = FieldErrors::default();
        let given = ["203.0.113.0/24", "203.0.113.0/33", "example.org", ""].map(str::to_owned);
        parse(&given, &mut errors);
        let paths: Vec<&str> = errors.iter().map(|error| error.path.as_str()).collect();
        assert_eq!(paths, ["networks[1]", "networks[2]", "networks[3]"]);
    }

    #[test]
    fn an_address_is_in_its_networks_whatever_its_form() {
        let networks = Some("203.0.113.0/24 2001:db8::/32");
        for (address, inside) in [
            ("203.0.113.255", true),
            ("::ffff:203.0.113.7", true),
            ("2001:db8:ffff::1", true),
            ("203.0.114.0", false),
            ("2001:db9::1", false),
            ("::203.0.113.7", false),
        ] {
            assert_eq!(admit(networks, address.parse().unwrap()), inside, "{address}");
        }
        assert!(!admit(Some("0.0.0.0/0"), Client::UNKNOWN), "from who knows where");
        assert!(admit(None, Client::UNKNOWN), "everywhere");
        assert!(admit(None, "::1".parse().unwrap()), "everywhere");
        assert!(!admit(Some("damaged"), "::1".parse().unwrap()), "not everywhere");
    }

    #[test]
    fn a_list_covers_what_lies_within_one_of_its_networks() {
        let wide = Some("203.0.113.0/24 2001:db8::/32");
        for inner in ["203.0.113.0/24", "203.0.113.7/32 2001:db8:1::/48", "2001:db8::1/128"] {
            assert!(cover(wide, Some(inner)) && cover(None, Some(inner)), "{inner}");
        }
        for inner in [Some("203.0.112.0/23"), Some("203.0.113.7/32 10.0.0.0/8"), Some("::/0"), None]
        {
            assert!(!cover(wide, inner), "{inner:?}");
        }
        assert!(cover(None, None));
    }
}
