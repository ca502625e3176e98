//! A place for one connection: opened when it is first needed, and kept while it is idle.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr};
use tokio::time::timeout;

use super::{link::Link, postgres, sqlite};

pub(super) struct Slot {
    source: Source,
    /// How long it may take to open the connection.
    patience: Duration,
    link: Mutex<Option<Link>>,
}

/// How connections are opened, and what ends a statement that takes too long.
pub(super) enum Source {
    /// SQLite checks a deadline while it works.
    Sqlite(sqlite::Source),
    /// PostgreSQL cancels it; a server that does not respond for longer is considered gone.
    Postgres(postgres::Source),
}

/// The deadline of the running statement, if it has one.
#[derive(Clone, Default)]
pub(super) struct Deadline(Arc<Mutex<Option<Instant>>>);

impl Slot {
    pub fn new(source: Source, patience: Duration) -> Self {
        Self { source, patience, link: Mutex::default() }
    }

    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The idle connection if it is usable, else a new one.
    pub async fn take(&self) -> Result<Link, DbErr> {
        let rested = self.lock().take();
        if let Some(mut link) = rested
            && self.source.is_fit(&mut link).await
        {
            return Ok(link);
        }
        // Boxed: every statement would carry the memory that only opening a connection needs.
        let opened = timeout(self.patience, Box::pin(self.source.open())).await;
        opened.unwrap_or(Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)))
    }

    /// Keeps a connection that is in a clean state.
    pub fn put_back(&self, mut link: Link) {
        link.rested = Instant::now();
        *self.lock() = Some(link);
    }

    /// Runs work on the connection within the time that a statement may take.
    pub async fn within<T>(
        &self,
        limited: bool,
        work: impl Future<Output = Result<T, DbErr>>,
    ) -> Result<T, DbErr> {
        match &self.source {
            Source::Sqlite(source) => {
                source.deadline.set(limited.then(|| Instant::now() + source.limit));
                let result = work.await;
                source.deadline.set(None);
                result
            }
            Source::Postgres(source) => timeout(source.limit, work).await.unwrap_or_else(|_| {
                Err(DbErr::Conn(RuntimeErr::Internal("the database does not answer".into())))
            }),
        }
    }

    /// Closes the idle connection gracefully.
    pub async fn close(&self) -> Result<(), DbErr> {
        let link = self.lock().take();
        match link {
            Some(link) => link.close().await,
            None => Ok(()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Link>> {
        self.link.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Source {
    async fn open(&self) -> Result<Link, DbErr> {
        match self {
            Self::Sqlite(source) => source.open().await,
            Self::Postgres(source) => source.open().await,
        }
    }

    /// Whether an idle connection can be used.
    async fn is_fit(&self, link: &mut Link) -> bool {
        match self {
            Self::Sqlite(_) => true,
            Self::Postgres(source) => source.is_fit(link).await,
        }
    }

    /// How long an abandoned statement may still run.
    pub fn limit(&self) -> Duration {
        match self {
            Self::Sqlite(source) => source.limit,
            Self::Postgres(source) => source.limit,
        }
    }
}

impl Deadline {
    /// Whether the running statement may continue.
    pub fn is_ahead(&self) -> bool {
        self.lock().is_none_or(|deadline| Instant::now() < deadline)
    }

    fn set(&self, deadline: Option<Instant>) {
        *self.lock() = deadline;
    }

    fn lock(&self) -> MutexGuard<'_, Option<Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
