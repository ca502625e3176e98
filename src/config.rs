//! Every setting, from a flag or the environment; nothing else reads the environment.

mod database;
mod environment;
mod error;
mod hashing;
mod http;
mod limits;
mod observing;
mod realtime;
mod secret;
#[cfg(test)]
mod tests;
mod waits;

use std::{net::SocketAddr, ops::RangeBounds, path::PathBuf, time::Duration};

use clap::{Args, ValueEnum, builder::TypedValueParser};
use ipnet::IpNet;
use url::Url;

pub use self::database::Backend;
pub use self::environment::without_empty;
pub use self::error::ConfigError;
pub use self::hashing::Hashing;
pub use self::http::{Http, StatusProfile};
pub use self::limits::Limits;
pub use self::observing::Observing;
pub use self::realtime::Realtime;
pub use self::secret::Secret;
pub use self::waits::{Pooler, Waits};

/// The settings of one gateway process.
#[derive(Debug, Clone, Args)]
pub struct Config {
    /// Database: `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/NAME`; if unset, the SQLite file
    /// `find-helper.db` in the data folder.
    #[arg(long, env, hide_env_values = true, allow_hyphen_values = true)]
    pub database_url: Option<Secret>,

    /// Database connections of one replica (PostgreSQL), or reading connections (SQLite).
    #[arg(long, env, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub database_connections: u32,

    /// Address and port to listen on.
    #[arg(long, env, default_value = "127.0.0.1:8080")]
    pub bind_addr: SocketAddr,

    /// Public address of the gateway, with the path if a proxy serves it below one and strips it;
    /// all links are built from it. Port 0 means the port of `BIND_ADDR`.
    #[arg(long, env, default_value = "http://localhost:0")]
    pub public_url: Url,

    /// Folder for the SQLite file, the generated secret and mails without a mail server.
    #[arg(long, env, default_value = "data")]
    pub data_dir: PathBuf,

    /// Secret of at least 32 bytes from which all keys are derived; if unset, generated into the
    /// data folder (SQLite only).
    #[arg(long, env, hide_env_values = true, allow_hyphen_values = true)]
    pub jwt_secret: Option<Secret>,

    /// File with the secret as the gateway generates it in the data folder, instead of `JWT_SECRET`.
    #[arg(long, env, conflicts_with = "jwt_secret")]
    pub jwt_secret_file: Option<PathBuf>,

    /// Mail server: `smtps://USER:PASSWORD@HOST` or `smtp://HOST?tls=required`; if unset, mails are
    /// written to files.
    #[arg(long, env, hide_env_values = true, allow_hyphen_values = true)]
    pub smtp_url: Option<Secret>,

    /// Sender address of all mails.
    #[arg(long, env, default_value = "找幫手 find-helper <no-reply@localhost.localdomain>")]
    pub mail_from: String,

    /// Redis shared by all replicas; if unset, each process counts rate limits by itself.
    #[arg(long, env, hide_env_values = true, allow_hyphen_values = true)]
    pub redis_url: Option<Secret>,

    /// Timeout of a Redis call in milliseconds; afterwards this process counts by itself.
    #[arg(long, env, default_value = "250", value_parser = milliseconds(1..=60_000))]
    pub redis_timeout_ms: Duration,

    /// Networks of reverse proxies, comma-separated; their X-Forwarded-For is required and trusted.
    #[arg(long, env, value_delimiter = ',')]
    pub trusted_proxies: Vec<IpNet>,

    /// Other web origins whose pages may call `/graphql` with cookies, comma-separated.
    #[arg(long, env, value_delimiter = ',')]
    pub allowed_origins: Vec<String>,

    /// Format of log lines.
    #[arg(long, env, value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,

    /// Log filter, such as `info` or `find_helper=debug`.
    #[arg(long, env, default_value = "info,sea_orm_migration=warn")]
    pub log_level: String,

    /// Milliseconds that a background task may be overdue before `/readyz` fails.
    #[arg(long, env, default_value = "60000", value_parser = milliseconds(1..=A_DAY))]
    pub heartbeat_timeout_ms: Duration,

    /// Hours after a report that work is done until the job counts as completed without an answer of its owner.
    #[arg(long, env, default_value_t = 72, value_parser = clap::value_parser!(u32).range(1..=8_760))]
    pub complete_after_hours: u32,

    /// Whether introspection and GraphiQL are offered.
    #[arg(long, env, default_value_t = true, action = clap::ArgAction::Set)]
    pub introspection: bool,

    #[command(flatten)]
    pub trusted: TrustedDocuments,

    #[command(flatten)]
    pub waits: Waits,

    #[command(flatten)]
    pub limits: Limits,

    #[command(flatten)]
    pub http: Http,

    #[command(flatten)]
    pub realtime: Realtime,

    #[command(flatten)]
    pub hashing: Hashing,

    #[command(flatten)]
    pub observing: Observing,
}

