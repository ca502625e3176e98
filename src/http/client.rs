//! Where a request comes from: the connection's word, and a trusted proxy's.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, header};
use ipnet::IpNet;

use crate::domain::session::Client;

/// Characters of `User-Agent` that are kept: sockets and sessions hold on to them.
const USER_AGENT_MAX: usize = 200;

/// The other end of the connection; put into each request by the accept loop.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// The client as limits and sessions know it.
pub(super) fn client(peer: Peer, headers: &HeaderMap, trusted: &[IpNet]) -> Client {
    let user_agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let user_agent = user_agent.map(|agent| agent.chars().take(USER_AGENT_MAX).collect());
    Client { address: address(peer, headers, trusted), user_agent }
}

/// The right-most address that no trusted proxy has: whatever stands left of it may be forged.
fn address(Peer(peer): Peer, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let peer = peer.ip().to_canonical();
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    if !is_trusted(&peer) {
        return peer;
    }
    let hops = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = hops.flat_map(|value| value.split(',')).collect();
    let mut nearest = peer;
    for hop in hops.iter().rev() {
        match hop_address(hop) {
            Some(address) if is_trusted(&address) => nearest = address,
            Some(address) => return address,
            None => break,
        }
    }
    nearest
}

/// `1.2.3.4`, `1.2.3.4:5`, `2001:db8::1` or `[2001:db8::1]:5`.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let address =
        hop.parse::<IpAddr>().ok().or_else(|| Some(hop.parse::<SocketAddr>().ok()?.ip()))?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        address(Peer(format!("{peer}:9").parse().unwrap()), &headers, &trusted).to_string()
    }

    #[test]
    fn of_a_long_user_agent_only_the_beginning_is_kept() {
        let mut headers = HeaderMap::new();
        headers.insert(header::USER_AGENT, "x".repeat(30_000).parse().unwrap());
        let client = client(Peer("203.0.113.7:9".parse().unwrap()), &headers, &[]);
        assert_eq!(client.user_agent, Some("x".repeat(200)));
    }

    #[test]
    fn a_stranger_cannot_choose_an_address() {
        assert_eq!(seen("203.0.113.7", &["198.51.100.1"]), "203.0.113.7");
    }

    #[test]
    fn behind_a_trusted_proxy_the_right_most_stranger_counts() {
        assert_eq!(seen("10.0.0.1", &["1.2.3.4, 198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.1", &["1.2.3.4", "198.51.100.1, 10.0.0.2"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.1", &["198.51.100.1:5"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.1", &["[2001:db8::1]:5"]), "2001:db8::1");
        assert_eq!(seen("10.0.0.1", &["198.51.100.1, garbage"]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
    }
}
