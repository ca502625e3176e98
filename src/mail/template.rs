//! Which mails there are.

use url::Url;

use super::{
    layout::{Action, Letter, Message},
    links::{CONFIRM, REJECT, RESET, VERIFY},
    notice::Notice,
};
use crate::{clock::Timestamp, error::Result, language::Language};

/// A mail and its parameters; not `Debug`, since the links are secrets.
#[derive(Clone, PartialEq, Eq)]
pub enum Mail {
    /// Asks a newly registered person to confirm the address or to reject the account.
    VerifyEmail {
        /// As typed at registration, perhaps by someone else.
        name: String,
        language: Language,
        verify_url: Url,
        /// Removes the unverified account.
        reject_url: Url,
        /// When `verify_url` expires.
        expires_at: Timestamp,
    },
    /// Lets somebody who forgot the password choose a new one.
    ResetPassword { name: String, language: Language, reset_url: Url, expires_at: Timestamp },
    /// Asks the owner of a new address to confirm it for an account.
    ConfirmEmail {
        /// As typed by the account's owner, whom the reader may not know.
        name: String,
        language: Language,
        confirm_url: Url,
        expires_at: Timestamp,
    },
    /// Reports an event of the account.
    Notice { name: String, language: Language, notice: Notice, account_url: Url },
}

impl Mail {
    /// Renders the mail.
    pub fn render(&self) -> Result<Message> {
        self.letter().message()
    }

    fn letter(&self) -> Letter {
        match self {
            Self::VerifyEmail { name, language, verify_url, reject_url, expires_at } => {
                let label = language.pick(&REJECT);
                let second = Some(Action { label, url: reject_url.clone() });
                Letter { second, ..VERIFY.letter((name, *language), verify_url, *expires_at) }
            }
            Self::ResetPassword { name, language, reset_url, expires_at } => {
                RESET.letter((name, *language), reset_url, *expires_at)
            }
            Self::ConfirmEmail { name, language, confirm_url, expires_at } => {
                CONFIRM.letter((name, *language), confirm_url, *expires_at)
            }
            Self::Notice { name, language, notice, account_url } => {
                notice.letter((name, *language), account_url)
            }
        }
    }
}
