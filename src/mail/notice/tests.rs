use super::{Notice, NoticeKind};
use crate::mail::Mail;

fn every_occasion() -> Vec<NoticeKind> {
    use NoticeKind as O;
    let at = "2026-12-01T00:00:00Z".parse().unwrap();
    let key = || String::from("{at}");
    vec![
        O::PasswordChanged,
        O::PasswordReset,
        O::CodesGuessed,
        O::PasswordExposed,
        O::EmailChanged,
        O::RefreshTokenReused,
        O::SecondFactorEnabled,
        O::SecondFactorDisabled,
        O::RecoveryCodeUsed { left: 9 },
        O::RecoveryCodesReplaced,
        O::ApiKeyCreated { key: key() },
        O::ApiKeyRotated { key: key() },
        O::ApiKeyRevoked { key: key() },
        O::ApiKeyExpires { key: key(), at },
        O::DeletionRequested { erase_at: at },
        O::DeletionCancelled,
        O::AccountErased,
        O::AccountSuspended,
        O::AccountReinstated,
        O::SignedOutByAdmin,
        O::ApplicationsPaused { count: 2 },
        O::ApplicationsResumed { count: 2 },
    ]
}

#[test]
fn every_notice_has_its_places_filled_and_leaves_the_name_of_a_key_alone() {
    for occasion in every_occasion() {
        let names_key = format!("{occasion:?}").contains("{at}");
        let at = "2026-11-22T03:04:05Z".parse().unwrap();
        let notice = Notice { occasion, at, address: Some("192.0.2.7".into()) };
        let account_url = "https://example.org/app/account".parse().unwrap();
        let text = Mail::Notice { name: "安".into(), notice, account_url }.render().unwrap().text;
        let left = if names_key {
            text.replace("「{at}」", "").replace("{at}\u{201d}", "")
        } else {
            text.clone()
        };
        assert!(!left.contains(['{', '}']), "{text}");
        assert!(text.contains("IP 位址：192.0.2.7") && text.contains("2026-11-22 11:04"), "{text}");
    }
}
