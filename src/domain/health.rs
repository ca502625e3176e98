//! Whether what goes on behind the scenes keeps up, for those who watch the gateway.

use std::time::Duration;

use tokio::{
    sync::Mutex,
    time::{Instant, timeout},
};

use crate::{
    clock::Timestamp,
    domain::{Services, change, jobs::notice, mail::waiting, store::asker::Asker},
    error::{Error, Result},
};

/// How long a reading serves all who ask.
const FRESH: Duration = Duration::from_secs(1);
/// How long a reading may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// What waits to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// Mails that should have been sent.
    pub mails: u64,
    pub oldest_mail: Option<Timestamp>,
    /// The oldest event without a position.
    pub oldest_unnumbered: Option<Timestamp>,
    /// The oldest event of which nobody was told yet who should be.
    pub oldest_untold: Option<Timestamp>,
}

/// The last reading, if it succeeded; locked while somebody reads.
#[derive(Default)]
pub struct Health(Mutex<Option<(Instant, Option<Backlog>)>>);

/// What waits to be done, read once a second at most, however many ask; None if the database does not tell in time.
pub async fn backlog(services: &Services) -> Option<Backlog> {
    let mut last = services.health.0.lock().await;
    if let Some((at, backlog)) = *last
        && at.elapsed() < FRESH
    {
        return backlog;
    }
    let reading = timeout(PATIENCE, Asker::Gateway.scope(Box::pin(read(services)))).await;
    let backlog = reading.map_err(Error::unavailable).flatten();
    let backlog = backlog.inspect_err(|error| tracing::debug!(%error, "backlog unknown")).ok();
    *last = Some((Instant::now(), backlog));
    backlog
}

async fn read(services: &Services) -> Result<Backlog> {
    let (mails, oldest_mail) = waiting::waiting(services).await?;
    Ok(Backlog {
        mails,
        oldest_mail,
        oldest_unnumbered: change::oldest_unnumbered(services.db.read()).await?,
        oldest_untold: notice::oldest_untold(services).await?,
    })
}
