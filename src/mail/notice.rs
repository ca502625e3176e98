//! Mails that report an event of an account.

mod words;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    layout::{Action, Both, Letter},
    moment::moment,
};
use crate::{clock::Timestamp, language::Language};

/// An event of an account, with its time, and its origin if a person caused it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub occasion: NoticeKind,
    pub at: Timestamp,
    pub address: Option<String>,
}

/// What happened to an account, one of its keys, or jobs that its owner applied for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum NoticeKind {
    PasswordChanged,
    PasswordReset,
    /// Somebody knows the password and guesses codes.
    CodesGuessed,
    /// Too many wrong codes: the password must be replaced.
    PasswordExposed,
    /// Sent to the previous address of the account.
    EmailChanged,
    /// An old refresh token was presented again, so its session ended.
    RefreshTokenReused,
    SecondFactorEnabled,
    SecondFactorDisabled,
    RecoveryCodeUsed {
        left: u64,
    },
    RecoveryCodesReplaced,
    ApiKeyCreated {
        key: String,
    },
    ApiKeyRotated {
        key: String,
    },
    ApiKeyRevoked {
        key: String,
    },
    ApiKeyExpires {
        key: String,
        at: Timestamp,
    },
    DeletionRequested {
        erase_at: Timestamp,
    },
    DeletionCancelled,
    /// Sent to the last address of the account.
    AccountErased,
    AccountSuspended,
    AccountReinstated,
    SignedOutByAdmin,
    /// Jobs that the reader applied for are hidden, together with their owner's account.
    ApplicationsPaused {
        count: i64,
    },
    ApplicationsResumed {
        count: i64,
    },
}

impl Notice {
    pub(super) fn letter(&self, (name, language): (&str, Language), account_url: &Url) -> Letter {
        let t = |both: Both| language.pick(&both);
        // An expiry is what is to come: its mail tells that time only.
        let at = (!matches!(self.occasion, NoticeKind::ApiKeyExpires { .. }))
            .then(|| (t(("時間", "Time")), moment(self.at, language)));
        let address = self.address.clone().map(|address| (t(("IP 位址", "IP address")), address));
        let (heading, sentence) = self.occasion.words(language);
        Letter {
            language,
            name: name.to_owned(),
            heading: heading.to_owned(),
            paragraphs: vec![sentence],
            facts: at.into_iter().chain(address).collect(),
            action: Action { label: t(self.occasion.label()), url: account_url.clone() },
            remarks: vec![t(self.occasion.doubt()).to_owned()],
            second: None,
            reason: t(self.occasion.reason()),
            choice: None,
        }
    }
}

impl NoticeKind {
    /// As it is stored.
    pub(super) fn name(&self) -> String {
        let stored = serde_json::to_value(self).unwrap_or_default();
        stored["what"].as_str().unwrap_or_default().to_owned()
    }
}
