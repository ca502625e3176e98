//! The texts of the pages behind mailed links.

use super::Mailed;
use crate::http::pages::page::{Both, Foot, HOME, SIGN_IN, Way};

/// Rejects an account that somebody registered with the reader's address.
pub(in crate::http) static REJECT: Mailed = Mailed {
    mutation: "mutation RejectRegistration($token: String!) { rejectRegistration(input: {token: $token}) { ok } }",
    asks_password: false,
    title: ("這不是我註冊的帳號", "I did not register"),
    text: (
        "有人使用您的電子郵件地址註冊了「找幫手」帳號。按下按鈕即會刪除該帳號。",
        "Somebody registered a find-helper account with your address. The button deletes it.",
    ),
    label: ("刪除此帳號", "Delete the account"),
    done: (
        ("帳號已刪除", "Account deleted"),
        (
            "該帳號已刪除，與您的電子郵件地址不再有任何關聯。",
            "The account is deleted; your address has nothing to do with it any more.",
        ),
        Foot::Ways(&[HOME]),
    ),
    failed: ("無法刪除帳號", "Account not deleted"),
    otherwise: &[HOME],
};

/// Sets a new password.
pub(in crate::http) static RESET: Mailed = Mailed {
    mutation: "mutation ResetPassword($token: String!, $password: String!) { resetPassword(input: {token: $token, password: $password}) { ok } }",
    asks_password: true,
    title: ("設定新密碼", "Choose a new password"),
    text: (
        "設定後，您的帳號會在所有裝置上登出，請以新密碼重新登入。",
        "All your devices will be signed out; sign in again with the new password.",
    ),
    label: ("設定新密碼", "Set the new password"),
    done: (
        ("密碼已重設", "Password reset"),
        (
            "您的新密碼已生效，現在可以登入了。",
            "Your new password is set; you can sign in with it now.",
        ),
        Foot::Ways(&[SIGN_IN]),
    ),
    failed: ("無法重設密碼", "Password not reset"),
    otherwise: &[Way { path: "/app/forgot", label: ("重新寄送連結", "Send a new link") }, SIGN_IN],
};

/// Confirms a new address of the account.
pub(in crate::http) static CONFIRM_EMAIL: Mailed = Mailed {
    mutation: "mutation ConfirmEmailChange($token: String!) { confirmEmailChange(input: {token: $token}) { ok } }",
    asks_password: false,
    title: ("確認新的電子郵件地址", "Confirm your new e-mail address"),
    text: (
        "按下按鈕後，您的「找幫手」帳號將改用這個電子郵件地址，並在所有裝置上登出。",
        "The button makes this the address of your find-helper account and signs all your devices out.",
    ),
    label: ("改用這個地址", "Use this address"),
    done: (
        ("電子郵件地址已變更", "E-mail address changed"),
        (
            "您的新電子郵件地址已生效，請以新地址登入。",
            "Your new e-mail address is in use; sign in with it from now on.",
        ),
        Foot::Ways(&[SIGN_IN]),
    ),
    failed: ("無法變更電子郵件地址", "E-mail address not changed"),
    otherwise: &[
        Way {
            path: "/app/account", label: ("到帳號設定再試一次", "Try again in your account")
        },
        HOME,
    ],
};

/// Ends mails of notices.
pub(in crate::http) static UNSUBSCRIBE: Mailed = Mailed {
    mutation: "mutation Unsubscribe($token: String!) { unsubscribe(input: {token: $token}) { ok } }",
    asks_password: false,
    title: ("不再收到這類郵件", "Stop these mails"),
    text: (
        "按下按鈕後，「找幫手」就不再寄這類通知郵件給您；您仍可在網站上看到通知，也能隨時重新開啟郵件。帳號與安全相關的郵件不受影響。",
        "The button stops mails of this kind from find-helper. You still see the notices on the site, and can switch the mails on again there. Mails about your account and its security are not affected.",
    ),
    label: ("停止寄送", "Stop these mails"),
    done: (
        ("已停止寄送", "Mails stopped"),
        (
            "您不會再收到這類通知郵件。想重新開啟時，請登入後到通知設定變更。",
            "You will get no more mails of this kind. To switch them on again, sign in and open the settings of notices.",
        ),
        Foot::Ways(&[SIGN_IN]),
    ),
    failed: ("無法停止寄送", "Mails not stopped"),
    otherwise: &[
        Way {
            path: "/app/account/notices",
            label: ("登入並變更通知設定", "Sign in and change the settings"),
        },
        HOME,
    ],
};

pub(super) const INVALID: Both<'static> = (
    "此連結無效：可能已經使用過、已被較新的郵件取代，或網址未完整複製。",
    "This link does not work: it was used before, a newer mail has replaced it, or part of the address is missing.",
);

pub(super) const EXPIRED: Both<'static> =
    ("此連結已過期，請重新申請一封郵件。", "This link has expired; please ask for a new mail.");
