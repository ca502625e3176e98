//! The texts of notices, in both languages.

use super::NoticeKind;
use crate::{
    language::Language,
    mail::{layout::Both, moment::moment},
};

/// A heading and a sentence with `{placeholders}`, in Traditional Chinese and in English.
type Told = [Both; 2];

impl NoticeKind {
    /// A heading and a sentence.
    pub(super) fn words(&self, language: Language) -> (&'static str, String) {
        let [zh, en] = self.told();
        let (heading, sentence) = if language == Language::ZhTw { zh } else { en };
        let filled = match self {
            Self::RecoveryCodeUsed { left } => sentence.replace("{left}", &left.to_string()),
            Self::ApplicationsPaused { count } | Self::ApplicationsResumed { count } => {
                sentence.replace("{count}", &count.to_string())
            }
            Self::ApiKeyCreated { key }
            | Self::ApiKeyRotated { key }
            | Self::ApiKeyRevoked { key } => sentence.replace("{key}", key),
            // The name is replaced last: placeholders in it are not filled.
            Self::ApiKeyExpires { key, at } => {
                sentence.replace("{at}", &moment(*at, language)).replace("{key}", key)
            }
            Self::DeletionRequested { erase_at } => {
                sentence.replace("{at}", &moment(*erase_at, language))
            }
            _ => sentence.to_owned(),
        };
        (heading, filled)
    }

    /// The label of the link to the account.
    pub(super) fn label(&self) -> Both {
        match self {
            Self::AccountErased | Self::AccountSuspended => ("前往「找幫手」", "Go to find-helper"),
            Self::PasswordExposed => ("設定新密碼", "Choose a new password"),
            Self::ApplicationsPaused { .. } | Self::ApplicationsResumed { .. } => {
                ("檢視您的應徵", "Look at your applications")
            }
            _ => ("檢視您的帳號", "Look at your account"),
        }
    }

    /// What to do if the reader did not want it.
    pub(super) fn doubt(&self) -> Both {
        match self {
            // A mail to this address offers no way to undo it.
            Self::EmailChanged => (
                "不是您本人嗎？有人可能已取得您的帳號，請立即與「找幫手」的管理員聯絡。",
                "Was it not you? Somebody may have taken your account; write to the people who run find-helper at once.",
            ),
            Self::AccountErased
            | Self::AccountSuspended
            | Self::AccountReinstated
            | Self::SignedOutByAdmin
            | Self::ApplicationsPaused { .. }
            | Self::ApplicationsResumed { .. } => (
                "如有疑問，請與「找幫手」的管理員聯絡。",
                "If you have questions, write to the people who run find-helper.",
            ),
            Self::DeletionRequested { .. } => (
                "不是您本人嗎？請立即重設密碼並重新登入，帳號就不會被刪除。",
                "Was it not you? Reset your password and sign in at once: that keeps the account.",
            ),
            Self::ApiKeyExpires { .. } => (
                "不再使用這組金鑰嗎？您可以忽略這封郵件。",
                "If you no longer use the key, you can ignore this mail.",
            ),
            _ => (
                "不是您本人嗎？請立即重設密碼，並檢查您的登入裝置與 API 金鑰。",
                "Was it not you? Reset your password at once, and look through your sessions and API keys.",
            ),
        }
    }

