//! Recovery codes: each can replace a one-time code once.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::keys::Keys;
use crate::random::Random;

const DIGITS: usize = 12;
/// Crockford's base 32: no letters that look like digits or like each other.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// 60 random bits, which people copy by hand: `4k7m-0x9p-tq2h`.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    #[must_use]
    pub fn generate(random: &Random) -> Self {
        let digit = |byte: u8| char::from(ALPHABET[usize::from(byte % 32)]);
        Self(random.bytes::<DIGITS>().into_iter().map(digit).collect())
    }

    /// Accepts capitals, other spacing, and letters that look like digits in place of them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let meant = |c: char| match c.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        };
        let digits: String =
            text.chars().filter(|c| !matches!(c, ' ' | '-')).map(meant).take(DIGITS + 1).collect();
        let genuine = digits.len() == DIGITS && digits.bytes().all(|b| ALPHABET.contains(&b));
        genuine.then_some(Self(digits))
    }

    /// The stored form: HMAC-SHA256 in base64url, different for each person.
    #[must_use]
    pub fn digest(&self, keys: &Keys, user_id: i64) -> String {
        let parts: [&[u8]; 3] = [b"recovery code", &user_id.to_be_bytes(), self.0.as_bytes()];
        URL_SAFE_NO_PAD.encode(keys.second_factor.mac(&parts))
    }

    /// The code in readable form, for the one answer that shows it.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("{}-{}-{}", &self.0[..4], &self.0[4..8], &self.0[8..])
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[recovery code]")
    }
}

#[cfg(test)]
mod tests {
    use super::RecoveryCode;
    use crate::{auth::Keys, random::Random};

    #[test]
    fn a_code_is_read_however_people_write_it() {
        let code = RecoveryCode(String::from("0123456789ab"));
        for text in ["0123-4567-89ab", "0123456789AB", " oi23 4567 89ab ", "OL23-4567-89AB"] {
            assert_eq!(RecoveryCode::parse(text), Some(code.clone()), "{text}");
        }
        for text in ["", "123456", "0123456789a", "0123456789abc", "u123456789ab", "界123456789a"]
        {
            assert_eq!(RecoveryCode::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_shown_is_read_again_and_neither_debug_nor_the_digest_shows_it() {
        let keys = Keys::derive(b"0123456789abcdef0123456789abcdef");
        let code = RecoveryCode::generate(&Random::System);
        assert_eq!(RecoveryCode::parse(&code.reveal()), Some(code.clone()));
        assert_eq!(format!("{code:?}"), "[recovery code]");
        assert!(!code.digest(&keys, 1).contains(&code.0));
        assert_ne!(code.digest(&keys, 1), code.digest(&keys, 2));
    }
}
