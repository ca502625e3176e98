//! Settings that cannot work.

use std::path::PathBuf;

/// How to escape a password in a URL.
const ESCAPES: &str =
    "within a user or password write % as %25, # as %23, / as %2F, ? as %3F, @ as %40 and : as %3A";

/// A setting that stops the start; the message names it and never contains a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    #[error("DATABASE_URL must be sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME; {ESCAPES}")]
    DatabaseUrl,
    #[error(
        "DATABASE_URL must name a file: an SQLite database in memory is not kept and not shared"
    )]
    SqliteInMemory,
    #[error(
        "{} does not exist, but {} does: move it there together with its -wal and -shm files, or set DATABASE_URL to the one to use",
        file.display(),
        usual.display()
    )]
    DatabaseElsewhere { usual: PathBuf, file: PathBuf },
    #[error("DATABASE_URL names a file in {0} that cannot be read")]
    DatabaseCertificate(String),
    #[error("the folder {} of the file that DATABASE_URL names does not exist", .0.display())]
    DatabaseFolder(PathBuf),
    #[error("JWT_SECRET must have at least 32 bytes")]
    ShortSecret,
    #[error(
        "JWT_SECRET, or JWT_SECRET_FILE, is required with PostgreSQL: all replicas must share it"
    )]
    MissingSecret,
    #[error("PUBLIC_URL must be an http:// or https:// address without user, query or fragment")]
    PublicUrl,
    #[error("SMTP_URL must be smtp://HOST or smtps://USER:PASSWORD@HOST; {ESCAPES}")]
    SmtpUrl,
    #[error(
        "SMTP_URL must begin with smtps:// or end in ?tls=required, unless the host is this machine"
    )]
    SmtpWithoutTls,
    #[error("MAIL_FROM must be an address such as Name <name@example.org>")]
    MailFrom,
    #[error("LOG_LEVEL must be a level or a list such as info,find_helper=debug")]
    LogLevel,
    #[error("REDIS_URL must be redis://HOST or rediss://USER:PASSWORD@HOST; {ESCAPES}")]
    RedisUrl,
    #[error(
        "TRUSTED_PROXIES must not contain 0.0.0.0/0 or ::/0: anyone could forge a client address"
    )]
    TrustsEveryone,
    #[error(
        "ALLOWED_ORIGINS must be origins such as https://app.example.org, without a path and without *"
    )]
    AllowedOrigins,
    #[error("TRUSTED_DOCUMENTS_MODE needs a manifest: set TRUSTED_DOCUMENTS")]
    NoTrustedDocuments,
    #[error("TRUSTED_DOCUMENTS {0} cannot be used: {1}")]
    TrustedDocuments(PathBuf, String),
    #[error("the database that DATABASE_URL names cannot be opened: {0}")]
    DatabaseUnreachable(String),
    #[error("PostgreSQL is behind a pooler in transaction mode: set DATABASE_POOLER=transaction")]
    TransactionPooler,
    #[error(
        "the database was migrated (to {0}) by a newer release than find-helper {version}: start that release or a newer one",
        version = env!("CARGO_PKG_VERSION")
    )]
    NewerDatabase(String),
    #[error("SQLite {0} can corrupt its files in WAL mode; 3.51.3 or newer is needed")]
    OldSqlite(String),
    #[error(
        "LIMIT_COST_PER_MINUTE must be at least LIMIT_QUERY_COST, or some queries could never run"
    )]
    CostPerMinute,
    #[error(
        "LIMIT_SOCKETS must be less than HTTP_CONNECTIONS, or sockets could use up all connections"
    )]
    Sockets,
    #[error("DATA_DIR {0} cannot be created: {1}")]
    DataDir(PathBuf, String),
    #[error("the secret in {0} cannot be read or written: {1}")]
    SecretFile(PathBuf, String),
}
