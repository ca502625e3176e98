//! The mails with a link that proves who reads the address.

use url::Url;

use super::{
    layout::{Action, Both, Letter},
    moment::moment,
};
use crate::{clock::Timestamp, language::Language};

/// What such a mail says.
pub(super) struct Words {
    heading: Both,
    purpose: Both,
    label: Both,
    doubt: Both,
    reason: Both,
}

impl Words {
    pub(super) fn letter(
        &self,
        (name, language): (&str, Language),
        url: &Url,
        expires_at: Timestamp,
    ) -> Letter {
        let t = |both: &Both| language.pick(both);
        let until = t(&("連結有效期限", "Valid until"));
        Letter {
            language,
            name: name.to_owned(),
            heading: t(&self.heading).to_owned(),
            paragraphs: vec![t(&self.purpose).to_owned()],
            facts: vec![(until, moment(expires_at, language))],
            action: Action { label: t(&self.label), url: url.clone() },
            remarks: vec![t(&self.doubt).to_owned()],
            second: None,
            reason: t(&self.reason),
            choice: None,
        }
    }
}

pub(super) const VERIFY: Words = Words {
    heading: ("請驗證您的電子郵件地址", "Verify your e-mail address"),
    purpose: (
        "有人使用這個電子郵件地址註冊了「找幫手」帳號。如果是您本人，請開啟以下連結，確認這個地址屬於您，之後即可登入。",
        "Someone has registered a find-helper (找幫手) account with this e-mail address. If it was you, open this link to confirm that the address is yours; after that you can sign in.",
    ),
    label: ("驗證電子郵件地址", "Verify e-mail address"),
    doubt: (
        "不是您註冊的嗎？請刪除這個尚未驗證的帳號：",
        "Was it not you? Delete the unverified account:",
    ),
    reason: (
        "您收到這封郵件，是因為有人註冊時填寫了這個電子郵件地址。",
        "You received this mail because somebody registered with this e-mail address.",
    ),
};

/// The label of the link that removes an unverified account.
pub(super) const REJECT: Both =
    ("不是我註冊的，刪除這個帳號", "It was not me, delete this account");

pub(super) const RESET: Words = Words {
    heading: ("重設您的密碼", "Reset your password"),
    purpose: (
        "有人要求重設您的「找幫手」帳號密碼。如果是您本人，請開啟以下連結，設定新的密碼。",
        "Someone asked to reset the password of your find-helper (找幫手) account. If it was you, open this link to choose a new one.",
    ),
    label: ("設定新密碼", "Choose a new password"),
    doubt: (
        "不是您本人嗎？您的密碼沒有變更，可以忽略這封郵件。請勿將連結轉交他人。",
        "Was it not you? Your password is unchanged and you can ignore this mail. Do not pass the link on.",
    ),
    reason: (
        "您收到這封郵件，是因為有人要求重設這個帳號的密碼。",
        "You received this mail because somebody asked for a new password for this account.",
    ),
};

pub(super) const CONFIRM: Words = Words {
    heading: ("請確認您的新電子郵件地址", "Confirm your new e-mail address"),
    purpose: (
        "有人想將「找幫手」帳號的電子郵件地址改為這個地址。如果是您本人，請開啟以下連結確認。",
        "Someone wants to use this address for their find-helper (找幫手) account. If it was you, open this link to confirm.",
    ),
    label: ("確認新的電子郵件地址", "Confirm the new address"),
    doubt: (
        "不是您本人嗎？請忽略這封郵件，這個地址就不會綁定任何帳號。",
        "Was it not you? Ignore this mail, and the address stays out of it.",
    ),
    reason: (
        "您收到這封郵件，是因為有人要求將帳號改用這個電子郵件地址。",
        "You received this mail because somebody asked to use this address for an account.",
    ),
};
