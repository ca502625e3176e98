//! Delivery to a mail server, over TLS unless the server runs on this machine.

use std::{net::IpAddr, time::Duration};

use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::Error as SmtpError,
};
use url::Url;

use super::SendError;
use crate::config::{ConfigError, Secret};

pub(super) type Smtp = AsyncSmtpTransport<Tokio1Executor>;

/// Opens no connection yet.
pub(super) fn connect_to(url: &Secret) -> Result<Smtp, ConfigError> {
    let builder = Smtp::from_url(url.reveal()).map_err(|_| ConfigError::SmtpUrl)?;
    let url = Url::parse(url.reveal()).map_err(|_| ConfigError::SmtpUrl)?;
    let tls = url.query_pairs().find(|(key, _)| key == "tls").map(|(_, value)| value);
    match (url.scheme(), tls.as_deref()) {
        ("smtps", _) | ("smtp", Some("required")) => Ok(builder.build()),
        ("smtp", None) if url.host_str().is_some_and(is_loopback) => Ok(builder.build()),
        _ => Err(ConfigError::SmtpWithoutTls),
    }
}

/// The library bounds only the connecting, so the whole exchange is bounded here.
pub(super) async fn deliver(
    smtp: &Smtp,
    mime: lettre::Message,
    to: &Address,
    timeout: Duration,
) -> Result<(), SendError> {
    match tokio::time::timeout(timeout, smtp.send(mime)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) if is_final(&error, to) => Err(SendError::Permanent(error.into())),
        Ok(Err(error)) => Err(SendError::Transient(error.into())),
        Err(elapsed) => Err(SendError::Transient(elapsed.into())),
    }
}

/// Whether the fault is the mail's own; settings can be mended while the mail waits.
fn is_final(error: &SmtpError, to: &Address) -> bool {
    // RFC 4954 §6: the server does not like us, whatever the mail.
    const OUR_CREDENTIALS: [u16; 4] = [530, 534, 535, 538];
    match error.status() {
        Some(code) => error.is_permanent() && !OUR_CREDENTIALS.contains(&code.into()),
        // The server does not take addresses beyond ASCII (RFC 6531).
        None => error.is_client() && !AsRef::<str>::as_ref(to).is_ascii(),
    }
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::connect_to;
    use crate::config::ConfigError;

    #[test]
    fn only_this_machine_is_spoken_to_in_the_clear() {
        for url in [
            "smtps://user:pass@mail.example.org",
            "smtp://mail.example.org?tls=required",
            "smtp://localhost:2525",
            "smtp://127.0.0.1:2525",
        ] {
            assert!(connect_to(&url.into()).is_ok(), "{url}");
        }
        for url in [
            "smtp://mail.example.org",
            "smtp://mail.example.org?tls=opportunistic",
            "smtp://localhost?tls=opportunistic",
            "smtp://127.0.0.1.example.org",
            "smtp://10.0.0.1",
        ] {
            assert_eq!(connect_to(&url.into()).err(), Some(ConfigError::SmtpWithoutTls), "{url}");
        }
        assert_eq!(connect_to(&"smtp://h?tls=maybe".into()).err(), Some(ConfigError::SmtpUrl));
    }
}
