//! A connection in use: it runs one statement after the other, and is returned in a clean state even if
//! its user is cancelled.

use sea_orm::{DbErr, RuntimeErr};
use tokio::{runtime::Handle, time::timeout};

use super::{
    fair::ConnectionPermit,
    link::Link,
    statement::{Ask, Script},
};
use crate::domain::store::asker::Asker;

/// None once the connection is lost.
pub(super) struct Lease(Option<Held>);

struct Held {
    link: Link,
    permit: ConnectionPermit,
    /// A statement is running or has failed, so the state of the connection is unknown.
    is_asking: bool,
    in_transaction: bool,
}

impl Lease {
    pub async fn of(permit: ConnectionPermit) -> Result<Self, DbErr> {
        let link = permit.take().await?;
        Ok(Self(Some(Held { link, permit, is_asking: false, in_transaction: false })))
    }

    /// Runs a statement within its time limit. Writes of background work, such as pruning, have none.
    pub async fn ask<A: Ask>(&mut self, read_only: bool, question: A) -> Result<A::Answer, DbErr> {
        let held = self.0.as_mut().ok_or_else(gone)?;
        held.is_asking = true;
        let limited = read_only || held.permit.caller != Asker::Gateway;
        let answer = held.permit.within(limited, question.ask(&mut held.link)).await;
        match &answer {
            Ok(_) => held.is_asking = false,
            Err(error) if is_lost(error) => self.0 = None,
            Err(_) => {}
        }
        answer
    }

    /// Begins a transaction.
    pub async fn begin(&mut self, begin: &str) -> Result<(), DbErr> {
        if let Some(held) = &mut self.0 {
            held.in_transaction = true;
        }
        self.ask(false, Script(begin)).await.map(drop)
    }

    /// Ends a transaction.
    pub async fn end(mut self, end: &str) -> Result<(), DbErr> {
        self.ask(false, Script(end)).await?;
        if let Some(held) = &mut self.0 {
            held.in_transaction = false;
        }
        Ok(())
    }
}

impl Drop for Lease {
    /// If the user was cancelled during a statement or a transaction, a task waits for the statement and
    /// then returns the connection; until then its place stays taken.
    fn drop(&mut self) {
        let Some(held) = self.0.take() else { return };
        if !held.is_asking && !held.in_transaction {
            held.permit.put_back(held.link);
        } else if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(held.recover());
        }
    }
}

impl Held {
    /// Waits for an abandoned statement, rolls an open transaction back and returns the connection.
    async fn recover(mut self) {
        let end = async {
            self.link.ping().await?;
            if self.in_transaction {
                Script("ROLLBACK").ask(&mut self.link).await?;
            }
            Ok::<_, DbErr>(())
        };
        if let Ok(Ok(())) = timeout(self.permit.source().limit(), end).await {
            self.permit.put_back(self.link);
        }
    }
}

fn gone() -> DbErr {
    DbErr::Conn(RuntimeErr::Internal("the connection was lost".into()))
}

/// Whether the error means that the connection is unusable; one from the database itself does not.
fn is_lost(error: &DbErr) -> bool {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => {
            error.as_database_error().is_none()
        }
        _ => true,
    }
}
