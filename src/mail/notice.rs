//! Mails that report an event of an account, in both languages.

#[cfg(test)]
mod tests;
mod words;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    layout::{Action, Section},
    moment::{minute, taipei},
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
    pub(super) fn sections<'a>(&self, account_url: &'a Url) -> [Section<'a>; 2] {
        [Language::ZhTw, Language::En].map(|language| {
            let (heading, purpose) = self.occasion.words(language);
            Section {
                language,
                heading,
                greeting: String::new(),
                purpose,
                action: Action { label: self.occasion.label(language), url: account_url },
                validity: self.circumstances(language),
                doubt: self.occasion.doubt(language),
                undo: None,
            }
        })
    }

    fn circumstances(&self, language: Language) -> String {
        let from = self.address.as_deref();
        match language {
            Language::ZhTw => {
                let from = from.map(|from| format!("，IP 位址：{from}")).unwrap_or_default();
                format!("時間：{}（台灣時間）{from}。", minute(taipei(self.at)))
            }
            Language::En => {
                let from =
                    from.map(|from| format!(" from the IP address {from}")).unwrap_or_default();
                format!("It happened at {} UTC{from}.", minute(self.at))
            }
        }
    }
}
