//! Tokens in mailed links: recomputed from the facts in a row, so that no secret is stored.

use std::fmt;

use subtle::ConstantTimeEq;

use super::{base62, keys::Keys};
use crate::clock::Timestamp;

/// The purpose of a mailed link; a token is valid for one purpose only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailPurpose {
    VerifyEmail,
    RejectRegistration,
    ResetPassword,
    ChangeEmail,
}

impl MailPurpose {
    fn name(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify e-mail",
            Self::RejectRegistration => "reject registration",
            Self::ResetPassword => "reset password",
            Self::ChangeEmail => "change e-mail",
        }
    }
}

/// The facts that a mail token authenticates; if any of them changes, the token is void.
#[derive(Debug, Clone, Copy)]
pub struct MailFacts<'a> {
    pub purpose: MailPurpose,
    /// Key of the row that the token refers to.
    pub id: i64,
    /// Key of the user.
    pub user: i64,
    pub email: &'a str,
    pub expires_at: Timestamp,
}

/// `fhv_`, the row's key in 11 base62 digits, `_`, the facts' HMAC-SHA256 in 43 digits.
#[derive(Clone)]
pub struct MailToken {
    id: i64,
    text: String,
}

impl MailToken {
    /// Computes the token of these facts; deterministic.
    #[must_use]
    pub fn new(keys: &Keys, facts: &MailFacts<'_>) -> Self {
        let id = facts.id.to_be_bytes();
        let mac = keys.mail.mac(&[
            facts.purpose.name().as_bytes(),
            &id,
            &facts.user.to_be_bytes(),
            facts.email.as_bytes(),
            &facts.expires_at.timestamp_millis().to_be_bytes(),
        ]);
        let text = format!("fhv_{}_{}", base62::encode::<11>(&id), base62::encode::<43>(&mac));
        Self { id: facts.id, text }
    }

    /// Parses a presented token; checks only its form, `proves` checks the rest.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (id, mac) = text.strip_prefix("fhv_")?.split_once('_')?;
        if !base62::is_digits(id, 11) || !base62::is_digits(mac, 43) {
            return None;
        }
        Some(Self { id: i64::try_from(base62::decode(id)?).ok()?, text: text.to_owned() })
    }

    /// Key of the row that holds the facts.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }

    /// Whether this is the token of these facts, in constant time; does not check expiry.
    #[must_use]
    pub fn proves(&self, keys: &Keys, facts: &MailFacts<'_>) -> bool {
        Self::new(keys, facts).text.as_bytes().ct_eq(self.text.as_bytes()).into()
    }

    /// The token itself, for the link in the mail.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for MailToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "fhv_{}_[secret]", self.id)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::{MailFacts, MailPurpose, MailToken};
    use crate::{auth::Keys, clock::Timestamp};

    fn keys() -> Keys {
        Keys::derive(b"0123456789abcdef0123456789abcdef")
    }

    fn facts() -> MailFacts<'static> {
        MailFacts {
            purpose: MailPurpose::VerifyEmail,
            id: 7,
            user: 123_456,
            email: "ann@example.org",
            expires_at: Timestamp::from_timestamp_millis(1_770_000_000_000).unwrap(),
        }
    }

    #[test]
    fn the_format_is_final() {
        let text = "fhv_00000000007_bLgoH0xS3czljnhqyLQ5Ep4O06Cap6Bj52GMTtCuQoe";
        assert_eq!(MailToken::new(&keys(), &facts()).reveal(), text);
    }

    #[test]
    fn a_presented_token_leads_to_its_row_and_proves_its_facts() {
        let presented = MailToken::parse(MailToken::new(&keys(), &facts()).reveal()).unwrap();
        assert_eq!(presented.id(), 7);
        assert!(presented.proves(&keys(), &facts()));
    }

    #[test]
    fn any_other_fact_or_key_makes_a_token_void() {
        let token = MailToken::new(&keys(), &facts());
        for other in [
            MailFacts { purpose: MailPurpose::RejectRegistration, ..facts() },
            MailFacts { id: 8, ..facts() },
            MailFacts { user: 8, ..facts() },
            MailFacts { email: "bob@example.org", ..facts() },
            MailFacts { expires_at: facts().expires_at + TimeDelta::milliseconds(1), ..facts() },
        ] {
            assert!(!token.proves(&keys(), &other), "{other:?}");
        }
        assert!(!token.proves(&Keys::derive(b"another secret of 32 bytes......"), &facts()));
    }

    #[test]
    fn other_forms_do_not_parse() {
        let token = MailToken::new(&keys(), &facts());
        let text = token.reveal();
        for wrong in [
            "",
            " ",
            "\0",
            "fhv_",
            &text[1..],
            &text[..text.len() - 1],
            &format!("{text}0"),
            &text.replacen("_0", "_", 1),
            &text.replacen("00000000007", "zzzzzzzzzzz", 1),
            &text.replacen("fhv_", "fhr_", 1),
        ] {
            assert!(MailToken::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn debug_shows_the_row_and_not_the_token() {
        assert_eq!(format!("{:?}", MailToken::new(&keys(), &facts())), "fhv_7_[secret]");
    }
}
