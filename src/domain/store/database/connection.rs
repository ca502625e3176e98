//! Runs statements: on any connection of a pool, or on one for a whole transaction. Every statement
//! waits for its turn and has a timeout.

use std::{panic::resume_unwind, sync::Arc};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, RuntimeErr, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait, entity::prelude::async_trait,
};

use super::{
    fair::{ConnectionPermit, FairPool},
    statement::{All, Ask, Execute, One, Script},
};
use crate::{domain::store::asker::Asker, error::Result};

/// Connections for single statements; cheap to clone.
#[derive(Clone)]
pub struct Connections {
    pub(super) pool: FairPool,
    pub(super) backend: DbBackend,
    /// Whether they are only for reading.
    pub(super) read_only: bool,
    /// Statement at the start of every transaction, if connections do not keep settings; then
    /// single statements run in transactions too.
    pub(super) preamble: Option<Arc<str>>,
}

/// A transaction; rolled back if dropped without a commit.
pub struct Transaction {
    // Dropped first, so that the rollback is under way when the connection is returned.
    inner: DatabaseTransaction,
    permit: ConnectionPermit,
    backend: DbBackend,
}

impl Connections {
    /// Runs a statement in a task of its own: if the caller is gone, the statement continues and
    /// keeps its permit.
    async fn ask<A: Ask>(&self, question: A) -> Result<A::Answer, DbErr> {
        let permit = self.pool.acquire().await?;
        let limited = self.read_only || permit.is_limited();
        let preamble = self.preamble.clone();
        let answer = tokio::spawn(async move {
            let work = async {
                let connection = permit.connection().await?;
                let Some(preamble) = preamble else { return question.ask(&connection).await };
                let tx = begun(&connection, Some(&preamble)).await?;
                let answer = question.ask(&tx).await?;
                tx.commit().await?;
                Ok(answer)
            };
            permit.within(limited, work).await
        });
        answer.await.unwrap_or_else(|failure| match failure.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(_) => Err(DbErr::Conn(RuntimeErr::Internal("the process ends".into()))),
        })
    }

    /// Begins a writing transaction; on SQLite it holds the only writer from its first statement.
    pub(super) async fn begin(&self) -> Result<Transaction> {
        let permit = self.pool.acquire().await?;
        let begin = async {
            let connection = permit.connection().await?;
            begun(&connection, self.preamble.as_deref()).await
        };
        let inner = permit.within(permit.is_limited(), begin).await?;
        Ok(Transaction { inner, permit, backend: self.backend })
    }
}

/// A new transaction after its preamble.
pub(super) async fn begun(
    connection: &DatabaseConnection,
    preamble: Option<&str>,
) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let tx = connection.begin_with_options(options).await?;
    if let Some(preamble) = preamble {
        tx.execute_unprepared(preamble).await?;
    }
    Ok(tx)
}

impl ConnectionPermit {
    /// Background work of the gateway, such as pruning, has no statement timeout.
    fn is_limited(&self) -> bool {
        self.caller != Asker::Gateway
    }
}

impl Transaction {
    async fn ask<A: Ask>(&self, question: A) -> Result<A::Answer, DbErr> {
        self.permit.within(self.permit.is_limited(), question.ask(&self.inner)).await
    }

    /// Commits.
    pub async fn commit(self) -> Result<(), DbErr> {
        let Self { inner, permit, .. } = self;
        Box::pin(permit.within(permit.is_limited(), inner.commit())).await
    }

    /// Rolls back.
    pub async fn rollback(self) -> Result<(), DbErr> {
        let Self { inner, permit, .. } = self;
        permit.within(permit.is_limited(), inner.rollback()).await
    }
}

/// Implements the library's traits with our queue and timeouts.
macro_rules! asks {
    ($($type:ident)*) => {$(
        #[async_trait::async_trait]
        impl ConnectionTrait for $type {
            fn get_database_backend(&self) -> DbBackend {
                self.backend
            }

            async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
                self.ask(Execute(statement)).await
            }

            async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
                self.ask(Script(sql.to_owned())).await
            }

            async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
                self.ask(One(statement)).await
            }

            async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
                self.ask(All(statement)).await
            }
        }
    )*};
}

asks! { Connections Transaction }
