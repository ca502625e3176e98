//! The keys of access tokens: the newest signs, older ones verify until they retire.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};

use super::keys::Keys;
use crate::clock::Timestamp;

/// A key as the database stores it: its id, from which the key is derived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RingKey {
    pub kid: String,
    /// A little after its creation, so that every replica verifies with it before it signs.
    pub signs_from: Timestamp,
    pub retires_at: Option<Timestamp>,
}

/// The keys at one moment, newest first; never empty.
pub(super) struct KeyRing {
    newest: Vec<Link>,
    first: Link,
}

pub(super) struct Link {
    pub(super) header: Header,
    pub(super) signing: EncodingKey,
    pub(super) verifying: DecodingKey,
    signs_from: Timestamp,
    retires_at: Option<Timestamp>,
}

impl KeyRing {
    /// Derives the ring; the initial key of every gateway is always included.
    pub(super) fn new(keys: &Keys, ring: &[RingKey]) -> Self {
        let is_first = |key: &&RingKey| key.kid == keys.kid;
        let begin = Timestamp::UNIX_EPOCH;
        let retires_at = ring.iter().find(is_first).and_then(|key| key.retires_at);
        let first = Link::new(&keys.kid, keys.access.as_bytes(), begin, retires_at);
        let others = ring.iter().filter(|key| !is_first(key)).map(|key| {
            let secret = keys.ring.mac(&[key.kid.as_bytes()]);
            Link::new(&key.kid, &secret, key.signs_from, key.retires_at)
        });
        let mut newest: Vec<Link> = others.collect();
        newest.sort_by_key(|link| std::cmp::Reverse(link.signs_from));
        Self { newest, first }
    }

    /// The key that signs now.
    pub(super) fn signing(&self, now: Timestamp) -> &Link {
        let ready = |link: &&Link| link.signs_from <= now && link.is_believed(now);
        self.newest.iter().find(ready).unwrap_or(&self.first)
    }

    /// The key with this id, unless it is unknown or retired; no other key is tried.
    pub(super) fn verifying(&self, kid: &str, now: Timestamp) -> Option<&Link> {
        let mut links = self.newest.iter().chain([&self.first]);
        let has_kid = |link: &&Link| link.header.kid.as_deref() == Some(kid);
        links.find(has_kid).filter(|link| link.is_believed(now))
    }
}

impl Link {
    fn new(kid: &str, secret: &[u8], signs_from: Timestamp, retires_at: Option<Timestamp>) -> Self {
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some("at+jwt".into());
        header.kid = Some(kid.to_owned());
        Self {
            header,
            signing: EncodingKey::from_secret(secret),
            verifying: DecodingKey::from_secret(secret),
            signs_from,
            retires_at,
        }
    }

    fn is_believed(&self, now: Timestamp) -> bool {
        self.retires_at.is_none_or(|end| now < end)
    }
}
