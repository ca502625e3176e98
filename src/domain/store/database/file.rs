//! The file of an SQLite database.

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
};

use sea_orm::sqlx::sqlite::SqliteConnectOptions;

use crate::{config::ConfigError, files};

/// Refuses a URL of no file, or of one whose folder is neither there nor about to be made.
pub(super) fn check(url: &str, data_folder: &Path) -> Result<(), ConfigError> {
    // The library wants a URL where the driver takes any path.
    let is_url = url::Url::parse(url).is_ok();
    let path = path(url).filter(|_| is_url).ok_or(ConfigError::DatabaseUrl)?;
    match path.parent() {
        Some(folder) if folder != "" && folder != data_folder && !folder.is_dir() => {
            Err(ConfigError::DatabaseFolder(folder.to_owned()))
        }
        _ => Ok(()),
    }
}

/// Makes the file before SQLite does, for SQLite would let others read it; those beside it (`-wal`,
/// `-shm`) get the mode of the file. An older one that others can read is taken from them.
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
        // If it cannot be made, SQLite will say why.
        Ok(_) | Err(_) => {}
    }
}

/// The file that the driver will open.
fn path(url: &str) -> Option<PathBuf> {
    let options = url.parse::<SqliteConnectOptions>().ok()?;
    Some(options.get_filename().to_owned())
}
