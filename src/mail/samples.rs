//! Every mail with made-up data, to look at and to test.

use url::Url;

use super::{Mail, Notice, NoticeKind};
use crate::{clock::Timestamp, language::Language};

/// One mail of each kind, under the name of the kind.
#[must_use]
pub fn samples(name: &str, language: Language, now: Timestamp, home: &Url) -> Vec<(String, Mail)> {
    let page = |path: &str| {
        let mut url = home.clone();
        url.set_path(path);
        url
    };
    let link = |path: &str| {
        let mut url = page(path);
        url.query_pairs_mut().append_pair("token", &"0123456789abcdef".repeat(8));
        url
    };
    let name = || name.to_owned();
    let links = [
        Mail::VerifyEmail {
            name: name(),
            language,
            verify_url: link("/verify"),
            reject_url: link("/app/reject"),
            expires_at: now,
        },
        Mail::ResetPassword {
            name: name(),
            language,
            reset_url: link("/app/reset"),
            expires_at: now,
        },
        Mail::ConfirmEmail {
            name: name(),
            language,
            confirm_url: link("/app/confirm-email"),
            expires_at: now,
        },
    ];
    let links = ["verify_email", "reset_password", "confirm_email"]
        .map(String::from)
        .into_iter()
        .zip(links);
    let notice = |occasion: NoticeKind| {
        let by_the_gateway = matches!(
            occasion,
            NoticeKind::ApiKeyExpires { .. }
                | NoticeKind::ApplicationsPaused { .. }
                | NoticeKind::ApplicationsResumed { .. }
        );
        let address = (!by_the_gateway).then(|| "2001:db8:85a3:8d3:1319:8a2e:370:7348".into());
        let (kind, notice) = (occasion.name(), Notice { occasion, at: now, address });
        (kind, Mail::Notice { name: name(), language, notice, account_url: page("/app/account") })
    };
    links.chain(occasions(&name(), now).into_iter().map(notice)).collect()
}

fn occasions(key: &str, now: Timestamp) -> Vec<NoticeKind> {
    use NoticeKind as O;
    let key = || key.to_owned();
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
        O::ApiKeyExpires { key: key(), at: now },
        O::DeletionRequested { erase_at: now },
        O::DeletionCancelled,
        O::AccountErased,
        O::AccountSuspended,
        O::AccountReinstated,
        O::SignedOutByAdmin,
        O::ApplicationsPaused { count: 2 },
        O::ApplicationsResumed { count: 2 },
    ]
}
