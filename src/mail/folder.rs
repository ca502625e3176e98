//! Mails as files, for development without a mail server.

use std::{io, path::Path};

use tokio::fs;

use super::{MessageId, SendError};
use crate::clock::Timestamp;

/// Writes one `.eml` file, visible only when complete, and its words beside it for people without a
/// mail program; names sort by time. The log tells where, not what: links are secrets.
pub(super) async fn deliver(
    folder: &Path,
    mime: &lettre::Message,
    now: Timestamp,
    message_id: &MessageId,
    text: &str,
) -> Result<(), SendError> {
    let name = format!("{}-{}", now.format("%Y%m%dT%H%M%S%.3fZ"), message_id.local());
    let words = write(folder, &format!("{name}.txt"), text.as_bytes()).await;
    let mail = write(folder, &format!("{name}.eml"), &mime.formatted()).await;
    words.and(mail).map_err(|error| SendError::Transient(error.into()))?;
    let file = folder.join(format!("{name}.txt"));
    tracing::info!(file = %file.display(), "SMTP_URL is not set: wrote the mail to a file");
    Ok(())
}

async fn write(folder: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    let (half, file) = (folder.join(format!(".{name}.part")), folder.join(name));
    // Whoever reads a link can use it: for this user's eyes only.
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).await?;
    fs::write(&half, content).await?;
    fs::rename(half, file).await
}
