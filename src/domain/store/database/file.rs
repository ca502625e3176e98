//! The file of an SQLite database.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use sea_orm::sqlx::sqlite::SqliteConnectOptions;

use crate::{config::ConfigError, files};

/// Refuses an in-memory URL, or a file whose folder neither exists nor will be created.
pub(super) fn check(url: &str, data_folder: &Path) -> Result<(), ConfigError> {
    // The library requires a URL where the driver accepts any path.
    let is_url = url::Url::parse(url).is_ok();
    let path = path(url).filter(|_| is_url).ok_or(ConfigError::DatabaseUrl)?;
    match path.parent() {
        Some(folder) if folder != "" && folder != data_folder && !folder.is_dir() => {
            Err(ConfigError::DatabaseFolder(folder.to_owned()))
        }
        _ => Ok(()),
    }
}

/// Creates the file privately before SQLite would create a readable one; SQLite gives `-wal` and
/// `-shm` the same mode. An existing file is made private.
pub(super) fn make_private(url: &str) {
    let Some(database) = path(url) else { return };
    match files::create_private(&database) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            for suffix in ["", "-wal", "-shm", "-journal"] {
                let mut path = OsString::from(&database);
                path.push(suffix);
                files::make_private(Path::new(&path));
            }
        }
        // If it cannot be created, SQLite reports why.
        Ok(_) | Err(_) => {}
    }
}

/// Bytes of the write-ahead log; 0 if there is none.
pub(super) fn log_bytes(url: &str) -> u64 {
    let log = path(url).map(|database| {
        let mut path = OsString::from(database);
        path.push("-wal");
        path
    });
    log.and_then(|log| fs::metadata(log).ok()).map_or(0, |file| file.len())
}

/// The path that the driver will open.
pub(super) fn path(url: &str) -> Option<PathBuf> {
    let options = url.parse::<SqliteConnectOptions>().ok()?;
    Some(options.get_filename().to_owned())
}
