//! Where a request comes from: the address of the connection, or what a trusted proxy says.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::{HeaderMap, header};
use ipnet::IpNet;

use crate::{domain::origin::Client, http::accept};

/// Characters of `User-Agent` that are kept, since sockets and sessions store it.
const USER_AGENT_MAX: usize = 200;

/// The peer of the connection; added to each request by the accept loop.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// The client as rate limits and sessions identify it.
pub(in crate::http) fn client(peer: Peer, headers: &HeaderMap, trusted: &[IpNet]) -> Client {
    let language = accept::asked_language(headers);
    Client { address: address(peer, headers, trusted), user_agent: user_agent(headers), language }
}

/// The `User-Agent` of the client; bytes other than visible ASCII become question marks.
fn user_agent(headers: &HeaderMap) -> Option<String> {
    let visible = |&byte: &u8| if matches!(byte, b' '..=b'~') { char::from(byte) } else { '?' };
    let sent = headers.get(header::USER_AGENT)?.as_bytes();
    Some(sent.iter().take(USER_AGENT_MAX).map(visible).collect())
}

/// The right-most address that is not a trusted proxy's: everything left of it may be forged.
///
/// An unreadable hop ends the search: the proxy right of it forwards for an unknown client, and its
/// own address must not stand for that client. The same holds for a proxy that sends no header at
/// all: clients can make some proxies drop it (CVE-2022-31813).
fn address(Peer(peer): Peer, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let peer = peer.ip().to_canonical();
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    if !is_trusted(&peer) {
        return peer;
    }
    let lines = headers.get_all("x-forwarded-for").iter().rev();
    let hops = lines.flat_map(|line| line.as_bytes().rsplit(|&byte| byte == b','));
    let mut farthest = Client::UNKNOWN;
    for hop in hops {
        match hop_address(hop) {
            Some(address) if is_trusted(&address) => farthest = address,
            Some(address) => return address,
            None => return Client::UNKNOWN,
        }
    }
    farthest
}

/// Parses `192.0.2.1`, `192.0.2.1:5`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:5`.
fn hop_address(hop: &[u8]) -> Option<IpAddr> {
    let hop = str::from_utf8(hop.trim_ascii()).ok()?;
    let bracketed = || hop.strip_prefix('[')?.strip_suffix(']')?.parse::<Ipv6Addr>().ok();
    let with_port = || hop.parse::<SocketAddr>().ok();
    let plain = hop.parse::<IpAddr>().ok();
    let address = plain.or_else(|| bracketed().map(IpAddr::V6)).or_else(|| Some(with_port()?.ip()));
    address.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, values: &[&[u8]]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(name, header::HeaderValue::from_bytes(value).unwrap());
        }
        headers
    }

    fn seen(peer: &str, forwarded: &[&[u8]]) -> String {
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        let peer = Peer(format!("{peer}:9").parse().unwrap());
        address(peer, &headers("x-forwarded-for", forwarded), &trusted).to_string()
    }

    #[test]
    fn of_a_user_agent_the_beginning_is_kept_and_what_can_be_read() {
        let kept = |value: &[u8]| {
            let headers = headers("user-agent", &[value]);
            client(Peer("203.0.113.7:9".parse().unwrap()), &headers, &[]).user_agent.unwrap()
        };
        assert_eq!(kept(&vec![b'x'; 30_000]), "x".repeat(200));
        assert_eq!(kept(b"App/1 (\xe5\x8f\xb0; Linux)"), "App/1 (???; Linux)");
    }

    #[test]
    fn behind_a_trusted_proxy_the_right_most_stranger_counts() {
        assert_eq!(seen("10.0.0.1", &[b"1.2.3.4, 198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.1", &[b"1.2.3.4", b"198.51.100.1, 10.0.0.2"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.1", &[b"10.0.0.3, 10.0.0.2"]), "10.0.0.3");
    }

    #[test]
    fn f13_an_address_is_read_in_every_form_that_proxies_write() {
        for form in
            ["2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:443", "2001:DB8:0::1", " [2001:db8::1]"]
        {
            assert_eq!(seen("10.0.0.1", &[form.as_bytes()]), "2001:db8::1", "{form}");
        }
        for form in
            ["203.0.113.7", "203.0.113.7:4711", "::ffff:203.0.113.7", "[::ffff:203.0.113.7]:1"]
        {
            assert_eq!(seen("10.0.0.1", &[form.as_bytes()]), "203.0.113.7", "{form}");
        }
    }

    #[test]
    fn s03_an_unreadable_hop_ends_the_walk_and_is_never_the_proxy_s_own_address() {
        assert_eq!(seen("10.0.0.1", &[b"\xff, 203.0.113.7"]), "203.0.113.7");
        assert_eq!(seen("10.0.0.1", &[b"\xff", b"203.0.113.7"]), "203.0.113.7");
        let unknown: [&[&[u8]]; 8] = [
            &[],
            &[b""],
            &[b"\xff"],
            &[b"203.0.113.7, \xff"],
            &[b"203.0.113.7", b"\xff"],
            &[b"203.0.113.7, \xff, 10.0.0.2"],
            &[b"203.0.113.7", b"\xff", b"10.0.0.2"],
            &[b"203.0.113.7,"],
        ];
        for values in unknown {
            assert_eq!(seen("10.0.0.1", values), Client::UNKNOWN.to_string(), "{values:?}");
        }
    }
}
