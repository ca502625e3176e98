//! What a mail server's reply means for the mail: the one table of final replies.

use std::fmt;

/// The stage at which a delivery failed (RFC 5321 §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Connecting, implicit TLS, the greeting and EHLO.
    Hello,
    StartTls,
    Auth,
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA, before any content was sent.
    Data,
    /// The end of the mail.
    Content,
}

/// What to do with the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Never deliverable.
    Final,
    /// Retry.
    Again,
    /// Retry after the operator has changed something: the server takes no mail of this gateway.
    AgainWhenMended,
}

impl Stage {
    /// Interprets a reply code; None if the reply was lost or never came.
    pub(super) fn judge(self, code: Option<u16>) -> Verdict {
        match (self, code) {
            // RFC 5321 §4.5.3.1.10: for a recipient, 552 means 452.
            (_, None | Some(400..=499)) | (Self::Recipient, Some(552)) => Verdict::Again,
            // The server does not know the command, finds it out of order or requires a sign-in
            // (RFC 4954 §6): a problem of the gateway, whatever the recipient.
            (_, Some(500 | 502..=504 | 530 | 534 | 535 | 538)) => Verdict::AgainWhenMended,
            (Self::Recipient | Self::Content, Some(_)) => Verdict::Final,
            _ => Verdict::AgainWhenMended,
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hello => "connection, greeting or EHLO",
            Self::StartTls => "STARTTLS",
            Self::Auth => "AUTH",
            Self::Sender => "MAIL FROM",
            Self::Recipient => "RCPT TO",
            Self::Data => "DATA",
            Self::Content => "end of the mail",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Stage, Verdict};

    #[test]
    fn f11_only_an_answer_about_this_recipient_or_this_content_is_final() {
        use Stage::{Auth, Content, Data, Hello, Recipient, Sender, StartTls};
        for stage in [Hello, StartTls, Auth, Sender, Recipient, Data, Content] {
            for code in (400..600).map(Some).chain([None]) {
                let verdict = stage.judge(code);
                let is_about_the_mail = match stage {
                    Recipient => matches!(code, Some(501 | 550 | 551 | 553..=559 | 505..=529)),
                    Content => matches!(code, Some(501 | 550..=559 | 505..=529)),
                    _ => false,
                };
                if is_about_the_mail {
                    assert_eq!(verdict, Verdict::Final, "{stage} {code:?}");
                }
                if verdict == Verdict::Final {
                    assert!(matches!(stage, Recipient | Content), "{stage} {code:?}");
                    assert!(code >= Some(500), "{stage} {code:?}");
                }
            }
        }
    }
}
