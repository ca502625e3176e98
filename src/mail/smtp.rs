//! Delivery to a mail server, over TLS unless the server runs on this machine.

mod stage;

use std::{net::IpAddr, time::Duration};

use lettre::{
    Address, Message,
    transport::smtp::{
        Error as SmtpError,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailBodyParameter, MailParameter},
    },
};
use url::Url;

use self::stage::{Stage, Verdict};
use super::SendError;
use crate::config::{ConfigError, Secret};

/// Time limit for QUIT.
const QUIT_TIME: Duration = Duration::from_secs(2);

/// A mail server and its connection settings; each mail uses its own connection.
#[derive(Clone)]
pub struct Smtp {
    host: String,
    port: u16,
    tls: Tls,
    hello_name: ClientId,
    credentials: Option<Credentials>,
}

#[derive(Clone)]
enum Tls {
    Never,
    /// By STARTTLS.
    Upgraded(TlsParameters),
    /// Implicit TLS.
    AtOnce(TlsParameters),
}

impl Smtp {
    /// Parses the setting; does not connect.
    pub(super) fn at(url: &Secret) -> Result<Self, ConfigError> {
        let url = Url::parse(url.reveal()).map_err(|_| ConfigError::SmtpUrl)?;
        let host = url.host_str().ok_or(ConfigError::SmtpUrl)?;
        let host = host.trim_matches(['[', ']']).to_owned();
        let parameters = || TlsParameters::new(host.clone()).map_err(|_| ConfigError::SmtpUrl);
        let tls = url.query_pairs().find(|(key, _)| key == "tls").map(|(_, value)| value);
        let (tls, usual_port) = match (url.scheme(), tls.as_deref()) {
            ("smtps", _) => (Tls::AtOnce(parameters()?), 465),
            ("smtp", Some("required")) => (Tls::Upgraded(parameters()?), 587),
            ("smtp", None) if is_loopback(&host) => (Tls::Never, 25),
            ("smtp", None | Some("opportunistic")) => return Err(ConfigError::SmtpWithoutTls),
            _ => return Err(ConfigError::SmtpUrl),
        };
        let hello_name = match url.path().trim_matches('/') {
            "" => ClientId::default(),
            name => ClientId::Domain(name.to_owned()),
        };
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(plain(url.username())?, plain(password)?)),
            None => None,
        };
        Ok(Self { port: url.port().unwrap_or(usual_port), host, tls, hello_name, credentials })
    }

    /// One attempt; the library only limits the time to connect, so all of it is limited here.
    pub(super) async fn deliver(&self, mail: &Message, timeout: Duration) -> Result<(), SendError> {
        let mut connection = None;
        let outcome = tokio::time::timeout(timeout, self.exchange(&mut connection, mail)).await;
        if let Some(mut connection) = connection {
            // Sends QUIT; the mail is already accepted.
            tokio::time::timeout(QUIT_TIME, connection.abort()).await.ok();
        }
        match outcome {
            Ok(outcome) => outcome.map_err(|Failure { stage, fault }| judged(stage, &fault)),
            Err(elapsed) => Err(SendError::Transient(elapsed.into())),
        }
    }

    async fn exchange(
        &self,
        connection: &mut Option<AsyncSmtpConnection>,
        mail: &Message,
    ) -> Result<(), Failure> {
        submit(connection.insert(self.open().await?), mail).await
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, Failure> {
        let server = (self.host.as_str(), self.port);
        let (at_once, later) = match &self.tls {
            Tls::Never => (None, None),
            Tls::Upgraded(parameters) => (None, Some(parameters.clone())),
            Tls::AtOnce(parameters) => (Some(parameters.clone()), None),
        };
        let name = &self.hello_name;
        let opened = AsyncSmtpConnection::connect_tokio1(server, None, name, at_once, None).await;
        let mut connection = opened.map_err(at(Stage::Hello))?;
        if let Some(parameters) = later {
            connection.starttls(parameters, name).await.map_err(at(Stage::StartTls))?;
        }
        if let Some(credentials) = &self.credentials {
            let signed_in = connection.auth(DEFAULT_MECHANISMS, credentials).await;
            signed_in.map_err(at(Stage::Auth))?;
        }
        Ok(connection)
    }
}

