//! Where the database is.

use std::path::Path;

use url::Url;

use super::{Config, ConfigError, Secret, address};

const FILE: &str = "find-helper.db";
/// Default of `DATA_DIR`.
const USUAL_FOLDER: &str = "data";

/// Which database the URL names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

impl Config {
    /// The URL of the database; by default of a file in the data folder.
    #[must_use]
    pub fn database_url(&self) -> Secret {
        let Some(url) = &self.database_url else {
            let file = self.data_dir.join(FILE);
            let escaped = file.to_string_lossy().replace('%', "%25").replace('?', "%3F");
            return Secret::from(format!("sqlite:{escaped}").as_str());
        };
        // The driver knows only the first of the two names of this scheme.
        match url.reveal().strip_prefix("postgresql://") {
            Some(rest) => Secret::from(format!("postgres://{rest}").as_str()),
            None => url.clone(),
        }
    }

    /// The kind of database that the URL names.
    pub fn backend(&self) -> Result<Backend, ConfigError> {
        let url = self.database_url();
        if url.reveal().starts_with("postgres://") {
            return Ok(Backend::Postgres);
        }
        let Some((file, parameters)) = sqlite_parts(url.reveal()) else {
            return Err(ConfigError::DatabaseUrl);
        };
        let is_kept = !matches!(file, "" | ":memory:") && !parameters.contains("mode=memory");
        // An SQLite URI can name an in-memory database in many ways.
        if !is_kept || file.starts_with("file:") {
            return Err(ConfigError::SqliteInMemory);
        }
        Ok(Backend::Sqlite)
    }

    /// Refuses URLs that the driver would misread, and a new database in `DATA_DIR` if the default
    /// folder already has one: the setting is probably a mistake.
    pub(super) fn check_database(&self) -> Result<(), ConfigError> {
        if self.data_dir.exists() && !self.data_dir.is_dir() {
            let problem = "it is not a folder".to_owned();
            return Err(ConfigError::DataDir(self.data_dir.clone(), problem));
        }
        if self.backend()? == Backend::Postgres {
            let url = address(&self.database_url(), &["postgres"]);
            return check_certificates(&url.ok_or(ConfigError::DatabaseUrl)?);
        }
        let usual = Path::new(USUAL_FOLDER).join(FILE);
        let file = self.data_dir.join(FILE);
        if self.database_url.is_none() && !file.exists() && usual.exists() {
            return Err(ConfigError::DatabaseElsewhere { usual, file });
        }
        Ok(())
    }
}

/// The driver would look for these files only when it connects.
fn check_certificates(url: &Url) -> Result<(), ConfigError> {
    const FILES: [&str; 7] =
        ["sslrootcert", "ssl-root-cert", "ssl-ca", "sslcert", "ssl-cert", "sslkey", "ssl-key"];
    for (key, value) in url.query_pairs() {
        let is_file = FILES.contains(&&*key) && !value.starts_with("-----BEGIN");
        if is_file && std::fs::File::open(&*value).is_err() {
            return Err(ConfigError::DatabaseCertificate(key.into_owned()));
        }
    }
    Ok(())
}

/// The file and the parameters of an SQLite URL.
fn sqlite_parts(url: &str) -> Option<(&str, &str)> {
    let rest = url.strip_prefix("sqlite:")?;
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    Some(rest.split_once('?').unwrap_or((rest, "")))
}
