//! Random credentials: `fhr_` refresh tokens, `fhs_` API secrets, `fhk_` API key ids.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::{Choice, ConstantTimeEq};

use super::{base62, keys::Keys};
use crate::random::Random;

/// Refresh token of a session: `fhr_`, 256 random bits, checksum.
pub type RefreshToken = Opaque<'r'>;

/// The secret half of an API key: `fhs_`, 256 random bits, checksum.
pub type ApiSecret = Opaque<'s'>;

const PREFIX: usize = 4;
const RANDOM: usize = 43;
const CHECKSUM: usize = 6;

/// An opaque secret: prefix, 43 base62 digits, CRC-32 of both in 6 digits.
#[derive(Clone)]
pub struct Opaque<const KIND: char>(String);

impl<const KIND: char> Opaque<KIND> {
    #[must_use]
    pub fn generate(random: &Random) -> Self {
        Self::from_bytes(&random.bytes())
    }

    fn from_bytes(bytes: &[u8; 32]) -> Self {
        let mut text = format!("fh{KIND}_{}", base62::encode::<RANDOM>(bytes));
        text.push_str(&checksum(&text));
        Self(text)
    }

    /// Refuses text that was never generated, without asking a database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix("fh")?.strip_prefix(KIND)?.strip_prefix('_')?;
        let genuine = base62::is_digits(digits, RANDOM + CHECKSUM)
            && text[PREFIX + RANDOM..] == checksum(&text[..PREFIX + RANDOM]);
        genuine.then(|| Self(text.to_owned()))
    }

    /// The stored form: HMAC-SHA256 in base64url, useless without the key.
    #[must_use]
    pub fn digest(&self, keys: &Keys) -> String {
        URL_SAFE_NO_PAD.encode(keys.digest.mac(&[self.0.as_bytes()]))
    }

    /// The secret itself, for the one answer that shows it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl RefreshToken {
    /// The token that replaces this one. It can only be computed from this one and the keys, so it
    /// can be returned twice without being stored.
    #[must_use]
    pub fn successor(&self, keys: &Keys) -> Self {
        Self::from_bytes(&keys.digest.mac(&[b"successor", self.0.as_bytes()]))
    }
}

impl<const KIND: char> fmt::Debug for Opaque<KIND> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "fh{KIND}_[secret]")
    }
}

fn checksum(text: &str) -> String {
    base62::encode::<CHECKSUM>(&crc32fast::hash(text.as_bytes()).to_be_bytes())
}

/// The public part of an API key: `fhk_` and 20 base62 digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ApiKeyId(String);

impl ApiKeyId {
    #[must_use]
    pub fn generate(random: &Random) -> Self {
        Self(format!("fhk_{}", base62::encode::<20>(&random.bytes::<16>())))
    }

    /// Refuses malformed ids without asking a database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        base62::is_digits(text.strip_prefix("fhk_")?, 20).then(|| Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a digest is one of those stored, in constant time.
#[must_use]
pub fn is_among<const N: usize>(digest: &str, stored: [&str; N]) -> bool {
    let is_digest = |stored: &str| digest.as_bytes().ct_eq(stored.as_bytes());
    stored.into_iter().fold(Choice::from(0), |found, it| found | is_digest(it)).into()
}

#[cfg(test)]
mod tests {
    use super::{ApiKeyId, ApiSecret, RefreshToken, is_among};
    use crate::{auth::Keys, random::Random};

    fn keys() -> Keys {
        Keys::derive(b"0123456789abcdef0123456789abcdef")
    }

    #[test]
    fn the_formats_are_final() {
        let refresh = "fhr_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf2hEc8Z";
        let digest = "5tPhWPjSAdQ39TOHFTnpKdPqG3F7-lks1PPANvq7TyE";
        assert!(is_among(&RefreshToken::parse(refresh).unwrap().digest(&keys()), [digest]));
        let secret = "fhs_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf0tTZ7X";
        assert!(ApiSecret::parse(secret).is_some());
        assert!(ApiKeyId::parse("fhk_0123456789abcdefghiJ").is_some());
    }

    #[test]
    fn a_generated_credential_parses() {
        let token = RefreshToken::generate(&Random::System);
        assert_eq!(RefreshToken::parse(token.reveal()).unwrap().reveal(), token.reveal());
        let id = ApiKeyId::generate(&Random::System);
        assert_eq!(ApiKeyId::parse(id.as_str()), Some(id));
    }

    #[test]
    fn e20_every_changed_character_is_refused_without_a_database() {
        let token = RefreshToken::generate(&Random::System);
        let text = token.reveal();
        for place in 0..text.len() {
            for other in ["0", "Z", "_", "-", "é", ""] {
                let changed = [&text[..place], other, &text[place + 1..]].concat();
                assert_eq!(RefreshToken::parse(&changed).is_some(), changed == text, "{changed}");
            }
        }
        assert!(RefreshToken::parse(&format!("{text}0")).is_none());
        assert!(RefreshToken::parse("").is_none());
    }

    #[test]
    fn e4_an_api_secret_is_no_refresh_token() {
        let secret = ApiSecret::generate(&Random::System);
        assert!(RefreshToken::parse(secret.reveal()).is_none());
        assert!(RefreshToken::parse(&secret.reveal().replace("fhs_", "fhr_")).is_none());
    }

    #[test]
    fn a_key_id_of_another_form_is_refused() {
        for text in ["fhk_", "fhk_0123456789abcdefghi", "fhk_0123456789abcdefgh-j", "fhs_x"] {
            assert_eq!(ApiKeyId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn only_the_same_secret_under_the_same_keys_matches_a_digest() {
        let secret = ApiSecret::generate(&Random::System);
        let stored = secret.digest(&keys());
        assert!(is_among(&secret.digest(&keys()), [&stored]));
        assert!(is_among(&secret.digest(&keys()), ["", &stored]));
        assert!(!is_among(&ApiSecret::generate(&Random::System).digest(&keys()), [&stored]));
        assert!(!is_among(
            &secret.digest(&Keys::derive(b"another secret of 32 bytes......")),
            [&stored]
        ));
        assert!(!is_among(&secret.digest(&keys()), ["", ""]));
    }

    #[test]
    fn neither_debug_nor_the_digest_shows_the_secret() {
        let secret = ApiSecret::generate(&Random::System);
        assert_eq!(format!("{secret:?}"), "fhs_[secret]");
        assert!(!secret.digest(&keys()).contains(&secret.reveal()[4..12]));
    }
}