/// Submits the mail (RFC 5321 §3.3) with the extensions that its addresses require.
async fn submit(connection: &mut AsyncSmtpConnection, mail: &Message) -> Result<(), Failure> {
    let (envelope, content) = (mail.envelope(), mail.formatted());
    let mut parameters = Vec::new();
    if !content.is_ascii() {
        // A non-ASCII address is in the headers and in the envelope (RFC 6531 §3.6).
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            let ours = envelope.from().is_some_and(|from| !is_ascii(from));
            let stage = if ours { Stage::Sender } else { Stage::Recipient };
            return Err(Failure { stage, fault: Fault::NoSmtpUtf8 });
        }
        parameters.push(MailParameter::SmtpUtfEight);
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    let sender = Mail::new(envelope.from().cloned(), parameters);
    connection.command(sender).await.map_err(at(Stage::Sender))?;
    for recipient in envelope.to() {
        let recipient = Rcpt::new(recipient.clone(), Vec::new());
        connection.command(recipient).await.map_err(at(Stage::Recipient))?;
    }
    connection.command(Data).await.map_err(at(Stage::Data))?;
    connection.message(&content).await.map_err(at(Stage::Content)).map(drop)
}

/// The stage at which a delivery failed, and why.
#[derive(Debug)]
struct Failure {
    stage: Stage,
    fault: Fault,
}

#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error(transparent)]
    Smtp(SmtpError),
    #[error("an address is not in ASCII and the mail server does not know SMTPUTF8")]
    NoSmtpUtf8,
}

fn at(stage: Stage) -> impl Fn(SmtpError) -> Failure {
    move |error| Failure { stage, fault: Fault::Smtp(error) }
}

fn judged(stage: Stage, fault: &Fault) -> SendError {
    let verdict = match fault {
        // Final for the recipient; the sender's address can be changed in the settings.
        Fault::NoSmtpUtf8 if stage == Stage::Recipient => Verdict::Final,
        Fault::NoSmtpUtf8 => Verdict::AgainWhenMended,
        // TLS failed, or the server lacks what the settings require.
        Fault::Smtp(error) if error.is_tls() || error.is_client() => Verdict::AgainWhenMended,
        Fault::Smtp(error) => stage.judge(error.status().map(Into::into)),
    };
    let told = format!("{stage}: {fault}").into();
    match verdict {
        Verdict::Final => SendError::Permanent(told),
        Verdict::Again => SendError::Transient(told),
        Verdict::AgainWhenMended => SendError::Unwelcome(told),
    }
}

fn is_ascii(address: &Address) -> bool {
    AsRef::<str>::as_ref(address).is_ascii()
}

/// Percent-decodes a part of the URL.
fn plain(escaped: &str) -> Result<String, ConfigError> {
    let decoded = percent_encoding::percent_decode_str(escaped).decode_utf8();
    decoded.map(Into::into).map_err(|_| ConfigError::SmtpUrl)
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::Smtp;
    use crate::config::ConfigError;

    #[test]
    fn only_this_machine_is_spoken_to_in_the_clear() {
        for url in [
            "smtps://user:pass@mail.example.org",
            "smtp://mail.example.org?tls=required",
            "smtp://localhost:2525",
            "smtp://127.0.0.1:2525",
        ] {
            assert!(Smtp::at(&url.into()).is_ok(), "{url}");
        }
        for url in [
            "smtp://mail.example.org",
            "smtp://mail.example.org?tls=opportunistic",
            "smtp://localhost?tls=opportunistic",
            "smtp://127.0.0.1.example.org",
            "smtp://10.0.0.1",
        ] {
            assert_eq!(Smtp::at(&url.into()).err(), Some(ConfigError::SmtpWithoutTls), "{url}");
        }
        assert_eq!(Smtp::at(&"smtp://h?tls=maybe".into()).err(), Some(ConfigError::SmtpUrl));
    }
}
