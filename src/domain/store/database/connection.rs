//! What statements are given to: the connections of a pool, or one of them for a whole transaction.
//! Every statement waits for its turn and has a time limit.

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
    /// Whether they only read.
    pub(super) read_only: bool,
    /// Said at the beginning of every transaction, where connections do not remember it; then a
    /// statement is a transaction too.
    pub(super) preamble: Option<Arc<str>>,
}

/// A transaction; what it did is undone when it is dropped without a commit.
pub struct Transaction {
    // Dropped first, so that the connection is given back with the end of the transaction on its way.
    inner: DatabaseTransaction,
    permit: ConnectionPermit,
    backend: DbBackend,
}

impl Connections {
    /// A statement runs in a task of its own: a caller who leaves takes along neither the statement,
    /// which goes on, nor the turn that it holds.
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

    /// Begins a writing transaction; on SQLite it holds the one writer from its first statement.
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

/// A new transaction that has said what holds for it.
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
    /// What the gateway does behind the scenes, such as forgetting old rows, may take its time.
    fn is_limited(&self) -> bool {
        self.caller != Asker::Gateway
    }
}

impl Transaction {
    async fn ask<A: Ask>(&self, question: A) -> Result<A::Answer, DbErr> {
        self.permit.within(self.permit.is_limited(), question.ask(&self.inner)).await
    }

    /// Makes what it did last.
    pub async fn commit(self) -> Result<(), DbErr> {
        let Self { inner, permit, .. } = self;
        Box::pin(permit.within(permit.is_limited(), inner.commit())).await
    }

    /// Undoes what it did.
    pub async fn rollback(self) -> Result<(), DbErr> {
        let Self { inner, permit, .. } = self;
        permit.within(permit.is_limited(), inner.rollback()).await
    }
}

/// Lets the library ask what is asked here, in turn and within its time.
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
