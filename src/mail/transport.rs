//! How mails are sent.

use std::{path::PathBuf, time::Duration};

use lettre::{
    Address, Message as Mime,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

use super::{Message, MessageId, folder, smtp::Smtp};
use crate::{
    clock::{Clock, Timestamp},
    config::{Config, ConfigError},
};

/// Folder in the data folder for mails without a mail server.
pub const FOLDER: &str = "outbox";

/// Sends mails from the configured sender; cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    transport: Transport,
    from: Mailbox,
    clock: Clock,
    timeout: Duration,
}

/// How mails are delivered.
#[derive(Clone)]
pub enum Transport {
    /// To the mail server, with one connection per mail.
    Smtp(Smtp),
    /// Into a folder, one `.eml` file each.
    Folder(PathBuf),
}

/// A mail to one recipient.
pub struct Outgoing {
    pub to: Address,
    /// The same at every attempt, so that duplicates can be recognised.
    pub message_id: MessageId,
    pub message: Message,
}

/// Why a mail was not sent, for the log.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// A retry may succeed; this attempt may even have succeeded, if the reply was lost.
    #[error("the mail was not sent for now: {0}")]
    Transient(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The server accepts no mail of this gateway until somebody changes something; then a retry
    /// may succeed.
    #[error("the mail server does not take mail from this gateway: {0}")]
    Unwelcome(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The server will never accept this mail.
    #[error("the mail was refused: {0}")]
    Permanent(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Mailer {
    /// SMTP if a server is configured, else `outbox` in the data folder.
    pub fn new(config: &Config, clock: Clock) -> Result<Self, ConfigError> {
        let transport = match &config.smtp_url {
            Some(url) => Transport::Smtp(Smtp::at(url)?),
            None => Transport::Folder(config.data_dir.join(FOLDER)),
        };
        let mut from: Mailbox = config.mail_from.parse().map_err(|_| ConfigError::MailFrom)?;
        from.email = sendable(&from.email);
        Ok(Self { transport, from, clock, timeout: Duration::from_secs(15) })
    }

    /// Sets the time limit of one attempt, from connecting to the last reply; 15 s by default.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Makes one attempt; the error says whether a retry makes sense.
    pub async fn send(&self, outgoing: &Outgoing) -> Result<(), SendError> {
        let now = self.clock.now();
        let mime = self.mime(outgoing, now).map_err(|error| SendError::Permanent(error.into()))?;
        let Outgoing { message_id, message, .. } = outgoing;
        match &self.transport {
            Transport::Smtp(smtp) => smtp.deliver(&mime, self.timeout).await,
            Transport::Folder(path) => {
                folder::deliver(path, &mime, now, message_id, &message.text).await
            }
        }
    }

    fn mime(&self, outgoing: &Outgoing, now: Timestamp) -> Result<Mime, lettre::error::Error> {
        let Outgoing { to, message_id, message } = outgoing;
        let mut mime = Mime::builder()
            .date(now.into())
            .from(self.from.clone())
            .to(sendable(to).into())
            .message_id(Some(format!("<{message_id}>")))
            .subject(&message.subject)
            // RFC 3834 §5: suppresses automatic replies.
            .raw_header(raw("Auto-Submitted", "auto-generated"))
            .raw_header(raw("Content-Language", message.language.tag()));
        if let Some(url) = &message.unsubscribe {
            // RFC 2369 §3.2, and RFC 8058 §3.1: a POST to the same address needs no further question.
            mime = mime
                .raw_header(raw("List-Unsubscribe", &format!("<{url}>")))
                .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        // The simplest part first: programs show the last one that they understand (RFC 2046 §5.1.4).
        mime.multipart(MultiPart::alternative_plain_html(
            message.text.clone(),
            message.html.clone(),
        ))
    }
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// The address with its domain in ASCII (RFC 5890), which every mail server understands.
fn sendable(address: &Address) -> Address {
    match url::Host::parse(address.domain()) {
        Ok(url::Host::Domain(domain)) => {
            Address::new(address.user(), domain).unwrap_or_else(|_| address.clone())
        }
        _ => address.clone(),
    }
}
