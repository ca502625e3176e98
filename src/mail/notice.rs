//! The mails that tell of something that was done to an account, in both languages.

use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    layout::{Action, Section},
    template::{minute, taipei},
};
use crate::{clock::Timestamp, language::Language};

/// Something that was done, when, and from where if a person did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub occasion: Occasion,
    pub at: Timestamp,
    pub address: Option<String>,
}

/// What was done to an account or one of its keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Occasion {
    PasswordChanged,
    PasswordReset,
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
}

impl Notice {
    pub(super) fn sections<'a>(&self, account_url: &'a Url) -> [Section<'a>; 2] {
        let (zh, en) = self.occasion.words();
        [(Language::ZhTw, zh), (Language::En, en)].map(|(language, (heading, purpose))| Section {
            language,
            heading,
            greeting: String::new(),
            purpose,
            action: Action { label: label(language), url: account_url },
            validity: self.circumstances(language),
            doubt: doubt(language),
            undo: None,
        })
    }

    fn circumstances(&self, language: Language) -> String {
        let from = self.address.as_deref();
        match language {
            Language::ZhTw => {
                let from = from.map(|from| format!("，來自 {from}")).unwrap_or_default();
                format!("時間：{}（台灣時間）{from}。", minute(taipei(self.at)))
            }
            Language::En => {
                let from = from.map(|from| format!(" from {from}")).unwrap_or_default();
                format!("It happened at {} UTC{from}.", minute(self.at))
            }
        }
    }
}

/// A heading and a sentence.
type Words = (&'static str, String);

impl Occasion {
    fn words(&self) -> (Words, Words) {
        match self {
            Self::PasswordChanged => both(
                ("您的密碼已變更", "您的密碼已變更，其他裝置都已登出。"),
                (
                    "Your password was changed",
                    "Your password was changed, and all other devices were signed out.",
                ),
            ),
            Self::PasswordReset => both(
                ("您的密碼已重設", "您的密碼已透過郵件連結重設，所有裝置都已登出。"),
                (
                    "Your password was reset",
                    "Your password was reset with a mailed link, and all devices were signed out.",
                ),
            ),
            Self::EmailChanged => both(
                (
                    "您的電子郵件地址已變更",
                    "您的帳號已改用另一個電子郵件地址，日後的郵件不會再寄到這裡。",
                ),
                (
                    "Your e-mail address was changed",
                    "Your account uses another e-mail address now; no further mail will come here.",
                ),
            ),
            Self::RefreshTokenReused => both(
                (
                    "我們結束了一個可疑的登入",
                    "一個已用過的更新憑證再次出現，可能遭到複製，因此我們結束了那個登入。",
                ),
                (
                    "We ended a suspicious session",
                    "A refresh token was presented a second time and may have been copied, so we ended its session.",
                ),
            ),
            Self::SecondFactorEnabled => both(
                ("兩步驟驗證已啟用", "從現在起，登入時需要密碼與一次性驗證碼。"),
                (
                    "Two-step sign-in is on",
                    "From now on, signing in takes your password and a one-time code.",
                ),
            ),
            Self::SecondFactorDisabled => both(
                ("兩步驟驗證已停用", "從現在起，登入時只需要密碼。"),
                ("Two-step sign-in is off", "From now on, signing in takes your password only."),
            ),
            Self::RecoveryCodeUsed { left } => (
                ("已使用一組備用碼", format!("有人使用備用碼登入，還剩 {left} 組。")),
                (
                    "A recovery code was used",
                    format!("A recovery code was used to sign in; {left} are left."),
                ),
            ),
            Self::RecoveryCodesReplaced => both(
                ("備用碼已更新", "您有一組新的備用碼，舊的備用碼都已失效。"),
                (
                    "Your recovery codes were replaced",
                    "You have new recovery codes; the old ones no longer work.",
                ),
            ),
            Self::ApiKeyCreated { key } => (
                ("已建立 API 金鑰", format!("已建立名為「{key}」的 API 金鑰。")),
                (
                    "An API key was created",
                    format!("An API key named \u{201c}{key}\u{201d} was created."),
                ),
            ),
            Self::ApiKeyRotated { key } => (
                ("API 金鑰的密鑰已更換", format!("名為「{key}」的 API 金鑰有了新的密鑰。")),
                (
                    "An API key has a new secret",
                    format!("The API key \u{201c}{key}\u{201d} was given a new secret."),
                ),
            ),
            Self::ApiKeyRevoked { key } => (
                ("API 金鑰已撤銷", format!("名為「{key}」的 API 金鑰已停用。")),
                (
                    "An API key was revoked",
                    format!("The API key \u{201c}{key}\u{201d} no longer works."),
                ),
            ),
            Self::ApiKeyExpires { key, at } => (
                (
                    "API 金鑰即將到期",
                    format!(
                        "名為「{key}」的 API 金鑰將於 {}（台灣時間）到期，請及早更換。",
                        minute(taipei(*at))
                    ),
                ),
                (
                    "An API key will expire",
                    format!(
                        "The API key \u{201c}{key}\u{201d} expires at {} UTC; rotate it in time.",
                        minute(*at)
                    ),
                ),
            ),
            Self::DeletionRequested { erase_at } => (
                (
                    "您的帳號將被刪除",
                    format!(
                        "您的帳號將於 {}（台灣時間）刪除。在那之前登入即可取消。",
                        minute(taipei(*erase_at))
                    ),
                ),
                (
                    "Your account will be deleted",
                    format!(
                        "Your account will be deleted at {} UTC. Sign in before then to keep it.",
                        minute(*erase_at)
                    ),
                ),
            ),
            Self::DeletionCancelled => both(
                ("您的帳號不會被刪除", "您已重新登入，帳號刪除已取消。"),
                (
                    "Your account will not be deleted",
                    "You signed in again, so the deletion was cancelled.",
                ),
            ),
            Self::AccountErased => both(
                ("您的帳號已刪除", "您的帳號與個人資料已經刪除。"),
                ("Your account was deleted", "Your account and its personal data were erased."),
            ),
            Self::AccountSuspended => both(
                ("您的帳號已停權", "管理員已將您的帳號停權，所有裝置都已登出。"),
                (
                    "Your account is suspended",
                    "An administrator suspended your account; all devices were signed out.",
                ),
            ),
            Self::AccountReinstated => both(
                ("您的帳號已恢復", "管理員已恢復您的帳號，您可以再次登入。"),
                (
                    "Your account is reinstated",
                    "An administrator reinstated your account; you can sign in again.",
                ),
            ),
            Self::SignedOutByAdmin => both(
                ("您已在所有裝置登出", "管理員已將您從所有裝置登出，請重新登入。"),
                (
                    "You were signed out everywhere",
                    "An administrator signed you out on all devices; please sign in again.",
                ),
            ),
        }
    }
}

fn both(zh: (&'static str, &str), en: (&'static str, &str)) -> (Words, Words) {
    ((zh.0, zh.1.into()), (en.0, en.1.into()))
}

fn label(language: Language) -> &'static str {
    match language {
        Language::ZhTw => "檢視您的帳號",
        Language::En => "Look at your account",
    }
}

fn doubt(language: Language) -> &'static str {
    match language {
        Language::ZhTw => "不是您本人嗎？請立即重設密碼，並檢查您的登入裝置與 API 金鑰。",
        Language::En => {
            "Was it not you? Reset your password at once, and look through your sessions and API keys."
        }
    }
}
