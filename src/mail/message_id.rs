//! The Message-ID of a mail, the same for each attempt to send it.

use std::{fmt, str::FromStr};

use url::Url;

use crate::random::Random;

/// `local@domain` (RFC 5322 §3.6.4) without the angle brackets; the local part is safe in file names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MessageId(String);

impl MessageId {
    /// A new id under the host of `public_url`.
    #[must_use]
    pub fn generate(random: &Random, public_url: &Url) -> Self {
        let local = u128::from_be_bytes(random.bytes());
        Self(format!("{local:032x}@{}", public_url.host_str().unwrap_or("localhost")))
    }

    /// The part before the `@`.
    #[must_use]
    pub fn local(&self) -> &str {
        self.0.split('@').next().unwrap_or_default()
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text is not a message id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a message id")]
pub struct InvalidMessageId;

impl FromStr for MessageId {
    type Err = InvalidMessageId;

    fn from_str(text: &str) -> Result<Self, InvalidMessageId> {
        let (local, domain) = text.split_once('@').ok_or(InvalidMessageId)?;
        let is_local = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        let is_domain = |byte: u8| byte.is_ascii_graphic() && !b"<>@".contains(&byte);
        let valid = (1..=64).contains(&local.len())
            && (1..=255).contains(&domain.len())
            && local.bytes().all(is_local)
            && domain.bytes().all(is_domain);
        valid.then(|| Self(text.to_owned())).ok_or(InvalidMessageId)
    }
}

#[cfg(test)]
mod tests {
    use super::MessageId;
    use crate::random::Random;

    #[test]
    fn a_generated_id_survives_storage() {
        for url in ["https://api.example.org/x", "http://[::1]:8080", "https://找幫手.tw"] {
            let id = MessageId::generate(&Random::seeded(1), &url.parse().unwrap());
            assert_eq!(id.to_string().parse(), Ok(id), "{url}");
        }
    }

    #[test]
    fn an_id_cannot_leave_its_header_or_its_folder() {
        for text in ["a@b\r\nBcc: c@d", "../a@b", "a@b>", "a b@c", "a", "@b", "a@", "a@b@c"] {
            assert!(text.parse::<MessageId>().is_err(), "{text:?}");
        }
    }
}
