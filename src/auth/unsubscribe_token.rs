//! Tokens in links that end mails: they say for whom and which, and never expire.

use std::fmt;

use subtle::ConstantTimeEq;

use super::{base62, keys::Keys};

/// Separates these tokens from everything else that is signed with the same key.
const PURPOSE: &[u8] = b"unsubscribe";

/// `fhu_`, the person's key in 11 base62 digits, `_`, the HMAC-SHA256 in 43 digits, `_`, the name of the
/// list.
#[derive(Clone)]
pub struct UnsubscribeToken {
    user: i64,
    list: String,
    text: String,
}

impl UnsubscribeToken {
    /// Computes the token that ends this list of mails to a person; deterministic.
    #[must_use]
    pub fn new(keys: &Keys, user: i64, list: &str) -> Self {
        let id = user.to_be_bytes();
        let mac = keys.mail.mac(&[PURPOSE, &id, list.as_bytes()]);
        let (id, mac) = (base62::encode::<11>(&id), base62::encode::<43>(&mac));
        Self { user, list: list.to_owned(), text: format!("fhu_{id}_{mac}_{list}") }
    }

    /// The presented token, if it is one of ours.
    #[must_use]
    pub fn parse(keys: &Keys, text: &str) -> Option<Self> {
        let (id, rest) = text.strip_prefix("fhu_")?.split_once('_')?;
        let (_, list) = rest.split_once('_')?;
        if !base62::is_digits(id, 11) {
            return None;
        }
        let user = i64::try_from(base62::decode(id)?).ok()?;
        let token = Self::new(keys, user, list);
        bool::from(token.text.as_bytes().ct_eq(text.as_bytes())).then_some(token)
    }

    /// Key of the person.
    #[must_use]
    pub fn user(&self) -> i64 {
        self.user
    }

    /// The name of the list.
    #[must_use]
    pub fn list(&self) -> &str {
        &self.list
    }

    /// The token itself, for the link in the mail.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for UnsubscribeToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "fhu_{}_[secret]", self.user)
    }
}

#[cfg(test)]
mod tests {
    use super::UnsubscribeToken;
    use crate::auth::Keys;

    #[test]
    fn a_token_is_for_one_person_and_one_list_and_of_one_key() {
        let keys = Keys::derive(b"0123456789abcdef0123456789abcdef");
        let token = UnsubscribeToken::new(&keys, 123_456, "job_changed");
        let parsed = UnsubscribeToken::parse(&keys, token.reveal()).unwrap();
        assert_eq!((parsed.user(), parsed.list()), (123_456, "job_changed"));
        let text = token.reveal();
        for wrong in [
            "",
            "fhu_",
            &text[1..],
            &text[..text.len() - 1],
            &text.replace("job_changed", "all"),
            &text.replacen("_0", "_1", 1),
            &text.replacen("fhu_", "fhv_", 1),
        ] {
            assert!(UnsubscribeToken::parse(&keys, wrong).is_none(), "{wrong}");
        }
        let other = Keys::derive(b"another secret of 32 bytes......");
        assert!(UnsubscribeToken::parse(&other, text).is_none());
        assert_eq!(format!("{token:?}"), "fhu_123456_[secret]");
    }
}
