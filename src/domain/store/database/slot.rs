//! One connection: opened when it is first needed, dropped when it does not respond.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use futures_util::FutureExt;
use sea_orm::{ConnectOptions, DatabaseConnection, DbErr, RuntimeErr};
use tokio::{pin, time::timeout};

/// A callback for every statement.
pub(super) type OnStatement = Arc<dyn Fn(&str) + Send + Sync>;

/// A place for one connection.
pub(super) struct Slot {
    options: ConnectOptions,
    limit: Limit,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    connection: Option<DatabaseConnection>,
    on_statement: Option<OnStatement>,
}

/// What ends a statement that runs too long.
pub(super) enum Limit {
    /// SQLite checks a deadline while it works.
    Deadline(Deadline, Duration),
    /// PostgreSQL cancels it; a server that is silent for longer counts as gone.
    Patience(Duration),
}

/// When the running statement must end, if at all.
#[derive(Clone, Default)]
pub(super) struct Deadline(Arc<Mutex<Option<Instant>>>);

impl Slot {
    /// A slot for a connection with these options, which are those of a pool of one.
    pub fn new(options: ConnectOptions, limit: Limit) -> Self {
        Self { options, limit, state: Mutex::default() }
    }

    /// The connection, opened if necessary.
    pub async fn connection(&self) -> Result<DatabaseConnection, DbErr> {
        if let Some(connection) = &self.lock().connection {
            return Ok(connection.clone());
        }
        let mut connection = sea_orm::Database::connect(self.options.clone()).await?;
        let mut state = self.lock();
        if let Some(callback) = state.on_statement.clone() {
            connection.set_metric_callback(move |info| callback(&info.statement.sql));
        }
        state.connection = Some(connection.clone());
        Ok(connection)
    }

    /// Runs work on the connection within the statement timeout. A connection that does not respond
    /// is not reused.
    pub async fn within<T>(
        &self,
        limited: bool,
        work: impl Future<Output = Result<T, DbErr>>,
    ) -> Result<T, DbErr> {
        pin!(work);
        let result = match &self.limit {
            Limit::Deadline(deadline, limit) => {
                deadline.set(limited.then(|| Instant::now() + *limit));
                let result = work.await;
                deadline.set(None);
                result
            }
            // Closed before the waiting work is dropped: otherwise the pool would wait for it for
            // ever.
            Limit::Patience(patience) => {
                timeout(*patience, work.as_mut()).await.unwrap_or_else(|_| {
                    self.give_up();
                    Err(DbErr::Conn(RuntimeErr::Internal("the database does not answer".into())))
                })
            }
        };
        if matches!(result, Err(DbErr::Conn(_) | DbErr::ConnectionAcquire(_))) {
            self.give_up();
        }
        result
    }

    /// Drops the connection; the next user opens another.
    fn give_up(&self) {
        if let Some(connection) = self.lock().connection.take() {
            // Marks its pool as closed at once; there is nothing to wait for.
            drop(connection.close_by_ref().now_or_never());
        }
    }

    /// Closes the connection gracefully.
    pub async fn close(&self) -> Result<(), DbErr> {
        let connection = self.lock().connection.take();
        match connection {
            Some(connection) => connection.close().await,
            None => Ok(()),
        }
    }

    /// Sets a callback for every statement.
    pub fn on_statement(&self, callback: OnStatement) {
        let mut state = self.lock();
        state.on_statement = Some(callback.clone());
        if let Some(connection) = &mut state.connection {
            connection.set_metric_callback(move |info| callback(&info.statement.sql));
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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
