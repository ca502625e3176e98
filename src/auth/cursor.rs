//! Signed cursors: clients cannot change them.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq;

use super::keys::Keys;

/// Longer cursors are refused without being parsed.
const MAX_CHARACTERS: usize = 1_024;
const MAC_BYTES: usize = 16;

/// Base64url of the payload and 128 bits of its HMAC; `context` names the list it is for.
#[must_use]
pub fn seal(keys: &Keys, context: &str, payload: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode([payload, &mac(keys, context, payload)].concat())
}

/// The payload, if it was sealed with these keys for this context.
#[must_use]
pub fn open(keys: &Keys, context: &str, text: &str) -> Option<Vec<u8>> {
    if text.len() > MAX_CHARACTERS {
        return None;
    }
    let mut sealed = URL_SAFE_NO_PAD.decode(text).ok()?;
    let presented = sealed.split_off(sealed.len().checked_sub(MAC_BYTES)?);
    bool::from(mac(keys, context, &sealed).ct_eq(&presented[..])).then_some(sealed)
}

fn mac(keys: &Keys, context: &str, payload: &[u8]) -> Vec<u8> {
    keys.cursor.mac(&[context.as_bytes(), payload])[..MAC_BYTES].to_vec()
}

#[cfg(test)]
mod tests {
    use super::{open, seal};
    use crate::auth::Keys;

    fn keys() -> Keys {
        Keys::derive(b"0123456789abcdef0123456789abcdef")
    }

    #[test]
    fn the_format_is_final() {
        assert_eq!(seal(&keys(), "jobs", b"payload"), "cGF5bG9hZJQYiwxzfz083rPx-ZvrM64");
    }

    #[test]
    fn a_sealed_payload_opens_in_its_context_only() {
        let text = seal(&keys(), "jobs", b"payload");
        assert_eq!(open(&keys(), "jobs", &text).unwrap(), b"payload");
        assert_eq!(open(&keys(), "users", &text), None);
        assert_eq!(open(&Keys::derive(b"another secret of 32 bytes......"), "jobs", &text), None);
        assert_eq!(open(&keys(), "job", &seal(&keys(), "jobs", b"")), None);
    }

    #[test]
    fn every_changed_character_keeps_it_shut() {
        let text = seal(&keys(), "jobs", b"payload");
        for place in 0..text.len() {
            for other in ["A", "B", "_", "=", "é", ""] {
                let changed = [&text[..place], other, &text[place + 1..]].concat();
                assert_eq!(open(&keys(), "jobs", &changed).is_some(), changed == text, "{changed}");
            }
        }
    }

    #[test]
    fn short_and_long_texts_are_refused() {
        assert_eq!(open(&keys(), "jobs", ""), None);
        assert_eq!(open(&keys(), "jobs", "AAAA"), None);
        assert_eq!(open(&keys(), "jobs", &seal(&keys(), "jobs", &[0; 1_024])), None);
        assert!(open(&keys(), "jobs", &seal(&keys(), "jobs", &[0; 700])).is_some());
    }
}
