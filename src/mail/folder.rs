//! Mails as files, for development without a mail server.

use std::{io, path::Path};

use tokio::fs;

use super::{MessageId, SendError};
use crate::clock::Timestamp;

/// Writes one `.eml` file, visible only when complete; names sort by time.
pub(super) async fn deliver(
    folder: &Path,
    mime: &lettre::Message,
    now: Timestamp,
    message_id: &MessageId,
    link: &url::Url,
) -> Result<(), SendError> {
    let name = format!("{}-{}.eml", now.format("%Y%m%dT%H%M%S%.3fZ"), message_id.local());
    let file = folder.join(&name);
    let half = folder.join(format!(".{name}.part"));
    write(folder, &half, &file, &mime.formatted())
        .await
        .map_err(|error| SendError::Transient(error.into()))?;
    tracing::info!(file = %file.display(), %link, "SMTP_URL is not set: wrote the mail to a file");
    Ok(())
}

async fn write(folder: &Path, half: &Path, file: &Path, content: &[u8]) -> io::Result<()> {
    // Whoever reads a link can use it: for this user's eyes only.
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).await?;
    fs::write(half, content).await?;
    fs::rename(half, file).await
}
