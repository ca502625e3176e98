//! Mails as files, for development without a mail server.

use std::{fs, io, io::Write, path::Path};

use super::{MessageId, SendError};
use crate::{clock::Timestamp, files};

/// Writes an `.eml` file atomically, and its text beside it for people without a mail program;
/// names sort by time. The log has the path, not the content: links are secrets.
pub(super) async fn deliver(
    folder: &Path,
    mime: &lettre::Message,
    now: Timestamp,
    message_id: &MessageId,
    text: &str,
) -> Result<(), SendError> {
    let name = format!("{}-{}", now.format("%Y%m%dT%H%M%S%.3fZ"), message_id.local());
    let (folder, text, mime) = (folder.to_owned(), text.to_owned(), mime.formatted());
    let file = folder.join(format!("{name}.txt"));
    let written = tokio::task::spawn_blocking(move || {
        write(&folder, &format!("{name}.txt"), text.as_bytes())?;
        write(&folder, &format!("{name}.eml"), &mime)
    });
    written
        .await
        .map_err(io::Error::other)
        .flatten()
        .map_err(|error| SendError::Transient(error.into()))?;
    tracing::info!(file = %file.display(), "SMTP_URL is not set: wrote the mail to a file");
    Ok(())
}

fn write(folder: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    let (half, file) = (folder.join(format!(".{name}.part")), folder.join(name));
    // Links are credentials: only this user may read them.
    files::create_private_folder(folder)?;
    // An interrupted attempt may have left one.
    fs::remove_file(&half).ok();
    files::create_private(&half)?.write_all(content)?;
    fs::rename(half, file)
}
