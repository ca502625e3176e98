//! Identifies documents by hash.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// The SHA-256 of a document's text, byte for byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DocumentHash([u8; 32]);

impl DocumentHash {
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text).into())
    }

    #[must_use]
    pub fn bytes(self) -> [u8; 32] {
        self.0
    }

    /// Parses 64 hexadecimal digits, with an optional prefix `sha256:`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix("sha256:").unwrap_or(text).as_bytes();
        let (pairs, rest) = digits.as_chunks::<2>();
        if pairs.len() != 32 || !rest.is_empty() {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = nibble(*high)? << 4 | nibble(*low)?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for DocumentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::DocumentHash;

    #[test]
    fn a_hash_is_read_as_it_is_written_in_either_case_and_with_its_prefix() {
        let hash = DocumentHash::of("{ __typename }");
        let written = hash.to_string();
        assert_eq!(written, "7f56e67dd21ab3f30d1ff8b7bed08893f0a0db86449836189b361dd1e56ddb4b");
        for text in [written.clone(), written.to_uppercase(), format!("sha256:{written}")] {
            assert_eq!(DocumentHash::parse(&text), Some(hash), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_hashes() {
        let hash = DocumentHash::of("").to_string();
        let signed = format!("+{}", &hash[1..]);
        for text in ["", "sha256:", "abc", &hash[1..], &format!("{hash}0"), &signed, "é"] {
            assert_eq!(DocumentHash::parse(text), None, "{text}");
        }
    }
}