    /// Why the reader was told.
    pub(super) fn reason(&self) -> Both {
        match self {
            Self::ApplicationsPaused { .. } | Self::ApplicationsResumed { .. } => (
                "您收到這封郵件，是因為您應徵了這些工作。",
                "You received this mail because you applied for these jobs.",
            ),
            _ => (
                "您收到這封郵件，是因為它與您「找幫手」帳號的安全或狀態有關；這類通知無法關閉。",
                "You received this mail because it is about the security or the state of your find-helper account; such mails cannot be turned off.",
            ),
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table: what each notice says")]
    fn told(&self) -> Told {
        match self {
            Self::PasswordChanged => [
                ("您的密碼已變更", "您的密碼已變更，其他裝置都已登出。"),
                (
                    "Your password was changed",
                    "Your password was changed, and all other devices were signed out.",
                ),
            ],
            Self::PasswordReset => [
                ("您的密碼已重設", "您的密碼已透過郵件中的連結重設，所有裝置都已登出。"),
                (
                    "Your password was reset",
                    "Your password was reset with a mailed link, and all devices were signed out.",
                ),
            ],
            Self::CodesGuessed => [
                (
                    "有人嘗試您的驗證碼",
                    "有人在登入您的帳號時輸入了正確的密碼，卻多次輸入錯誤的驗證碼。如果不是您本人，表示您的密碼已經外洩。",
                ),
                (
                    "Somebody is trying codes for your account",
                    "Somebody gave your password and then several wrong one-time codes. If it was not you, somebody else knows your password.",
                ),
            ],
            Self::PasswordExposed => [
                (
                    "請設定新密碼",
                    "有人在登入您的帳號時輸入了正確的密碼，卻輸入錯誤的驗證碼太多次。為了保護您的帳號，在您設定新密碼之前，只能從您曾登入過的地點登入。",
                ),
                (
                    "Please choose a new password",
                    "Somebody gave your password and then too many wrong one-time codes. To protect your account, until you choose a new password it signs in only from places where you have signed in before.",
                ),
            ],
            Self::EmailChanged => [
                (
                    "您的電子郵件地址已變更",
                    "您的帳號已改用另一個電子郵件地址，日後的郵件不會再寄到這裡。",
                ),
                (
                    "Your e-mail address was changed",
                    "Your account now uses another e-mail address; no further mail will come here.",
                ),
            ],
            Self::RefreshTokenReused => [
                (
                    "我們已登出一個可疑的裝置",
                    "某個裝置的登入憑證被重複使用，可能已遭他人複製，因此我們已將該裝置登出。",
                ),
                (
                    "We ended a suspicious session",
                    "The credentials of one of your sessions were used a second time and may have been copied, so we ended that session.",
                ),
            ],
            Self::SecondFactorEnabled => [
                ("兩步驟驗證已開啟", "從現在起，登入時除了密碼，還需要一次性驗證碼。"),
                (
                    "Two-step sign-in is on",
                    "From now on, signing in takes your password and a one-time code.",
                ),
            ],
            Self::SecondFactorDisabled => [
                ("兩步驟驗證已關閉", "從現在起，登入時只需要密碼。"),
                ("Two-step sign-in is off", "From now on, signing in takes your password only."),
            ],
            Self::RecoveryCodeUsed { .. } => [
                ("復原碼已被使用", "有人使用一組復原碼登入您的帳號，還剩 {left} 組可用。"),
                (
                    "A recovery code was used",
                    "A recovery code was used to sign in to your account. Unused codes left: {left}.",
                ),
            ],
            Self::RecoveryCodesReplaced => [
                ("復原碼已更新", "您已產生新的復原碼，舊的復原碼都已失效。"),
                (
                    "Your recovery codes were replaced",
                    "You have new recovery codes; the old ones no longer work.",
                ),
            ],
            Self::ApiKeyCreated { .. } => [
                ("已建立 API 金鑰", "您的帳號新增了名為「{key}」的 API 金鑰。"),
                (
                    "An API key was created",
                    "An API key named \u{201c}{key}\u{201d} was created for your account.",
                ),
            ],
            Self::ApiKeyRotated { .. } => [
                ("API 金鑰的密鑰已更換", "名為「{key}」的 API 金鑰已換用新的密鑰。"),
                (
                    "An API key has a new secret",
                    "The API key \u{201c}{key}\u{201d} was given a new secret.",
                ),
            ],
            Self::ApiKeyRevoked { .. } => [
                ("API 金鑰已停用", "名為「{key}」的 API 金鑰已停用，無法再使用。"),
                ("An API key was revoked", "The API key \u{201c}{key}\u{201d} no longer works."),
            ],
            Self::ApiKeyExpires { .. } => [
                ("API 金鑰即將到期", "名為「{key}」的 API 金鑰將於 {at}到期，請及早更換。"),
                (
                    "An API key will expire",
                    "The API key \u{201c}{key}\u{201d} expires at {at}; rotate it in time.",
                ),
            ],
            Self::DeletionRequested { .. } => [
                (
                    "您的帳號即將刪除",
                    "您的帳號將於 {at}刪除，所有裝置都已登出，API 金鑰也已停用。在那之前重新登入，即可保留帳號。",
                ),
                (
                    "Your account will be deleted",
                    "Your account will be deleted at {at}. All devices were signed out and your API keys were stopped. To keep the account, sign in before then.",
                ),
            ],
            Self::DeletionCancelled => [
                (
                    "您的帳號不會被刪除",
                    "您已重新登入，因此取消了帳號刪除。先前停用的 API 金鑰不會恢復。",
                ),
                (
                    "Your account will not be deleted",
                    "You signed in again, so the deletion was cancelled. The API keys that were stopped will not come back.",
                ),
            ],
            Self::AccountErased => [
                ("您的帳號已刪除", "您的帳號與個人資料已經刪除，我們不會再寄信給您。"),
                (
                    "Your account was deleted",
                    "Your account and its personal data were erased; we will not write to you again.",
                ),
            ],
            Self::AccountSuspended => [
                ("您的帳號已停權", "管理員已將您的帳號停權，所有裝置都已登出。"),
                (
                    "Your account is suspended",
                    "An administrator suspended your account; all devices were signed out.",
                ),
            ],
            Self::AccountReinstated => [
                ("您的帳號已恢復", "管理員已恢復您的帳號，您可以再次登入。"),
                (
                    "Your account is reinstated",
                    "An administrator reinstated your account; you can sign in again.",
                ),
            ],
            Self::SignedOutByAdmin => [
                ("您已在所有裝置登出", "管理員已將您從所有裝置登出，請重新登入。"),
                (
                    "You were signed out everywhere",
                    "An administrator signed you out on all devices; please sign in again.",
                ),
            ],
            Self::ApplicationsPaused { .. } => [
                (
                    "您應徵的工作已暫停",
                    "您應徵的工作有 {count} 件暫停了：發案者的帳號目前無法使用，這些工作暫時不對外顯示，也不收新的應徵。您的應徵仍然保留，工作恢復時我們會再通知您。",
                ),
                (
                    "Jobs you applied for are paused",
                    "Paused jobs you applied for: {count}. The account of their owner cannot be used at the moment, so they are hidden and take no applications. Your application stays as it is, and we will write again when they are back.",
                ),
            ],
            Self::ApplicationsResumed { .. } => [
                (
                    "您應徵的工作已恢復",
                    "您應徵的工作有 {count} 件恢復了：發案者的帳號已可使用，這些工作重新開放應徵，您先前的應徵仍然有效。",
                ),
                (
                    "Jobs you applied for are back",
                    "Jobs you applied for that are back: {count}. The account of their owner can be used again, and your application still counts.",
                ),
            ],
        }
    }
}