/// Which documents clients may run.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Trusted documents")]
pub struct TrustedDocuments {
    /// File with the manifest of trusted documents, as Relay, Apollo or GraphQL Codegen writes it.
    #[arg(long, env)]
    pub trusted_documents: Option<PathBuf>,
    /// What happens to documents that are not in the manifest.
    #[arg(long, env, value_enum, default_value_t = TrustedDocumentsMode::Off)]
    pub trusted_documents_mode: TrustedDocumentsMode,
}

/// What happens to documents that are not in the manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TrustedDocumentsMode {
    /// They run and are not logged.
    Off,
    /// They run; each is logged once.
    Audit,
    /// They are refused.
    Enforce,
}

/// Format of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

impl Config {
    /// Refuses settings that cannot work or are not safe.
    pub fn check(&self) -> Result<(), ConfigError> {
        let backend = self.backend()?;
        self.check_database()?;
        match &self.jwt_secret {
            Some(secret) if secret.reveal().len() < 32 => return Err(ConfigError::ShortSecret),
            None if backend == Backend::Postgres && self.jwt_secret_file.is_none() => {
                return Err(ConfigError::MissingSecret);
            }
            _ => {}
        }
        if !is_web_address(&self.public_url) {
            return Err(ConfigError::PublicUrl);
        }
        let is_one = |url: &Option<Secret>, schemes: &[&str]| {
            url.as_ref().is_none_or(|url| address(url, schemes).is_some_and(|url| url.has_host()))
        };
        if !is_one(&self.smtp_url, &["smtp", "smtps"]) {
            return Err(ConfigError::SmtpUrl);
        }
        if tracing_subscriber::EnvFilter::try_new(&self.log_level).is_err() {
            return Err(ConfigError::LogLevel);
        }
        if self.mail_from.parse::<lettre::message::Mailbox>().is_err() {
            return Err(ConfigError::MailFrom);
        }
        if !is_one(&self.redis_url, &["redis", "rediss"]) {
            return Err(ConfigError::RedisUrl);
        }
        if self.trusted_proxies.iter().any(|network| network.prefix_len() == 0) {
            return Err(ConfigError::TrustsEveryone);
        }
        if u64::from(self.limits.limit_cost_per_minute) < self.limits.limit_query_cost {
            return Err(ConfigError::CostPerMinute);
        }
        if self.realtime.limit_sockets >= self.http.http_connections {
            return Err(ConfigError::Sockets);
        }
        if !self.allowed_origins.iter().all(|origin| is_origin(origin)) {
            return Err(ConfigError::AllowedOrigins);
        }
        let TrustedDocuments { trusted_documents, trusted_documents_mode } = &self.trusted;
        if *trusted_documents_mode != TrustedDocumentsMode::Off && trusted_documents.is_none() {
            return Err(ConfigError::NoTrustedDocuments);
        }
        Ok(())
    }

    /// The same settings with the port of `bind_addr` in place of port 0 in the public address.
    #[must_use]
    pub fn with_public_port(mut self) -> Self {
        if self.public_url.port() == Some(0) {
            // Cannot fail: this URL has a port already.
            self.public_url.set_port(Some(self.bind_addr.port())).ok();
        }
        self
    }

    /// The path below which the gateway is reached, such as `/gw`; empty at the root of the host.
    #[must_use]
    pub fn prefix(&self) -> &str {
        self.public_url.path().trim_end_matches('/')
    }

    /// The address of a page, for links that are not answers to a request.
    #[must_use]
    pub fn page(&self, path: &str) -> Url {
        let mut url = self.public_url.clone();
        url.set_path(&format!("{}{path}", self.prefix()));
        url
    }

    /// Whether browsers reach the gateway over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}

/// A moment that far away can still be told by every clock.
const A_DAY: u64 = 86_400_000;

/// A number of milliseconds, read as the time that it means.
fn milliseconds(range: impl RangeBounds<u64>) -> impl TypedValueParser<Value = Duration> {
    clap::value_parser!(u64).range(range).map(Duration::from_millis)
}

fn at_least_one() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(1..)
}

/// The parsed URL of a server; None if it seems to contain an unescaped password: it has a
/// fragment, or an `@` in the wrong place.
fn address(url: &Secret, schemes: &[&str]) -> Option<Url> {
    let parsed = Url::parse(url.reveal()).ok()?;
    let is_whole = match parsed.fragment() {
        None => true,
        Some(fragment) => parsed.scheme() == "rediss" && fragment == "insecure",
    };
    let has_user = !parsed.username().is_empty() || parsed.password().is_some();
    let is_one =
        schemes.contains(&parsed.scheme()) && is_whole && url.reveal().contains('@') == has_user;
    is_one.then_some(parsed)
}

fn is_web_address(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none()
}

fn is_origin(text: &str) -> bool {
    Url::parse(text)
        .is_ok_and(|url| is_web_address(&url) && url.origin().ascii_serialization() == text)
}
