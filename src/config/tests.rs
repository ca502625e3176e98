//! Settings that are refused.

use clap::Parser;

use super::Config;
use crate::random::Random;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    config: Config,
}

fn parsed(flag: &str) -> Option<Config> {
    Arguments::try_parse_from(["find-helper", flag]).ok().map(|arguments| arguments.config)
}

#[test]
fn a_wait_is_at_least_a_millisecond_and_at_most_a_day() {
    for name in ["socket-init", "socket-ping", "socket-max-age", "session-check", "event-poll"] {
        for (millis, is_allowed) in [(0, false), (1, true), (86_400_000, true), (86_400_001, false)]
        {
            let flag = format!("--{name}-ms={millis}");
            assert_eq!(parsed(&flag).is_some(), is_allowed, "{flag}");
        }
    }
}

#[test]
fn who_came_together_is_sent_away_at_different_times() {
    let realtime = parsed("--socket-max-age-ms=1000").unwrap().realtime;
    let random = Random::seeded(1);
    let ages: Vec<_> = (0..100).map(|_| realtime.max_age(random.bytes()).as_millis()).collect();
    assert!(ages.iter().all(|age| (1_000..=1_100).contains(age)), "{ages:?}");
    assert!(ages.iter().any(|age| *age < 1_050) && ages.iter().any(|age| *age > 1_050), "{ages:?}");
}

#[test]
fn no_limit_of_sockets_is_zero() {
    for name in ["", "-per-address"] {
        assert!(parsed(&format!("--limit-sockets{name}=0")).is_none(), "{name}");
    }
    assert!(parsed("--limit-socket-operations=0").is_none());
}

#[test]
fn sockets_leave_connections_to_requests() {
    let check = |sockets: u32| parsed(&format!("--limit-sockets={sockets}")).unwrap().check();
    assert_eq!(check(9_999), Ok(()));
    let refused = check(10_000).unwrap_err().to_string();
    assert!(
        refused.contains("LIMIT_SOCKETS ") && refused.contains("HTTP_CONNECTIONS"),
        "{refused}"
    );
}

#[test]
fn the_public_address_has_the_port_that_is_listened_on_unless_it_is_set() {
    for (flag, expected) in [
        ("--bind-addr=0.0.0.0:9000", "http://localhost:9000/"),
        ("--bind-addr=127.0.0.1:80", "http://localhost/"),
        ("--public-url=https://example.org", "https://example.org/"),
        ("--public-url=http://example.org:8081", "http://example.org:8081/"),
    ] {
        let config = parsed(flag).unwrap();
        assert_eq!(config.check(), Ok(()));
        assert_eq!(config.with_public_port().public_url.as_str(), expected, "{flag}");
    }
}
