//! The mails that tell of something that was done to an account, in both languages.

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

/// Something that was done, when, and from where if a person did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub occasion: NoticeKind,
    pub at: Timestamp,
    pub address: Option<String>,
}

/// What was done to an account, one of its keys or jobs that its owner has applied for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum NoticeKind {
    PasswordChanged,
    PasswordReset,
    /// Somebody knows the password and tries codes.
    CodesGuessed,
    /// That went too far: the password has to be chosen anew.
    PasswordExposed,
    /// Goes to the address that the account had before.
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
    /// Goes to the address that the account had.
    AccountErased,
    AccountSuspended,
    AccountReinstated,
    SignedOutByAdmin,
    /// Jobs that the reader has applied for are off the board, with the account of their owner.
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
