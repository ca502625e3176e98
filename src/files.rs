//! Files that only their owner can read, whatever the umask and the folder allow.

use std::{
    fs::{self, File, OpenOptions, Permissions},
    io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

const OWNER_ONLY: u32 = 0o600;
const OTHERS: u32 = 0o077;

/// Creates a file that must not exist yet.
pub fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(OWNER_ONLY).open(path)
}

/// Creates a folder and its missing parents.
pub fn create_private_folder(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Removes the permissions of others from a file or folder and logs it; ignores files that do not
/// exist or belong to another user.
pub fn make_private(path: &Path) {
    let Ok(found) = fs::metadata(path) else { return };
    let mode = found.permissions().mode() & 0o7777;
    if mode & OTHERS == 0 {
        return;
    }
    match fs::set_permissions(path, Permissions::from_mode(mode & !OTHERS)) {
        Ok(()) => {
            tracing::warn!(path = %path.display(), "file was readable by other users; permissions fixed");
        }
        Err(error) => {
            tracing::error!(path = %path.display(), %error, "file is readable by other users: chmod failed");
        }
    }
}
